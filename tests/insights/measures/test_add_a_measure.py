"""docs/how-to/add-a-measure.md followed word by word, in a copy of the measures."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "how-to" / "add-a-measure.md").read_text()
NAMED_BLOCK = re.compile(r"^`(\S+\.py)`:\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def copy(tmp_path):
    for folder in ("insights/measures", "cxhub/lib", "tests/insights/measures"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for package in ("insights", "cxhub"):
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "plain.py").write_text("USE_I18N = False\n")  # texts need settings, measures need nothing else
    return tmp_path


def follow_the_page(copy):
    files = dict(NAMED_BLOCK.findall(PAGE))
    for path, content in files.items():
        (copy / path).write_text(content)
    imported, listed = [block for block in BLOCK.findall(PAGE) if block not in files.values()]
    registry = copy / "insights/measures/registry.py"
    lines = registry.read_text().replace("    CSAT_TOP2,\n", f"    CSAT_TOP2,\n{listed}")
    registry.write_text(lines.replace("from insights.measures.nps", f"{imported}from insights.measures.nps"))
    return [path for path in files if path.startswith("tests/")]


def test_the_page_leads_to_a_measure_that_works(copy):
    ours = ("test_intervals.py", "test_combining.py", "test_registry.py")
    tests = [*follow_the_page(copy), *(f"tests/insights/measures/{name}" for name in ours)]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--import-mode=importlib", "-p", "no:django", *tests],
        cwd=copy,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(copy), "DJANGO_SETTINGS_MODULE": "plain"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert " passed" in run.stdout

"""docs/how-to/add-a-panel.md followed word by word, in a copy of the tree: one module, one fragment, one line."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "how-to" / "add-a-panel.md").read_text()
NAMED_BLOCK = re.compile(r"^`(\S+\.(?:py|html))`:\n\n```(?:python|html)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = ("cxhub", "orgs", "journeys", "insights", "connectors", "governance", "templates", "static", "tests")


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Copy the tree and do what the page says. Returns the copy and the files that the page made."""
    copy = tmp_path_factory.mktemp("tree")
    for folder in CODE:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    files = dict(NAMED_BLOCK.findall(PAGE))
    for path, content in files.items():
        (copy / path).write_text(content)
    imported, listed = [block for block in BLOCK.findall(PAGE) if block not in files.values()]
    registry = copy / "insights/panels/overview/__init__.py"
    told = registry.read_text().replace("    changes,\n", f"{imported}    changes,\n")
    registry.write_text(told.replace("    changes.PANEL,\n", f"    changes.PANEL,\n{listed}"))
    return copy, files


def do(copy, *command):
    """Run a command in the copy; its tests get a database of their own beside ours."""
    name = f"{os.environ.get('TEST_DATABASE_NAME', 'test_cxhub')}_followed"
    env = {**os.environ, "TEST_DATABASE_NAME": name, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_it_makes_passes_the_checks(followed):
    copy, files = followed
    python = [path for path in files if path.endswith(".py")]
    do(copy, sys.executable, "-m", "ruff", "check", *python, "insights/panels/overview/__init__.py")
    do(copy, sys.executable, "-m", "ruff", "format", "--check", *python)
    do(copy, "lint-imports", "--no-logo")


def test_the_panel_stands_on_the_page(followed):
    copy, _files = followed
    told = do(copy, sys.executable, "-m", "pytest", "-q", "tests/insights/overview/test_answered.py")
    assert "3 passed" in told

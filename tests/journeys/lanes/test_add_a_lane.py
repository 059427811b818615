"""docs/how-to/add-a-lane.md followed word by word, in a copy of the tree: a file and a line for each lane, a test."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "how-to" / "add-a-lane.md").read_text()
NAMED_BLOCK = re.compile(r"^`(\S+\.py)`:\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = ("cxhub", "orgs", "journeys", "insights", "connectors", "governance", "templates", "static", "tests")
BESIDE = ("manage.py", "pyproject.toml")
DERIVED, WRITTEN = REGISTRIES = ("journeys/lanes/derived.py", "journeys/lanes/written.py")
NEW_WORDS = ("    designs.LANE,\n", "designs, ", "    risks.LANE,\n", "    risks,\n")


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """Copy the tree and do what the page says. Returns the copy and the files that the page made."""
    copy = tmp_path_factory.mktemp("tree")
    for folder in CODE:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE:
        shutil.copy(ROOT / name, copy)
    files = dict(NAMED_BLOCK.findall(PAGE))
    for path, content in files.items():
        (copy / path).parent.mkdir(exist_ok=True)
        (copy / path).write_text(content)
    for registry in REGISTRIES:
        text = (copy / registry).read_text()
        for new, old in zip(told_lines(), lines_before(), strict=True):
            text = text.replace(old, new)
        (copy / registry).write_text(text)
    return copy, files


def told_lines():
    files = dict(NAMED_BLOCK.findall(PAGE))
    return [block for block in BLOCK.findall(PAGE) if block not in files.values()]


def lines_before():
    """The lines as they stand without the new lanes."""
    found = told_lines()
    for word in NEW_WORDS:
        found = [lines.replace(word, "") for lines in found]
    return found


def do(copy, *command):
    """Run a command in the copy; its tests get a database of their own beside ours."""
    name = f"{os.environ.get('TEST_DATABASE_NAME', 'test_cxhub')}_lane"
    env = {**os.environ, "TEST_DATABASE_NAME": name, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_touches_one_file_and_the_registry():
    written, lane, test = (Path(path).parent for path in dict(NAMED_BLOCK.findall(PAGE)))
    assert (written, lane, test) == (Path("journeys/lanes"), Path("journeys/lanes"), Path("tests/journeys/lanes"))
    found = [[(ROOT / registry).read_text().count(lines) for lines in lines_before()] for registry in REGISTRIES]
    assert found == [[0, 0, 1, 1], [1, 1, 0, 0]]


def test_what_it_makes_passes_the_checks(followed):
    copy, files = followed
    do(copy, sys.executable, "-m", "ruff", "check", *files, *REGISTRIES)
    do(copy, sys.executable, "-m", "ruff", "format", "--check", *files, *REGISTRIES)
    do(copy, "lint-imports", "--no-logo")
    do(copy, sys.executable, "-m", "mypy", "journeys/lanes")


def test_the_new_lanes_stand_on_maps_and_in_all_that_maps_become(followed):
    copy, files = followed
    suite = [path for path in files if path.startswith("tests/")]
    suite += ["tests/journeys/lanes/written_lane.py", "tests/journeys/test_map_page.py"]
    told = do(copy, sys.executable, "-m", "pytest", "-q", *suite)
    assert int(re.search(r"(\d+) passed", told)[1]) > 10
    assert "skipped" not in told

"""docs/how-to/add-a-lane.md followed word by word, in a copy of the tree: one file, one registry, a test."""

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
REGISTRY = "journeys/lanes/derived.py"


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
    text = (copy / REGISTRY).read_text()
    for new, old in zip(told_lines(), lines_before(), strict=True):
        text = text.replace(old, new)
    (copy / REGISTRY).write_text(text)
    return copy, files


def told_lines():
    files = dict(NAMED_BLOCK.findall(PAGE))
    return [block for block in BLOCK.findall(PAGE) if block not in files.values()]


def lines_before():
    """The lines as they stand without the new lane."""
    return [line.replace("    designs.LANE,\n", "").replace("designs, ", "") for line in told_lines()]


def do(copy, *command):
    """Run a command in the copy; its tests get a database of their own beside ours."""
    name = f"{os.environ.get('TEST_DATABASE_NAME', 'test_cxhub')}_lane"
    env = {**os.environ, "TEST_DATABASE_NAME": name, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_touches_one_file_and_the_registry():
    lane, test = dict(NAMED_BLOCK.findall(PAGE))
    assert (Path(lane).parent, Path(test).parent) == (Path("journeys/lanes"), Path("tests/journeys/lanes"))
    registry = (ROOT / REGISTRY).read_text()
    assert [registry.count(line) for line in lines_before()] == [1, 1]


def test_what_it_makes_passes_the_checks(followed):
    copy, files = followed
    do(copy, sys.executable, "-m", "ruff", "check", *files, REGISTRY)
    do(copy, sys.executable, "-m", "ruff", "format", "--check", *files, REGISTRY)
    do(copy, "lint-imports", "--no-logo")
    do(copy, sys.executable, "-m", "mypy", "journeys/lanes")


def test_the_new_lane_stands_on_maps(followed):
    copy, files = followed
    suite = [path for path in files if path.startswith("tests/")]
    told = do(copy, sys.executable, "-m", "pytest", "-q", *suite, "tests/journeys/test_map_page.py")
    assert int(re.search(r"(\d+) passed", told)[1]) > 10
    assert "skipped" not in told

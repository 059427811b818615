"""docs/how-to/add-a-trigger.md followed word by word, in a copy of the tree: one file, one line, one test."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-a-trigger.md").read_text()
NAMED_BLOCK = re.compile(r"`(\S+\.py)`:\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = ("cxhub", "orgs", "journeys", "insights", "connectors", "governance", "templates", "static", "tests")
REGISTRY = "governance/triggers/known.py"
NEW_WORDS = ("archived, ", "    archived.TRIGGER,\n")
FILES = dict(NAMED_BLOCK.findall(PAGE))
LINES = [block for block in BLOCK.findall(PAGE) if block not in FILES.values()]


def before(lines):
    """The lines as they stand without the new trigger."""
    for word in NEW_WORDS:
        lines = lines.replace(word, "")
    return lines


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the tree in which somebody did what the page says."""
    made = tmp_path_factory.mktemp("tree")
    for folder in CODE:
        shutil.copytree(ROOT / folder, made / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "pyproject.toml"):
        shutil.copy(ROOT / name, made)
    for path, content in FILES.items():
        (made / path).write_text(content)
    text = (made / REGISTRY).read_text()
    for lines in LINES:
        text = text.replace(before(lines), lines)
    (made / REGISTRY).write_text(text)
    return made


def do(copy, *command):
    """Run a command in the copy; its tests get a database of their own beside ours."""
    name = f"{os.environ.get('TEST_DATABASE_NAME', 'test_cxhub')}_trigger"
    env = {**os.environ, "TEST_DATABASE_NAME": name, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_touches_one_file_and_the_registry():
    trigger, test = (Path(path).parent for path in FILES)
    assert (trigger, test) == (Path("governance/triggers"), Path("tests/governance"))
    held = (ROOT / REGISTRY).read_text()
    assert [held.count(before(lines)) for lines in LINES] == [1, 1]


def test_what_it_makes_passes_the_checks(copy):
    do(copy, sys.executable, "-m", "ruff", "check", *FILES, REGISTRY)
    do(copy, sys.executable, "-m", "ruff", "format", "--check", *FILES, REGISTRY)
    do(copy, "lint-imports", "--no-logo")
    do(copy, sys.executable, "-m", "mypy", "governance/triggers")


def test_the_new_trigger_calls_and_the_others_do_as_before(copy):
    suite = [path for path in FILES if path.startswith("tests/")]
    told = do(copy, sys.executable, "-m", "pytest", "-q", *suite, "tests/governance/test_early_reviews.py")
    assert int(re.search(r"(\d+) passed", told)[1]) > 10
    assert "skipped" not in told

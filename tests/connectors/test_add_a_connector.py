"""docs/how-to/add-a-connector.md followed word by word, in a copy of the tree: one folder, one line, a vendor."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "how-to" / "add-a-connector.md").read_text()
NAMED_BLOCK = re.compile(r"^`(\S+\.py)`:\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = ("cxhub", "orgs", "journeys", "insights", "connectors", "governance", "templates", "static", "tests")
BESIDE = ("manage.py", "pyproject.toml")


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
    imported, line = [block for block in BLOCK.findall(PAGE) if block not in files.values()]
    apps = copy / "connectors/apps.py"
    before = "import SampleConnector\n"  # of the kinds, in the order of their names
    told = apps.read_text().replace(before, before + imported)
    apps.write_text(told.replace("        NAVIGATION.append", f"{line}        NAVIGATION.append"))
    return copy, files


def do(copy, *command):
    """Run a command in the copy; its tests get a database of their own beside ours."""
    name = f"{os.environ.get('TEST_DATABASE_NAME', 'test_cxhub')}_followed"
    env = {**os.environ, "TEST_DATABASE_NAME": name, "PYTHONPATH": str(copy)}
    done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_page_touches_one_folder_and_one_file_of_the_tests(followed):
    _copy, files = followed
    assert {str(Path(path).parent) for path in files} == {"connectors/systems/smiley", "tests/connectors/vendors"}


def test_what_it_makes_passes_the_checks(followed):
    copy, files = followed
    do(copy, sys.executable, "-m", "ruff", "check", *files, "connectors/apps.py")
    do(copy, sys.executable, "-m", "ruff", "format", "--check", *files, "connectors/apps.py")
    do(copy, "lint-imports", "--no-logo")
    do(copy, sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")


def test_the_new_kind_keeps_the_contract_and_is_set_up_on_its_page(followed):
    copy, _files = followed
    suite = ("tests/connectors/test_contract.py", "tests/connectors/test_contract_of_runs.py")
    told = do(copy, sys.executable, "-m", "pytest", "-q", "-k", "smiley", *suite)
    passed = re.search(r"(\d+) passed", told)
    assert int(passed[1]) > 80
    assert "skipped" not in told

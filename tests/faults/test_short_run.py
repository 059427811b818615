"""A short run of the faults, with servers of its own: sound by itself, and broken when it is told to be."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")
INVARIANTS = 8


@pytest.fixture
def local_home():
    """A folder that PostgreSQL's own account may walk through."""
    folder = Path(tempfile.mkdtemp(prefix="cxhub-faults-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def run(local_home):
    """Returns a function that runs `make faults` shortly, and gives its exit code and lines."""

    def _run(*arguments):
        command = [sys.executable, "-m", "faults", "--quick", "--seed", "11", "--home", str(local_home), *arguments]
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, (done.stdout + done.stderr).splitlines()

    return _run


def test_a_short_run_breaks_no_invariant(run):
    code, lines = run("--refreshes", "4", "--feeds", "3")
    assert code == 0, lines
    assert sum(line.startswith("ok ") for line in lines) == INVARIANTS
    assert lines[-1] == "Every invariant holds."


def test_the_verdict_fails_on_what_is_planted(run):
    planted = ["half", "double", "audit", "twice", "leak"]
    code, lines = run("--refreshes", "1", "--feeds", "2", "--plant", *planted)
    assert code == 1, lines
    broken = [line.removeprefix("BREACH").split()[0] for line in lines if line.startswith("BREACH")]
    assert broken == ["3", "4", "4", "7", "8"], lines

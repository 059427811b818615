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


def run(home, *arguments):
    """Run `make faults` shortly, and return its exit code and lines."""
    command = [sys.executable, "-m", "faults", "--quick", "--seed", "11", "--home", str(home), *arguments]
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_a_short_run_breaks_no_invariant_and_the_verdict_fails_on_what_is_planted(local_home):
    planted = ["half", "double", "audit", "twice", "leak"]
    code, lines = run(local_home, "--refreshes", "4", "--feeds", "3", "--plant", *planted)
    assert f"Planted: {', '.join(planted)}." in lines, lines
    cut = lines.index(f"Planted: {', '.join(planted)}.")
    sound, broken = lines[:cut], lines[cut:]
    assert sound[-1] == "Every invariant holds.", lines
    assert sum(line.startswith("ok ") for line in sound) == INVARIANTS
    breaches = [line.removeprefix("BREACH").split()[0] for line in broken if line.startswith("BREACH")]
    assert (code, breaches) == (1, ["3", "4", "4", "7", "8"]), lines

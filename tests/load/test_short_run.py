"""A short run of many people at one map, on servers of its own: nothing is lost, and hardly anything refused."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")


@pytest.fixture
def local_home():
    """A folder that PostgreSQL's own account may walk through."""
    folder = Path(tempfile.mkdtemp(prefix="cxhub-load-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


def test_eight_people_lose_nothing(local_home):
    arguments = [
        "map",
        "--minutes",
        "0.1",
        "--clients",
        "8",
        "--pause",
        "0.1",
        "--seed",
        "11",
        "--home",
        str(local_home),
    ]
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    command = [sys.executable, "-m", "load", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    assert lines[-1] == "Nothing was lost.", lines
    assert done.returncode == 0
    edits = next(line.split() for line in lines if line.split()[:1] == ["all"])
    assert int(edits[2]) > 20, lines  # that many were saved at all
    followed = next(line.split() for line in lines if line.split()[:1] == ["follow"])
    assert int(followed[1]) >= 16, lines  # each page at least at its beginning and after the end

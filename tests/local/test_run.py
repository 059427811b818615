"""The one command, as a person at a terminal meets it: `make run` behind its Makefile."""

import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from tests.local.people import ROOT, left_of, wait_until_nothing_is_left

OWN = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "ENCRYPTION_KEYS", "CXHUB_MODE"}
PATIENCE = 120


class Run:
    """`python -m cxhub.local run`, its lines as they come."""

    def __init__(self, home: Path, port: int, terminal: int | None = None, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in OWN}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cxhub.local", "run"],
            cwd=ROOT,
            env={**kept, "CXHUB_HOME": str(home), "PORT": str(port), **settings},
            stdout=subprocess.PIPE if terminal is None else terminal,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=_hear_hang_ups,
        )
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.append(line.rstrip())

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def wait_for(self, words: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while words not in self.text:
            assert self.process.poll() is None, self.text
            assert time.monotonic() < deadline, self.text
            time.sleep(0.05)
        return self.text

    def end(self) -> int:
        code = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return code

    def number_of(self, name: str) -> int:
        return int(re.search(rf"{name} +\| started, process (\d+)", self.text)[1])


def _hear_hang_ups() -> None:
    """Tests that were begun with `nohup` hand down that a closed terminal is ignored."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="cxhub-Run-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder / "home"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def run(home):
    """Returns a function that starts the product, and kills it after the test if it still runs."""
    begun = []

    def _run(port=None, **settings):
        begun.append(Run(home, port or free_port(), **settings))
        return begun[-1]

    yield _run
    for started in begun:
        started.process.kill()
        started.end()
    wait_until_nothing_is_left(home)


def test_a_first_start_shows_how_to_sign_in_and_a_second_one_keeps_it(run, home):
    first = run()
    first.wait_for("CX Hub is ready")
    first.wait_for("Password")
    assert "Workspace  Larch Home Energy, example data (/w/larch/)" in first.text
    second = run()
    assert second.end() == 1
    assert second.text == f"CX Hub runs already from this folder (process {first.process.pid}). " + (
        "Stop it first: Ctrl-C in its terminal."
    )
    for _ in range(3):  # an impatient person
        os.killpg(first.process.pid, signal.SIGINT)
        time.sleep(0.1)
    assert first.end() == 0
    assert first.text.endswith("CX Hub has stopped.")
    assert left_of(home) == []
    assert first.text.count("Password") == 1

    again = run()
    again.wait_for("CX Hub is ready")
    assert "Password" not in again.text
    again.process.terminate()
    assert again.end() == 0
    assert left_of(home) == []


def test_a_killed_start_leaves_no_process(run, home):
    started = run()
    started.wait_for("CX Hub is ready")
    started.process.kill()
    wait_until_nothing_is_left(home, 30)


def test_a_terminal_that_was_closed_leaves_no_process(run, home):
    """Also where the kernel's hang-up goes to `make` alone, and `make` waits for us."""
    ours, theirs = pty.openpty()
    started = run(terminal=theirs)
    os.close(theirs)
    shown = b""
    while b"is ready" not in shown:
        shown += os.read(ours, 1000)
    os.close(ours)
    assert started.end() == 0
    assert left_of(home) == []


def test_when_one_process_dies_everything_stops_and_says_which(run, home):
    started = run()
    started.wait_for("CX Hub is ready")
    os.kill(started.number_of("worker"), signal.SIGKILL)
    assert started.end() == 1
    assert started.lines[-1].startswith("worker (killed by SIGKILL) ended by itself, so everything was stopped.")
    assert left_of(home) == []


def test_ctrl_c_during_the_first_start_leaves_no_process(run, home):
    started = run()
    started.wait_for("Starting CX Hub")
    time.sleep(0.3)
    os.killpg(started.process.pid, signal.SIGINT)
    assert started.end() == 0
    assert left_of(home) == []


def test_a_port_in_use_is_one_line_and_nothing_starts(run, home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = run(port=taken.getsockname()[1])
        assert refused.end() == 1
    assert len(refused.lines) == 1
    assert "is in use. Stop what uses it, or choose another: make run PORT=" in refused.text
    assert not (home / "postgres").exists()


def test_half_written_settings_are_one_line(run):
    refused = run(DATABASE_URL="postgres://cxhub_app@db.example/cxhub")
    assert refused.end() == 1
    assert len(refused.lines) == 1
    assert refused.text.startswith("DATABASE_URL is set without DATABASE_OWNER_URL and REDIS_URL.")


def test_a_damaged_settings_file_is_one_line(run, home):
    home.mkdir(mode=0o711)
    (home / "settings.env").write_text("SECRET_KEY=cut sho")
    refused = run()
    assert refused.end() == 1
    assert len(refused.lines) == 1
    assert f"{home}/settings.env has no whole SECRET_KEY." in refused.text


def test_a_folder_that_is_a_file_is_one_line(run, home):
    home.write_text("a file")
    refused = run()
    assert refused.end() == 1
    assert refused.text.startswith(f"{home} is not a folder.")

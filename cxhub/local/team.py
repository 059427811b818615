"""The processes of the Procfile: started together, their lines shown with a name, stopped together."""

import contextlib
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from cxhub.local.leash import kill_session, leashed

STOP_SECONDS = 8.0
MISLEADING = "Hitting Ctrl+C again will"  # Celery says so at every stop; here a second Ctrl-C changes nothing


def commands(procfile: Path) -> dict[str, str]:
    lines = [line.partition(":") for line in procfile.read_text().splitlines() if not line.startswith("#")]
    return {name.strip(): command.strip() for name, colon, command in lines if colon}


def say(line: str) -> None:
    """Print, unless nobody listens any more: a closed terminal must not stop the stopping."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


class Team:
    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.readers: list[threading.Thread] = []

    def start(self, name: str, command: str, environment: Mapping[str, str], folder: Path) -> None:
        """Start one command. Each leads a session of its own, so Ctrl-C reaches us alone and we tell them.

        When we are gone without telling them, so are PostgreSQL and Redis. A worker that is asked to stop then waits
        for both before it gives its run back, so nobody is asked: the run is found again as after any crash.
        """
        process = subprocess.Popen(
            ["/bin/sh", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=environment,
            start_new_session=True,
            preexec_fn=leashed(signal.SIGKILL),
        )
        self.processes[name] = process
        assert process.stdout is not None  # noqa: S101 (stdout is a pipe, two lines above)
        reader = threading.Thread(target=_show, args=(name, process.stdout), daemon=True)
        reader.start()
        self.readers.append(reader)
        say(f"{name:<6} | started, process {process.pid}")

    def died(self) -> str | None:
        """Say which process ended by itself, if one did."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                return f"{name} ({_how_it_ended(process.returncode)})"
        return None

    def stop(self) -> None:
        """Tell all at once; each finishes or hands back its work; kill what is left when the time is over."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            kill_session(process)
        for reader in self.readers:
            reader.join(1)


def _show(name: str, lines: BinaryIO) -> None:
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip()
        if text and MISLEADING not in text:
            say(f"{name:<6} | {text}")


def _how_it_ended(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

"""Short commands that run to their end before the product starts: quiet unless they fail."""

import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from typing import TextIO

from cxhub.local.home import ROOT
from cxhub.local.leash import kill_session, leashed
from cxhub.local.problems import Problem


class Stopped(Exception):
    """A person asked to stop while a step ran."""


class Step:
    """One management command, running from the moment it is made."""

    def __init__(self, stack: ExitStack, environment: Mapping[str, str], *arguments: str) -> None:
        self.name = arguments[0]
        self.output: TextIO = stack.enter_context(tempfile.TemporaryFile("w+", errors="replace"))  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            preexec_fn=leashed(signal.SIGTERM),
        )
        stack.callback(kill_session, self.process)

    def finish(self, stop: threading.Event) -> str:
        """Wait and return what it printed. Raises Problem with its last lines, or Stopped."""
        while self.process.poll() is None:
            if stop.wait(0.02):
                raise Stopped
        self.output.seek(0)
        said = self.output.read()
        if self.process.returncode:
            raise Problem(f"manage.py {self.name} failed. Its last lines:\n{_tail(said)}")
        return said


def _tail(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[-12:])

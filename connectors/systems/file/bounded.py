"""Reads a file in a child process that may use so much memory and time and no more: what is in a file is not trusted.

The child knows no secret and no database. The parent passes the bytes on and gets records back, in batches: it never
holds the file, and dies of nothing that is in it.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from connectors.base import SetupProblem

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "connectors.systems.file.child"]
KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "LANG", "LC_ALL")
"""What the child gets of the environment: enough to start Python. No address of a database and no key."""

GULP = 256 * 1024
LONGEST_MESSAGE = 32 * 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a child may use. Silence is time in which it neither takes nor gives anything."""

    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    silent_seconds: float


# Silent for less than a lease (connectors/pipelines/leases.py), all in all less than the worker's limit for a task.
READING = Limits(memory_bytes=1024**3, cpu_seconds=900, wall_seconds=1500, silent_seconds=30)
LOOKING = Limits(memory_bytes=1024**3, cpu_seconds=20, wall_seconds=40, silent_seconds=20)


class ChildFailed(RuntimeError):
    """A bug in our own code, met in the child; says where, never what the file said."""


def ask(task: Mapping[str, Any], content: Iterable[bytes], limits: Limits) -> Iterator[Any]:
    """Give a child a task and the content, and yield each message it answers with. Raises SetupProblem."""
    first = {**task, "limits": asdict(limits), "language": get_language(), "locales": list(settings.LOCALE_PATHS)}
    child = subprocess.Popen(
        COMMAND,
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT if name in os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a parser's last words may quote the file
    )
    try:
        yield from _Talk(child, limits).messages(_with_first(json.dumps(first, default=str), content))
    finally:
        child.kill()
        _close(child)


class _Talk:
    """Both directions at once on one thread: the content may ask the database, which belongs to this thread."""

    def __init__(self, child: "subprocess.Popen[bytes]", limits: Limits) -> None:
        self._child, self._limits = child, limits
        self._end = time.monotonic() + limits.wall_seconds
        self._selector = selectors.DefaultSelector()
        for pipe, event in ((child.stdin, selectors.EVENT_WRITE), (child.stdout, selectors.EVENT_READ)):
            os.set_blocking(_pipe(pipe).fileno(), False)
            self._selector.register(_pipe(pipe), event)
        self._unsent = memoryview(b"")

    def messages(self, content: Iterator[bytes]) -> Iterator[Any]:
        received = bytearray()
        while True:
            for key in self._ready():
                if key.fileobj is self._child.stdin:
                    self._send(content)
                    continue
                data = os.read(key.fd, GULP)
                if not data:
                    raise _death(self._child)
                received += data
                if b"\n" in data:
                    *lines, rest = received.split(b"\n")
                    received = rest
                    for line in lines:
                        message = _understood(line)
                        if message is None:
                            return
                        yield message
                if len(received) > LONGEST_MESSAGE:
                    raise SetupProblem(_unreadable())

    def _ready(self) -> list[selectors.SelectorKey]:
        left = min(self._limits.silent_seconds, self._end - time.monotonic())
        ready = [key for key, _events in self._selector.select(max(0.0, left))]
        if not ready or left <= 0:
            raise SetupProblem(_too_slow())
        return ready

    def _send(self, content: Iterator[bytes]) -> None:
        """Pass on a piece; a child that has seen enough closes its end, which is fine."""
        stdin = _pipe(self._child.stdin)
        try:
            if not self._unsent:
                self._unsent = memoryview(next(content, b""))
            sent = os.write(stdin.fileno(), self._unsent) if self._unsent else -1
        except BrokenPipeError:
            sent = -1
        if sent < 0:
            self._selector.unregister(stdin)
            _shut(stdin)
        else:
            self._unsent = self._unsent[sent:]


def _with_first(line: str, content: Iterable[bytes]) -> Iterator[bytes]:
    yield line.encode() + b"\n"
    yield from (piece for piece in content if len(piece))


def _understood(line: bytes | bytearray) -> Any:
    """Return the message, None for the last one. Raises SetupProblem, ChildFailed."""
    message = json.loads(line)
    if "problem" in message:
        raise SetupProblem(message["problem"])
    if "bug" in message:
        raise ChildFailed(message["bug"])
    return None if "end" in message else message


def _death(child: "subprocess.Popen[bytes]") -> SetupProblem:
    """Say why the child is gone without a last word."""
    code = child.wait(timeout=10)
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return SetupProblem(_too_slow())
    return SetupProblem(too_large() if code == -signal.SIGABRT else _unreadable())


def _too_slow() -> str:
    return _("This file takes far longer to read than a table would. Save it as CSV (UTF-8), or split it.")


def too_large() -> str:
    return _("This file needs more memory to read than a table would. Save it as CSV (UTF-8), or split it.")


def _unreadable() -> str:
    return _("This file cannot be read: reading it broke off. Save the table as CSV (UTF-8).")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ValueError("The child has no such pipe.")
    return pipe


def _close(child: "subprocess.Popen[bytes]") -> None:
    for pipe in (child.stdin, child.stdout):
        _shut(_pipe(pipe))
    child.wait()


def _shut(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return

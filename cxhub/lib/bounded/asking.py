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
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import get_language

ROOT = Path(__file__).resolve().parents[3]
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


class Why(StrEnum):
    """Why nothing came of a file."""

    TOLD = "told"  # the child said what is wrong with it
    SLOW = "slow"
    LARGE = "large"  # it needs more memory than the child has
    BROKEN = "broken"


class Refused(Exception):
    """Nothing came of a file. `told` is what the child said of it, None where it said nothing."""

    def __init__(self, why: Why, told: Any = None) -> None:
        super().__init__(why)
        self.why, self.told = why, told


class ChildFailed(RuntimeError):
    """A bug in our own code, met in the child; says where, never what the file said."""


def module(name: str) -> list[str]:
    """Return the command that runs a module as a child (see serving.py)."""
    return [sys.executable, "-m", name]


def ask(command: list[str], task: Mapping[str, Any], content: Iterable[bytes], limits: Limits) -> Iterator[Any]:
    """Give a child a task and the content, and yield each message it answers with. Raises Refused, ChildFailed."""
    first = {**task, "limits": asdict(limits), "language": get_language(), "locales": list(settings.LOCALE_PATHS)}
    child = subprocess.Popen(
        command,
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
                    raise Refused(Why.BROKEN)

    def _ready(self) -> list[selectors.SelectorKey]:
        left = min(self._limits.silent_seconds, self._end - time.monotonic())
        ready = [key for key, _events in self._selector.select(max(0.0, left))]
        if not ready or left <= 0:
            raise Refused(Why.SLOW)
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
    """Return the message, None for the last one. Raises Refused, ChildFailed."""
    message = json.loads(line)
    if "refused" in message:
        raise Refused(Why(message["refused"]), message.get("told"))
    if "bug" in message:
        raise ChildFailed(message["bug"])
    return None if "end" in message else message


def _death(child: "subprocess.Popen[bytes]") -> Refused:
    """Say why the child is gone without a last word."""
    code = child.wait(timeout=10)
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return Refused(Why.SLOW)
    return Refused(Why.LARGE if code == -signal.SIGABRT else Why.BROKEN)


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

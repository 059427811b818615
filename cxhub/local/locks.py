"""Locks that the kernel gives back by itself when their holders are gone, however they went."""

import fcntl
import os
import time
from pathlib import Path

from cxhub.local.problems import Problem


class Busy(Problem):
    """Somebody else holds the lock."""


def take(path: Path, busy: str, wait_seconds: float = 0) -> int:
    """Lock the file and return its descriptor; closing every copy of it unlocks.

    Raises Busy with the given sentence, in which {holder} is the process that wrote its number into the file.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + wait_seconds
    while not _locked(descriptor):
        if time.monotonic() >= deadline:
            holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise Busy(busy.format(holder=holder or "unknown"))
        time.sleep(0.1)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

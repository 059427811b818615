"""Turns Ctrl-C, kill and a closed terminal into a flag. Nothing is cut in the middle, however often it comes."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stop_flag() -> Iterator[threading.Event]:
    flag = threading.Event()

    def ask(signum: int, frame: FrameType | None) -> None:
        flag.set()

    before = {signum: signal.getsignal(signum) for signum in SIGNALS}
    for signum, handler in before.items():
        if handler is not signal.SIG_IGN or signum == signal.SIGINT:  # nohup ignores SIGHUP: keep it so
            signal.signal(signum, ask)
    try:
        yield flag
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


class Terminal:
    """The terminal we were started from, if it was one. When `make` leads the session (ssh host make run), it
    keeps the kernel's hang-up to itself and waits for us, so we look ourselves."""

    def __init__(self) -> None:
        self.was_there = os.isatty(1) and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN

    def is_gone(self) -> bool:
        return self.was_there and not os.isatty(1)

"""One deadline for a whole call: looking the name up, connecting, TLS, header, body and every redirect together."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Thread, Timer
from typing import Any, TypeVar

from cxhub.lib.outbound.errors import OutOfTime

T = TypeVar("T")


class Deadline:
    """Counts down from now, by a clock that nobody sets."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._ends

    def left(self) -> float:
        """Return the seconds that are left. Raises OutOfTime."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise OutOfTime
        return left

    def wait_for(self, work: Callable[..., T], *given: Any) -> T:
        """Return what `work` returns. Raises OutOfTime.

        Looking a name up cannot be interrupted: when it takes too long, its thread is left behind.
        """
        result: Future[T] = Future()
        Thread(target=_work, args=(result, work, given), daemon=True).start()
        try:
            return result.result(self.left())
        except TimeoutError:
            raise OutOfTime from None

    @contextmanager
    def cuts(self, connected: socket.socket) -> Iterator[None]:
        """Shut the connection down when time is up.

        A time-out of the socket would not do: it begins anew with every byte that a slow server sends. The duplicate
        stays valid when TLS takes the socket over.
        """
        twin = connected.dup()
        timer = Timer(self.left(), _shut, [twin])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            twin.close()


def _work(result: "Future[Any]", work: Callable[..., Any], given: tuple[Any, ...]) -> None:
    try:
        result.set_result(work(*given))
    except BaseException as error:  # handed on to who waits
        result.set_exception(error)


def _shut(connected: socket.socket) -> None:
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)

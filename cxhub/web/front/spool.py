"""Takes a request's body in, to memory or disk, before a thread is asked for.

A page's thread that waited for bytes would be lost to everybody for as long as a slow sender likes.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from tempfile import SpooledTemporaryFile
from time import monotonic

from cxhub.web.front.limits import Limits, declared_bytes
from cxhub.web.front.refusals import ClientIsGone, DiskIsFull, TooLarge, TooSlow
from cxhub.web.front.room import Room, Share
from cxhub.web.front.types import Headers, Message, Receive

logger = logging.getLogger(__name__)


class Spool:
    """A growing file: small in memory, larger on disk, written by a thread, as the loop must not wait for disks."""

    def __init__(self, *, memory_bytes: int, folder: str | None):
        self.file = SpooledTemporaryFile(max_size=memory_bytes, dir=folder)  # noqa: SIM115, closed by close()
        self.memory_bytes = memory_bytes
        self.size = 0

    async def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        await self._run(self.file.write, chunk)

    async def rewind(self) -> None:
        await self._run(self.file.seek, 0)

    async def close(self) -> None:
        # On a full disk even closing fails when bytes are left to write; the file is gone all the same.
        with suppress(OSError):
            await self._run(self.file.close)

    async def _run(self, act: Callable[..., object], *args: object) -> None:
        if self.size > self.memory_bytes:
            await asyncio.to_thread(act, *args)
        else:
            act(*args)


@asynccontextmanager
async def taken_in(headers: Headers, receive: Receive, room: Room) -> AsyncIterator[Spool]:
    """Give the whole body, rewound. Raises TooLarge, TooSlow, TooBusy, DiskIsFull or ClientIsGone."""
    limits = room.limits
    if declared_bytes(headers) > limits.body_bytes(headers):
        raise TooLarge(limits.body_bytes(headers))
    with room.share() as share:
        spool = Spool(memory_bytes=limits.memory_bytes, folder=limits.folder)
        try:
            await fill(spool, receive, share, limits, at_most=limits.body_bytes(headers))
            yield spool
        finally:
            await spool.close()


async def fill(spool: Spool, receive: Receive, share: Share, limits: Limits, *, at_most: int) -> None:
    started = monotonic()
    more = True
    while more:
        seconds = limits.patience_seconds(elapsed_seconds=monotonic() - started, received_bytes=spool.size)
        message = await next_message(receive, seconds)
        chunk, more = message.get("body", b""), message.get("more_body", False)
        if spool.size + len(chunk) > at_most:
            raise TooLarge(at_most)
        share.grow(len(chunk))
        with disk_errors(limits):
            await spool.write(chunk)
    with disk_errors(limits):
        await spool.rewind()


async def next_message(receive: Receive, seconds: float) -> Message:
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
    except TimeoutError:
        raise TooSlow from None
    if message["type"] == "http.disconnect":
        raise ClientIsGone
    return message


@contextmanager
def disk_errors(limits: Limits) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        logger.error("A request body could not be written to disk: %s", error.strerror)
        raise DiskIsFull(limits.retry_after_seconds) from None

"""One call of the WSGI application: made in a thread, its streamed parts handed to the event loop."""

import asyncio
import threading
from collections.abc import Callable, Iterable
from typing import Any

from cxhub.web.front.refusals import ClientIsGone
from cxhub.web.front.types import Environ, Headers, Message, Send, WSGIApp

AHEAD = 8
END: Message = {"type": "http.response.body", "body": b"", "more_body": False}


class Exchange:
    """`run` and `push` belong to the thread, `relay` and `leave` to the loop.

    A response of one part, which nearly every page is, is only returned by `run`: it is sent after the thread
    is free, so that somebody who reads slowly holds memory, never a thread. A streamed one may be AHEAD parts
    ahead of its reader, then the thread waits for room.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.parts: asyncio.Queue[Message | None] = asyncio.Queue()
        self.room = threading.Semaphore(AHEAD)
        self.has_left = False
        self.start: Message | None = None
        self.is_started = False

    def run(self, app: WSGIApp, environ: Environ) -> list[Message]:
        """Call `app`, and return the messages that are still to be sent."""
        try:
            body = app(environ, self.start_response)
            try:
                return self._send(body)
            finally:
                getattr(body, "close", lambda: None)()
        except ClientIsGone:
            return []

    def _send(self, body: Iterable[bytes]) -> list[Message]:
        parts = filter(None, body)
        first = next(parts, b"")
        if self.start and not self.is_started and is_whole(self.start["headers"], first):
            return [self.start, {**END, "body": first}]
        self.push(first)
        for part in parts:
            self.push(part)
        return [END]

    def start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        if exc_info and self.is_started:
            raise exc_info[1]
        code = int(status.split(" ", 1)[0])
        self.start = {"type": "http.response.start", "status": code, "headers": encoded(headers)}
        return self.push

    def push(self, part: bytes) -> None:
        """Hand one part to the loop, waiting for room. Raises ClientIsGone when nobody reads any more."""
        if not self.is_started:
            if self.start is None:
                raise RuntimeError("The application sent a body before start_response.")
            self.is_started = True
            self._put(self.start)
        self._put({**END, "body": part, "more_body": True})

    def _put(self, message: Message) -> None:
        self.room.acquire()
        if self.has_left:
            raise ClientIsGone
        self.loop.call_soon_threadsafe(self.parts.put_nowait, message)

    def end(self, _: object) -> None:
        self.parts.put_nowait(None)

    async def relay(self, message: Message | None, send: Send, *, patience_seconds: float) -> None:
        """Send part after part. Raises ClientIsGone when the reader does not take one in `patience_seconds`."""
        try:
            while message is not None:
                async with asyncio.timeout(patience_seconds):
                    await send(message)
                self.room.release()
                message = await self.parts.get()
        except TimeoutError:
            raise ClientIsGone from None

    def leave(self) -> None:
        """Stop listening: the thread's next part raises ClientIsGone there."""
        self.has_left = True
        self.room.release()


def is_whole(headers: Headers, first: bytes) -> bool:
    """Say whether `first` is all there is. Only a known length tells, without waiting for the next part."""
    return not first or (b"content-length", str(len(first)).encode()) in headers


def encoded(headers: list[tuple[str, str]]) -> Headers:
    return [(name.strip().lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers]

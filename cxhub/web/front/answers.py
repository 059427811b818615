"""Short plain-text answers that the front gives itself."""

import asyncio

from cxhub.web.front.refusals import Refusal
from cxhub.web.front.types import Headers, Message, Receive, Scope, Send


async def answer(send: Send, status: int, sentence: str) -> None:
    start, body = plain(status, sentence)
    await send(start)
    await send(body)


async def no_such_file(scope: Scope, receive: Receive, send: Send) -> None:
    await answer(send, 404, "There is no such file.")


async def refuse(refusal: Refusal, receive: Receive, send: Send, *, linger_seconds: float) -> None:
    """Answer at once, then read and drop what still arrives for a moment before hanging up.

    Closing a connection with unread bytes resets it, and the reset can overtake the answer: a browser then
    shows "connection reset" instead of the sentence.
    """
    extra: Headers = [(b"connection", b"close")]
    if refusal.retry_after_seconds is not None:
        extra.append((b"retry-after", str(refusal.retry_after_seconds).encode()))
    start, body = plain(refusal.status, refusal.sentence, extra)
    await send(start)
    await send({**body, "more_body": True})
    await drop_the_rest(receive, linger_seconds)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def drop_the_rest(receive: Receive, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        pass


def plain(status: int, sentence: str, extra: Headers | None = None) -> tuple[Message, Message]:
    body = f"{sentence}\n".encode()
    headers: Headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        *(extra or []),
    ]
    start: Message = {"type": "http.response.start", "status": status, "headers": headers}
    return start, {"type": "http.response.body", "body": body, "more_body": False}

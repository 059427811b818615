"""The one ASGI callable: says who answers which request."""

from io import BytesIO

from cxhub.web.front.answers import answer, refuse
from cxhub.web.front.bridge import Bridge
from cxhub.web.front.environ import environ_of, local_path
from cxhub.web.front.limits import Limits, has_body
from cxhub.web.front.refusals import ClientIsGone, Refusal
from cxhub.web.front.room import Room
from cxhub.web.front.spool import taken_in
from cxhub.web.front.types import ASGIApp, Message, Receive, Scope, Send, WSGIApp


class Front:
    """Health and static files take no thread, `/readyz` has one of its own, the rest share those of the pages.

    The one of its own lets `/readyz` say that the database is away while all pages wait for it.
    """

    def __init__(
        self, *, wsgi: WSGIApp, static: ASGIApp, static_prefix: str = "/static/", limits: Limits | None = None
    ):
        self.limits = limits or Limits()
        self.static = static
        self.static_prefix = static_prefix
        self.room = Room(self.limits)
        self.pages = Bridge(wsgi, threads=self.limits.threads, limits=self.limits)
        self.probes = Bridge(wsgi, threads=1, limits=self.limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})
        # Anything else ("lifespan", what a later server may invent) needs no answer.

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = local_path(scope)
        try:
            if path == "/healthz":
                await answer(send, 200, "ok")
            elif path.startswith(self.static_prefix):
                await self.static({**scope, "path": path}, receive, send)
            else:
                await self._page(self.probes if path == "/readyz" else self.pages, scope, receive, send)
        except Refusal as refusal:
            await refuse(refusal, receive, send, linger_seconds=self.limits.linger_seconds)
        except ClientIsGone:
            return

    async def _page(self, bridge: Bridge, scope: Scope, receive: Receive, send: Send) -> None:
        for message in await self._messages(bridge, scope, receive, send):
            await send(message)

    async def _messages(self, bridge: Bridge, scope: Scope, receive: Receive, send: Send) -> list[Message]:
        """Return what is left to send when thread and body have been given back."""
        if not has_body(scope["headers"]):
            return await bridge.call(environ_of(scope, BytesIO(), 0), receive, send)
        async with taken_in(scope["headers"], receive, self.room) as body:
            return await bridge.call(environ_of(scope, body.file, body.size), receive, send)

    def close(self) -> None:
        """End the threads, and with them their database connections."""
        self.pages.close()
        self.probes.close()

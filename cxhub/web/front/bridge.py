"""Runs a WSGI application on a fixed set of threads that live as long as the process.

Threads that live keep their database connections (CONN_MAX_AGE). Measured in docs/adr/0004-serving.md.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import copy_context
from typing import Any

from cxhub.web.front.exchange import Exchange
from cxhub.web.front.limits import Limits
from cxhub.web.front.refusals import ClientIsGone, TooBusy
from cxhub.web.front.types import Environ, Message, Receive, Send, WSGIApp


class Bridge:
    def __init__(self, wsgi: WSGIApp, *, threads: int, limits: Limits):
        self.wsgi = wsgi
        self.limits = limits
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.turns = asyncio.Semaphore(threads)
        self.waiting = 0

    async def call(self, environ: Environ, receive: Receive, send: Send) -> list[Message]:
        """Run the application in a thread and send what it streams.

        Returns what is left to send once the thread is free. Raises ClientIsGone or TooBusy, and whatever
        the application raised.
        """
        async with self._turn(receive):
            loop = asyncio.get_running_loop()
            exchange = Exchange(loop)
            call = loop.run_in_executor(self.pool, copy_context().run, exchange.run, self.wsgi, environ)
            call.add_done_callback(exchange.end)
            try:
                first = await exchange.parts.get()
                if first is not None:
                    patience = self.limits.stall_seconds
                    await unless_gone(receive, exchange.relay(first, send, patience_seconds=patience))
            finally:
                exchange.leave()
                await asyncio.wait({call})
            return call.result()

    @asynccontextmanager
    async def _turn(self, receive: Receive) -> AsyncIterator[None]:
        """Wait in line for a thread; who hangs up leaves the line."""
        if self.waiting >= self.limits.waiting:
            raise TooBusy(self.limits.retry_after_seconds)
        self.waiting += 1
        try:
            if self.turns.locked():
                await unless_gone(receive, self.turns.acquire())
            else:
                await self.turns.acquire()
        finally:
            self.waiting -= 1
        try:
            yield
        finally:
            self.turns.release()

    def close(self) -> None:
        self.pool.shutdown()


async def unless_gone(receive: Receive, work: Coroutine[Any, Any, Any]) -> None:
    """Do `work` until the client hangs up. Raises ClientIsGone then."""
    tasks = [asyncio.create_task(work), asyncio.create_task(hang_up(receive))]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if not tasks[0].done():
            raise ClientIsGone
        tasks[0].result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def hang_up(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

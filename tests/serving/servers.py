"""A real uvicorn on a free loopback port with a front in it, and clients, polite and raw."""

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from cxhub.web.front import Front

GENEROUS_SECONDS = 30


@dataclass(frozen=True)
class Served:
    front: Front
    port: int

    def request(self, method: str, path: str, body=None, headers=None, **how) -> "Answer":
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=GENEROUS_SECONDS)
        try:
            connection.request(method, path, body=body, headers=headers or {}, **how)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> "Answer":
        return self.request("GET", path, headers=headers)

    def open(self, *sent: bytes) -> socket.socket:
        """Connect and send raw bytes; the caller goes on from there."""
        client = socket.create_connection(("127.0.0.1", self.port), timeout=GENEROUS_SECONDS)
        client.sendall(b"".join(sent))
        return client


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def serving(front: Front) -> Iterator[Served]:
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(front, lifespan="off", log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield Served(front, listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(GENEROUS_SECONDS)
        front.close()


def half_a_post(promised: int = 1000, path: str = "/echo", kind: str = "text/plain") -> bytes:
    """The head of a POST and its first three bytes, the others never sent."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: {promised}\r\n\r\n"
    return head.encode() + b"abc"


def read_answer(client: socket.socket) -> Answer:
    response = http.client.HTTPResponse(client)
    response.begin()
    return Answer(response.status, dict(response.getheaders()), response.read())


def eventually(claim) -> bool:
    """Wait until `claim()` holds, for as long as a busy machine may need."""
    pause = threading.Event()
    return any(claim() or pause.wait(0.02) for _ in range(GENEROUS_SECONDS * 50))

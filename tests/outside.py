"""A server outside of CX Hub, on an address of this machine, that answers each request with the bytes it is told to."""

import gzip
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

GENEROUS_SECONDS = 30
TLS_GREETING = b"\x16"


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole answer; header names are written with underscores."""
    named = {"Content_Length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def json_answer(content: Any, status: str = "200 OK", **headers: str) -> bytes:
    return answer(json.dumps(content).encode(), status, Content_Type="application/json", **headers)


def packed(body: bytes) -> bytes:
    return answer(gzip.compress(body), Content_Encoding="gzip")


class Outside:
    """Answers `handler(request text)`: bytes, pieces of bytes, or a function that takes the connection over."""

    def __init__(self, handler: Any, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self._handler, self._tls = handler, tls
        self.requests: list[str] = []
        self._listener = socket.create_server((host, 0))
        self.host, self.port = host, self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self.host}:{self.port}"

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(GENEROUS_SECONDS)
        with suppress(OSError, ssl.SSLError):
            if self._tls:
                client = self._tls.wrap_socket(client, server_side=True)
            with client:
                self._answer(client)

    def _answer(self, client: socket.socket) -> None:
        request = _read(client)
        self.requests.append(request)
        given = self._handler(request) if callable(self._handler) else self._handler
        if callable(given):
            given(client)
            return
        for piece in [given] if isinstance(given, bytes) else given:
            client.sendall(piece)


@contextmanager
def outside(handler: Any, **how: Any) -> Iterator[Outside]:
    """Serve for the length of a test."""
    server = Outside(handler, **how)
    try:
        yield server
    finally:
        server.close()


def _read(client: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data and not data.startswith(TLS_GREETING) and (piece := client.recv(65536)):
        data += piece
    head, _end, body = data.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
    )
    while len(body) < length and (piece := client.recv(65536)):
        body += piece
    return (head + b"\r\n\r\n" + body).decode("latin-1")

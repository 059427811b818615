"""The small WSGI application of these tests: one function per path, with events that a test can wait for."""

import threading
from dataclasses import dataclass, field


@dataclass
class Pages:
    go_on: threading.Event = field(default_factory=threading.Event)
    entered: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    closed: threading.Event = field(default_factory=threading.Event)
    calls: list[str] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    parts_made: int = 0

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.calls.append(path)
        self.threads.add(threading.current_thread().name)
        return getattr(self, path.strip("/").replace("-", "_") or "home")(environ, start_response)

    def wait_until_entered(self) -> None:
        assert self.entered.acquire(timeout=30)

    def home(self, environ, start_response):
        return whole(start_response, b"home")

    def readyz(self, environ, start_response):
        return whole(start_response, b"ready")

    def thread(self, environ, start_response):
        return whole(start_response, threading.current_thread().name.encode())

    def echo(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        return whole(start_response, str(len(body)).encode() + b":" + body[:20])

    def wait(self, environ, start_response):
        self.entered.release()
        self.go_on.wait(30)
        return whole(start_response, b"waited")

    def broken(self, environ, start_response):
        raise ZeroDivisionError

    def big(self, environ, start_response):
        return whole(start_response, b"x" * 30_000_000)

    def unsized(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"no ", b"", b"length"]

    def written(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])(b"the old way, ")
        return [b"and the new"]

    def nothing(self, environ, start_response):
        start_response("204 No Content", [])
        return []

    def slow_parts(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        yield b"first"
        self.go_on.wait(30)
        yield b"second"

    def breaks_off(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        yield b"first"
        raise ZeroDivisionError

    def endless(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Endless(self)


class Endless:
    """Parts without end; notes when the server closes it."""

    def __init__(self, pages: Pages):
        self.pages = pages

    def __iter__(self):
        return self

    def __next__(self) -> bytes:
        self.pages.parts_made += 1
        return b"x" * 65536

    def close(self) -> None:
        self.pages.closed.set()


def whole(start_response, body: bytes):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]

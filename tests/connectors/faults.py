"""What can go wrong between CX Hub and another system: answers of a server, by name."""

import socket
import struct
import time

from tests.outside import answer, json_answer

JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def reset_in_the_body(client):
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n[")
    time.sleep(0.05)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def endless(_request):
    yield JSON + b"\r\n["
    while True:
        yield b" " * 65536


MENDS_ITSELF = {
    "500": answer(b"", "500 Internal Server Error"),
    "502": answer(b"<html>", "502 Bad Gateway", Content_Type="text/html"),
    "time-out": lambda request: lambda client: time.sleep(3),
    "reset in the body": lambda request: reset_in_the_body,
    "truncated by length": JSON + b'Content-Length: 999\r\n\r\n[{"a"',
    "truncated chunks": JSON + b'Transfer-Encoding: chunked\r\n\r\n5\r\n[{"a"\r\n',
    "truncated JSON": JSON + b'\r\n[{"a"',
    "nothing": b"",
}
FOR_A_PERSON = {
    "a web page instead of JSON": answer(b"<!doctype html><title>Sign in</title>", Content_Type="text/html"),
    "a web page that claims to be JSON": answer(b"<html></html>", Content_Type="application/json"),
    "plain text": answer(b"hello", Content_Type="text/plain"),
    "an endless body": endless,
    "another schema": json_answer({"surprise": []}),
    "a list where an object was": json_answer([]),
    "deeper than anybody reads": answer(b"[" * 100_000, Content_Type="text/plain"),
    "a redirect inside": answer(status="302 Found", Location="http://169.254.169.254/"),
}
REFUSALS = ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "422 Odd"]
WAITS = [
    ("120", 120),
    ("Wed, 20 May 2026 12:02:00 GMT", 120),
    ("Wednesday, 20-May-26 12:02:00 GMT", 120),
    ("soon", None),
    ("-5", None),
    ("", None),
    (None, None),
]

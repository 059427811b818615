"""Nothing that answers can hold a caller longer than the deadline, or make it take more than the limit."""

import gzip
import socket
import struct
import threading
import time
import zlib
from dataclasses import replace

import pytest

from cxhub.lib.http import Refused, Rules, Unreachable, fetch
from tests.outside import answer, outside, packed

RULES = replace(Rules.of(allow=["127.0.0.0/8"]), most_bytes=1024 * 1024)
SHORT = replace(RULES, deadline_seconds=0.5)
MEGABYTE = b"x" * 1024 * 1024


def dripping(first):
    def pieces():
        yield first
        while True:
            time.sleep(0.1)
            yield b"x"

    return lambda request: pieces()


def test_a_plain_answer_comes_whole():
    with outside(answer(b'{"a": 1}', Content_Type="application/json", X_Odd="one")) as server:
        reply = fetch(f"{server.url}/ä?c=d&e=ü", headers={"X-Mine": "1"}, rules=RULES)
    assert (reply.status, reply.body) == (200, b'{"a": 1}')
    assert reply.headers["x-odd"] == "one"
    assert server.requests[0].startswith("GET /%C3%A4?c=d&e=%C3%BC HTTP/1.1\r\n")
    assert "X-Mine: 1" in server.requests[0]


def test_a_post_carries_its_body():
    with outside(answer(b"ok", "201 Created")) as server:
        assert fetch(server.url, method="POST", body=b'{"q": 1}', rules=RULES).status == 201
    assert server.requests[0].endswith('\r\n\r\n{"q": 1}')


def test_gzip_and_deflate_are_unpacked():
    with outside(packed(b"plain")) as server:
        assert fetch(server.url, rules=RULES).body == b"plain"
    with outside(answer(zlib.compress(b"plain"), Content_Encoding="deflate")) as server:
        assert fetch(server.url, rules=RULES).body == b"plain"


def test_a_body_of_the_limit_is_taken_and_one_byte_more_is_not():
    with outside(answer(MEGABYTE)) as server:
        assert len(fetch(server.url, rules=RULES).body) == len(MEGABYTE)
    with outside(answer(MEGABYTE + b"x")) as server, pytest.raises(Refused, match="larger than 1 MiB"):
        fetch(server.url, rules=RULES)


def test_an_endless_body_is_stopped():
    def endless(_request):
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield MEGABYTE

    with outside(endless) as server, pytest.raises(Refused, match="larger"):
        fetch(server.url, rules=RULES)


def test_an_endless_chunked_body_is_stopped():
    def endless(_request):
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        while True:
            yield b"10000\r\n" + b"x" * 0x10000 + b"\r\n"

    with outside(endless) as server, pytest.raises(Refused, match="larger"):
        fetch(server.url, rules=RULES)


@pytest.mark.parametrize("layers", [1, 2])
def test_a_gzip_bomb_is_stopped_on_the_way(layers):
    bomb = b"\0" * (200 * 1024 * 1024)
    for _layer in range(layers):
        bomb = gzip.compress(bomb, 1)
    if layers == 2:  # packed twice unpacks once
        with outside(answer(bomb, Content_Encoding="gzip")) as server:
            assert len(fetch(server.url, rules=RULES).body) < len(MEGABYTE)
        return
    with outside(answer(bomb, Content_Encoding="gzip")) as server, pytest.raises(Refused, match="larger"):
        fetch(server.url, rules=RULES)


def test_an_unknown_packing_is_refused():
    with outside(answer(b"x", Content_Encoding="br")) as server, pytest.raises(Refused, match="packed"):
        fetch(server.url, rules=RULES)


TRUNCATED = {
    "length": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nshort",
    "no last chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
    "gzip": answer(gzip.compress(b"plain" * 999)[:-12], Content_Encoding="gzip"),
    "not gzip": answer(b"plain", Content_Encoding="gzip"),
    "header": b"HTTP/1.1 200 OK\r\nContent-Le",
    "nothing": b"",
    "not http": b"SSH-2.0-OpenSSH_9.2\r\n",
}


@pytest.mark.parametrize("how", TRUNCATED)
def test_an_answer_that_breaks_off_is_never_taken_for_whole(how):
    with outside(TRUNCATED[how]) as server, pytest.raises(Unreachable, match="broke off"):
        fetch(server.url, rules=RULES)


def test_a_reset_in_the_body():
    def reset(client):
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
        time.sleep(0.05)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.close()

    with outside(lambda request: reset) as server, pytest.raises(Unreachable, match="broke off"):
        fetch(server.url, rules=RULES)


SLOW = {
    "header": dripping(b"HTTP/1.1 200 OK\r\nX-Slow: "),
    "body": dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n"),
    "body without a length": dripping(b"HTTP/1.1 200 OK\r\n\r\n"),
    "silence": lambda request: lambda client: time.sleep(5),
    "redirects": lambda request: (time.sleep(0.2), answer(status="302 Found", Location="/again"))[1],
}


@pytest.mark.parametrize("how", SLOW)
def test_a_slow_server_is_left_at_the_deadline(how):
    began = time.monotonic()
    with outside(SLOW[how]) as server, pytest.raises(Unreachable, match="“127.0.0.1” takes too long"):
        fetch(server.url, rules=SHORT)
    assert time.monotonic() - began < 3


def test_a_slow_name_server_is_left_at_the_deadline(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_given: time.sleep(5))
    began = time.monotonic()
    with pytest.raises(Unreachable, match="takes too long"):
        fetch("http://slow.example.com/", rules=SHORT)
    assert time.monotonic() - began < 3


def test_a_huge_header_is_refused():
    lines = {f"X_{number}": "y" * 1000 for number in range(80)}
    with outside(answer(b"x", **lines)) as server, pytest.raises(Refused, match="begins with more"):
        fetch(server.url, rules=RULES)


def test_too_many_header_lines_are_refused():
    lines = {f"X_{number}": "y" for number in range(500)}
    with outside(answer(b"x", **lines)) as server, pytest.raises(Unreachable):
        fetch(server.url, rules=RULES)


@pytest.mark.parametrize("header", [{"X-Key": "a\r\nX-Other: b"}, {"X Key": "a"}, {"X-Key": "☃"}, {"": "a"}])
def test_a_header_that_cannot_be_sent_is_refused(header):
    with outside(answer()) as server, pytest.raises(Refused, match="header"):
        fetch(server.url, headers=header, rules=RULES)


def test_errors_for_people_hold_neither_body_nor_time():
    with outside(answer(b"private words", Content_Encoding="br")) as server, pytest.raises(Refused) as refused:
        fetch(server.url, rules=RULES)
    assert "private" not in refused.value.sentence
    assert not any(character.isdigit() for character in refused.value.sentence.replace("127.0.0.1", ""))


def test_no_threads_and_sockets_stay_behind():
    with outside(answer(b"x")) as server:
        before = threading.active_count()
        for _call in range(20):
            fetch(server.url, rules=RULES)
        time.sleep(0.2)
        assert threading.active_count() <= before + 1

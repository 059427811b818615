"""A body is taken in, within its limits, before a thread is asked for."""

import socket
from tempfile import TemporaryDirectory

import pytest

from tests.serving.servers import eventually, half_a_post, read_answer

FORM = {"Content-Type": "multipart/form-data; boundary=x"}


def test_a_body_reaches_the_page_whole(serve):
    answer = serve().request("POST", "/echo", body=b"hello")
    assert (answer.status, answer.body) == (200, b"5:hello")


def test_a_body_larger_than_memory_reaches_the_page_from_disk(serve):
    body = b"0123456789" * 20_000
    assert serve(memory_bytes=1000).request("POST", "/echo", body=body).body == b"200000:01234567890123456789"


def test_a_chunked_body_gets_a_length(serve):
    answer = serve().request("POST", "/echo", body=iter([b"one", b"two"]), encode_chunked=True)
    assert answer.body == b"6:onetwo"


def test_ten_half_sent_posts_do_not_stop_the_pages(serve):
    served = serve(threads=2)
    stalled = [served.open(half_a_post()) for _ in range(10)]
    assert eventually(lambda: served.front.room.bodies == 10)
    assert served.get("/").status == 200
    assert served.request("POST", "/echo", body=b"quick").status == 200
    close(stalled)


def test_a_declared_length_over_the_limit_is_refused_before_it_is_sent(serve, pages):
    client = serve(ordinary_bytes=100).open(half_a_post(promised=101))
    answer = read_answer(client)
    assert (answer.status, answer.headers["connection"]) == (413, "close")
    assert b"Send a smaller file or less text." in answer.body
    assert pages.calls == []


def test_a_chunked_body_is_stopped_at_the_limit(serve, pages):
    endless = b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + 3 * chunk(b"x" * 50)
    assert read_answer(serve(ordinary_bytes=100).open(endless)).status == 413
    assert pages.calls == []


def test_the_sender_of_too_much_reads_the_sentence_not_a_reset(serve):
    answer = serve(ordinary_bytes=1000, linger_seconds=30).request("POST", "/echo", body=b"x" * 20_000_000)
    assert answer.status == 413


def test_an_upload_may_be_larger_than_another_body(serve):
    served = serve(ordinary_bytes=100, upload_bytes=1000)
    assert served.request("POST", "/echo", body=b"x" * 1000, headers=FORM).status == 200
    assert served.request("POST", "/echo", body=b"x" * 1001, headers=FORM).status == 413
    assert served.request("POST", "/echo", body=b"x" * 101).status == 413


def test_a_body_that_stalls_is_given_up(serve, pages):
    answer = read_answer(serve(stall_seconds=0.2).open(half_a_post()))
    assert answer.status == 408
    assert b"send it again" in answer.body
    assert pages.calls == []


def test_a_body_that_only_trickles_is_given_up(serve, pages):
    served = serve(stall_seconds=1, bytes_per_second=1_000_000)
    client = served.open(half_a_post(promised=100_000))
    assert eventually(lambda: served.front.room.bodies == 1)
    assert eventually(lambda: client.send(b"x") and served.front.room.bodies == 0)
    assert read_answer(client).status == 408
    assert pages.calls == []


def test_a_sender_that_hangs_up_gives_its_place_back(serve):
    served = serve(bodies=1)
    client = served.open(half_a_post())
    assert eventually(lambda: served.front.room.bodies == 1)
    client.close()
    assert eventually(lambda: (served.front.room.bodies, served.front.room.held_bytes) == (0, 0))
    assert served.request("POST", "/echo", body=b"x").status == 200


def test_more_bodies_than_there_are_places_are_told_to_come_back(serve):
    served = serve(bodies=2)
    stalled = [served.open(half_a_post()) for _ in range(2)]
    assert eventually(lambda: served.front.room.bodies == 2)
    answer = served.request("POST", "/echo", body=b"x")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert served.get("/").status == 200
    close(stalled)


def test_more_bytes_than_there_is_room_for_are_told_to_come_back(serve):
    served = serve(upload_bytes=100, full_uploads=2)
    stalled = [served.open(half_a_post(promised=1000), b"x" * 97) for _ in range(2)]
    assert eventually(lambda: served.front.room.held_bytes == 200)
    assert served.request("POST", "/echo", body=b"x").status == 503
    close(stalled)
    assert eventually(lambda: served.front.room.held_bytes == 0)


def test_a_disk_that_cannot_be_written_is_told_in_a_sentence(serve):
    with TemporaryDirectory() as folder:
        served = serve(memory_bytes=10, folder=folder + "/gone")
        answer = served.request("POST", "/echo", body=b"x" * 100)
    assert answer.status == 503
    assert b"no space for this file" in answer.body
    assert served.front.room.held_bytes == 0


@pytest.mark.parametrize(("promised", "first"), [(5, b"HTTP/1.1 100 Continue"), (101, b"HTTP/1.1 413 ")])
def test_who_asks_before_sending_is_told_whether_to_send(serve, promised, first):
    head = f"POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {promised}\r\n\r\n"
    client = serve(ordinary_bytes=100).open(head.encode())
    assert client.recv(1000).startswith(first)
    client.close()


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def close(clients: list[socket.socket]) -> None:
    for client in clients:
        client.close()

"""Pages run on threads that stay; nobody holds one by reading slowly or by leaving."""

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from cxhub.web.front import Front
from tests.serving.servers import eventually, read_answer, serving

SLOW_READER = b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n"


def test_the_threads_stay_the_same(serve, pages):
    served = serve(threads=3)
    with ThreadPoolExecutor(12) as people:
        names = set(people.map(lambda _: served.get("/thread").body, range(60)))
    assert len(names) <= 3
    assert {name.decode() for name in names} <= {thread.name for thread in threading.enumerate()}


def test_a_request_in_line_is_served_in_its_turn(serve, pages):
    served = serve(threads=1)
    with ThreadPoolExecutor(2) as people:
        first = people.submit(served.get, "/wait")
        pages.wait_until_entered()
        second = people.submit(served.get, "/")
        assert eventually(lambda: served.front.pages.waiting == 1)
        pages.go_on.set()
        assert (first.result().body, second.result().body) == (b"waited", b"home")


def test_who_hangs_up_in_line_costs_no_thread(serve, pages):
    served = serve(threads=1)
    with ThreadPoolExecutor(1) as people:
        first = people.submit(served.get, "/wait")
        pages.wait_until_entered()
        client = served.open(SLOW_READER % b"/echo")
        assert eventually(lambda: served.front.pages.waiting == 1)
        client.close()
        assert eventually(lambda: served.front.pages.waiting == 0)
        pages.go_on.set()
        first.result()
    assert served.get("/").status == 200
    assert pages.calls == ["/wait", "/"]


def test_a_line_that_is_too_long_is_told_to_come_back(serve, pages):
    served = serve(threads=1, waiting=1)
    with ThreadPoolExecutor(2) as people:
        people.submit(served.get, "/wait")
        pages.wait_until_entered()
        people.submit(served.get, "/")
        assert eventually(lambda: served.front.pages.waiting == 1)
        answer = served.get("/")
        pages.go_on.set()
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")


def test_slow_readers_of_pages_hold_no_thread(serve):
    served = serve(threads=2)
    readers = [served.open(SLOW_READER % b"/big") for _ in range(4)]
    assert served.get("/").status == 200
    assert [len(read_answer(reader).body) for reader in readers] == [30_000_000] * 4


def test_a_reader_who_stops_reading_a_stream_frees_the_thread(serve, pages):
    served = serve(threads=1, stall_seconds=0.3)
    client = served.open(SLOW_READER % b"/endless")
    assert pages.closed.wait(30)
    assert served.get("/").status == 200
    client.close()


def test_a_reader_who_leaves_a_stream_frees_the_thread(serve, pages):
    served = serve(threads=1)
    client = served.open(SLOW_READER % b"/endless")
    assert client.recv(1000)
    client.close()
    assert pages.closed.wait(30)
    assert served.get("/").status == 200


def test_a_stream_is_not_made_ahead_of_its_reader(serve, pages):
    client = serve().open(SLOW_READER % b"/endless")
    assert client.recv(1000)
    before = -1
    while before != pages.parts_made:
        before = pages.parts_made
        threading.Event().wait(0.3)
    assert pages.parts_made < 500
    client.close()


def test_the_first_part_of_a_stream_does_not_wait_for_the_second(serve, pages):
    client = serve().open(SLOW_READER % b"/slow-parts")
    response = http.client.HTTPResponse(client)
    response.begin()
    assert response.read(5) == b"first"
    pages.go_on.set()
    assert response.read() == b"second"


@pytest.mark.parametrize(("path", "body"), [("/unsized", b"no length"), ("/written", b"the old way, and the new")])
def test_bodies_of_unknown_length_arrive_whole(serve, path, body):
    assert serve().get(path).body == body


def test_a_stream_that_breaks_off_does_not_look_finished(serve):
    with pytest.raises(http.client.IncompleteRead):
        serve().get("/breaks-off")


def test_a_page_that_breaks_is_a_500_and_frees_the_thread(serve):
    served = serve(threads=1)
    assert served.get("/broken").status == 500
    assert served.get("/").status == 200


def test_head_has_the_length_and_no_body(serve):
    answer = serve().request("HEAD", "/")
    assert (answer.status, answer.headers["content-length"], answer.body) == (200, "4", b"")


def test_an_answer_without_a_body_is_complete(serve):
    assert serve().get("/nothing").status == 204


def test_one_connection_carries_many_requests(serve):
    served = serve()
    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    for body in (None, b"x", None):
        connection.request("POST" if body else "GET", "/echo", body=body)
        response = connection.getresponse()
        response.read()
        assert response.status == 200
    connection.close()


def test_stopping_the_server_ends_an_endless_stream(pages):
    with serving(Front(wsgi=pages, static=pages)) as served:
        client = served.open(SLOW_READER % b"/endless")
        assert client.recv(1000)
    assert pages.closed.is_set()
    client.close()

"""Who answers what: health and static files without a thread, the rest from the pages."""

import asyncio

import pytest

from cxhub.web.front import Front, static_files


def test_health_needs_no_thread(serve, pages):
    served = serve(threads=1)
    blocked = served.open(b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
    pages.wait_until_entered()
    answer = served.get("/healthz")
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (200, b"ok\n", "no-store")
    assert pages.calls == ["/wait"]
    blocked.close()


def test_readiness_is_answered_while_all_pages_are_stuck(serve, pages):
    served = serve(threads=1)
    blocked = served.open(b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
    pages.wait_until_entered()
    assert served.get("/readyz").body == b"ready"
    blocked.close()


def test_a_file_with_a_hash_is_kept_for_a_year(serve, pages):
    answer = serve().get("/static/app.0123456789ab.css")
    assert answer.headers["cache-control"] == "max-age=31536000, public, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert pages.calls == []


def test_a_file_without_a_hash_is_asked_for_again(serve):
    assert serve().get("/static/app.css").headers["cache-control"] == "max-age=60, public"


def test_a_compressed_variant_is_sent_to_who_takes_it(serve):
    served = serve()
    answer = served.get("/static/app.css", **{"Accept-Encoding": "gzip"})
    assert (answer.headers["content-encoding"], answer.body) == ("gzip", b"compressed")
    assert served.get("/static/app.css").body == b"body { color: red }"


@pytest.mark.parametrize("path", ["/static/no.css", "/static/", "/static/../secret.txt", "/static/%2e%2e/secret.txt"])
def test_an_unknown_file_never_reaches_the_pages(serve, pages, path):
    answer = serve().get(path)
    assert (answer.status, answer.body) == (404, b"There is no such file.\n")
    assert pages.calls == []


def test_missing_static_files_are_told_in_one_line(tmp_path, caplog):
    static_files(tmp_path / "nowhere", prefix="/static/")
    assert "Run: python manage.py collectstatic" in caplog.text


def test_a_static_file_cannot_be_posted_to(serve, pages):
    assert serve().request("POST", "/static/app.css", body=b"x").status == 405
    assert pages.calls == []


def test_a_websocket_is_closed(pages):
    sent = asyncio.run(called(pages, {"type": "websocket"}, [{"type": "websocket.connect"}]))
    assert sent == [{"type": "websocket.close", "code": 1000}]


@pytest.mark.parametrize("kind", ["lifespan", "telepathy"])
def test_other_scopes_are_left_alone(pages, kind):
    assert asyncio.run(called(pages, {"type": kind}, [])) == []


async def called(pages, scope, received):
    sent = []

    async def receive():
        return received.pop(0)

    async def send(message):
        sent.append(message)

    front = Front(wsgi=pages, static=pages)
    await front(scope, receive, send)
    front.close()
    return sent

"""A page is asked when it is due, and each way to fail is said in a sentence of its own."""

import socket
import ssl
import time
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from cxhub.lib.http import Rules
from governance.models import Expectation
from governance.pipelines import expecting as pipeline
from governance.services.expectations import BadExpectation
from journeys.services import touchpoints
from tests.authorities import Authority
from tests.governance.expecting import Expecting
from tests.outside import answer, outside

OK = answer(b"<h1>Welcome</h1>", Content_Type="text/html")


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.OUTBOUND = replace(Rules.of(allow=["127.0.0.1/32"]), deadline_seconds=0.5, most_bytes=1024 * 1024)


def endless(_request):
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b" " * 65536


def dripping(_request):
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        time.sleep(0.1)
        yield b"x"


def silent(_request):
    return lambda client: client.recv(1)


def reset(_request):
    return lambda client: client.shutdown(socket.SHUT_RDWR)


FAILURES = [
    (answer(status="500 Internal Server Error"), "It answered 500 instead of 200."),
    (answer(status="404 Not Found"), "It answered 404 instead of 200."),
    (answer(status="204 No Content"), "It answered 204 instead of 200."),
    (silent, "“127.0.0.1” takes too long to answer."),
    (dripping, "“127.0.0.1” takes too long to answer."),
    (endless, "larger than 1 MiB"),
    (reset, "broke off"),
    (b"", "broke off"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nx", "broke off"),
    (b"SSH-2.0-OpenSSH_9.2\r\n", "broke off"),
    (answer(status="302 Found", Location="http://169.254.169.254/"), "inside a private network"),
    (answer(status="302 Found", Location="/"), "sends on more than 3 times"),
]


def test_a_page_that_answers_in_time_passes(expected, world):
    with outside(OK) as server:
        made = expected.page(f"{server.url}/start")
        standing = expected.check(made)
    assert (standing.state, server.requests[0].split(" HTTP")[0]) == ("pass", "GET /start")
    assert 0 <= standing.value < 500
    page = expected.get(f"expectations/{made.pk}/", world.vi).content.decode()
    assert f"It answered 200 in {standing.value:.0f} ms." in page
    shown = expected.get(f"touchpoints/{expected.visit.pk}/", world.vi).content.decode()
    assert "The page answers" in shown
    assert "Passed" in shown


def test_each_failure_is_said_clearly(expected):
    for handler, words in FAILURES:
        with outside(handler) as server:
            standing = expected.check(expected.page(server.url))
            assert (standing.state, words in standing.words) == ("fail", True), (words, standing)
        with connection.cursor() as cursor:  # at most twenty at once are expected of a touchpoint
            cursor.execute("update governance_expectation set ended_at = now()")


def test_nobody_there_no_such_name_and_no_tls(expected):
    with outside(OK) as server:
        closed = server.url
        plain = expected.check(expected.page(server.url.replace("http", "https")))
    assert (plain.state, plain.words) == (
        "fail",
        "“127.0.0.1” does not speak https there. Check https or http, and the port.",
    )
    assert expected.check(expected.page(closed)).words == "“127.0.0.1” does not answer."
    assert "cannot be found" in expected.check(expected.page("https://nowhere.invalid/")).words


def test_a_certificate_that_nobody_trusts(expected, tmp_path_factory):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Authority(tmp_path_factory.mktemp("tls")).certificate(ip="127.0.0.1"))
    with outside(OK, tls=context) as server:
        assert "is not trusted" in expected.check(expected.page(server.url)).words


def test_too_slow_is_another_thing_than_wrong(expected):
    def slow(_request):
        time.sleep(0.06)
        return OK

    with outside(slow) as server:
        standing = expected.check(expected.page(server.url, limit_ms=50))
    assert standing.state == "fail"
    assert standing.words == f"It answered 200, but took {standing.value:.0f} ms, over 50 ms."


def test_redirects_are_followed_and_another_status_can_be_expected(expected):
    def handler(request):
        return answer(status="302 Found", Location="/b") if request.startswith("GET /a") else answer(status="410 Gone")

    with outside(handler) as server:
        assert expected.check(expected.page(f"{server.url}/a", status=410)).state == "pass"


def test_private_addresses_are_never_called(expected, settings):
    with outside(OK) as server:
        made = expected.page(server.url)
        settings.OUTBOUND = Rules()  # the operator allows it no more
        standing = expected.check(made)
        assert server.requests == []
    assert (standing.state, "inside a private network" in standing.words) == ("unknown", True)
    for url in ("http://127.0.0.1/", "http://169.254.169.254/", "ftp://example.com/", "https://a:b@example.com/"):
        with pytest.raises(BadExpectation):
            expected.page(url)


def test_a_sweep_claims_what_is_due_and_asks_each_once_a_turn(expected, world):
    now = timezone.now() + timedelta(seconds=1)
    with outside(OK) as server:
        made = expected.page(server.url)
        assert pipeline.sweep(now) == 1
        assert pipeline.sweep(now) == 0  # its job waits for a worker
        assert pipeline.sweep(now + timedelta(minutes=4)) == 1  # which died
        assert expected.check(made, now).state == "pass"
        assert expected.check(made, now).state == "pass"
        assert len(server.requests) == 1
        assert expected.fresh(made).next_at == now + timedelta(minutes=15)
        assert pipeline.sweep(now + timedelta(minutes=14)) == 0
        assert pipeline.sweep(now + timedelta(minutes=15)) == 1
    with world.inside():
        touchpoints.archive(touchpoint=expected.visit, version=expected.visit.version, by=world.max, now=now)
    assert pipeline.sweep(now + timedelta(hours=9)) == 0


@pytest.mark.parametrize("sql", ["UPDATE", "INSERT INTO", 'INSERT INTO "orgs_notification"'])
def test_a_worker_that_dies_between_any_two_lines_leaves_all_or_nothing(expected, sql):
    def die(execute, statement, params, many, context):
        done = execute(statement, params, many, context)
        if statement.startswith(sql):
            raise SystemExit
        return done

    with outside(answer(status="500 Internal Server Error")) as server:
        made = expected.page(server.url)
        with connection.execute_wrapper(die), pytest.raises(SystemExit):
            expected.check(made)
        assert expected.kept(made) == []
        assert expected.fresh(made).checked_at is None
        assert expected.told() == []
        expected.check(made)
    assert [outcome for outcome, _words in expected.kept(made)] == ["fail"]
    assert expected.told() == ["Lea"]


def test_two_workers_at_once_note_it_once(committed_world, sign_in):
    expected, start = Expecting(committed_world, sign_in), Barrier(2)

    def answering(_request):
        start.wait(5)  # both have asked before either notes
        return answer(status="500 Internal Server Error")

    with outside(answering) as server:
        made, now = expected.page(server.url), timezone.now() + timedelta(seconds=1)

        def work():
            try:
                pipeline.check_page(workspace_id=committed_world.acme.pk, expectation_id=made.pk, now=now)
            finally:
                connection.close()

        threads = [Thread(target=work) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert expected.kept(made) == [("fail", "It answered 500 instead of 200.")]
    assert expected.told() == ["Lea"]


def test_what_was_not_checked_for_too_long_is_not_known(expected):
    with outside(OK) as server:
        made = expected.page(server.url)
        expected.check(made)
    later = expected.standing_of(made, now=timezone.now() + timedelta(minutes=46))
    assert (later.state, later.words) == ("unknown", "It was not checked for too long.")
    assert expected.standing_of(made, now=timezone.now() + timedelta(minutes=40)).state == "pass"


def test_another_rule_begins_anew(expected, world):
    with outside(answer(status="404 Not Found")) as server:
        made = expected.page(server.url)
        assert expected.check(made).state == "fail"
        told = {"sentence": "It is gone", "url": server.url, "status": 404, "limit_ms": 5000, "every_minutes": 15}
        expected.post(f"expectations/{made.pk}/terms/", world.max, terms=1, **told)
        standing = expected.standing_of(made)
        assert (standing.state, standing.words) == ("unknown", "Not checked yet.")
        assert expected.check(made).state == "pass"
    assert "of earlier terms" in expected.get(f"expectations/{made.pk}/", world.vi).content.decode()
    stale = expected.post(f"expectations/{made.pk}/terms/", world.max, terms=1, **{**told, "sentence": "Other"})
    assert stale.status_code == 422
    assert "It was changed after you opened this page." in stale.content.decode()
    with world.inside():
        assert Expectation.objects.get().sentence == "It is gone"

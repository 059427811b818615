"""Every kind of connected system keeps the promises of connectors/base.py; those that fetch, against a real server."""

import socket
import struct
import time
from dataclasses import replace

import pytest
from django.db import connection

from connectors.base import Answer, Ask, Puller, Reached, Reader, Ready, Receiver, Rejected, SetupProblem, TryLater
from connectors.registry import CONNECTORS, connector, register
from cxhub.lib.http import Rules
from tests.connectors.desk import ANSWERS, BERLIN, csv_of
from tests.connectors.http_json.api import NOW, reading, row
from tests.connectors.push.desk import scored
from tests.outside import answer, json_answer, outside

# What each kind needs to yield records here: settings, and content where it is given some. A kind that fetches is
# given the address of a server that speaks its API, and says what that API answers to these rows.
REHEARSALS = {"file": (ANSWERS.to_json(), [csv_of(("Desk", "2026-05-11", 4), ("Desk", "2026-05-11", "x"))])}
REHEARSED = {"http_json": lambda url: reading(url, sign_in="bearer").to_json()}
ANSWERED = {"http_json": lambda rows: json_answer({"data": {"items": rows}})}

# A kind that is sent to: its settings, and a message with these rows as its system writes them.
SENT = {"push": (scored().to_json(), lambda rows: {"data": {"items": rows}})}

READERS = [kind for kind, one in CONNECTORS.items() if isinstance(one, Reader)]
RECEIVERS = [kind for kind, one in CONNECTORS.items() if isinstance(one, Receiver)]
PULLERS = [kind for kind, one in CONNECTORS.items() if isinstance(one, Puller)]
ROWS = [row("2026-05-11", 4), row("2026-05-11", "x")]


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.OUTBOUND = replace(Rules.of(allow=["127.0.0.1/32"]), deadline_seconds=1, most_bytes=1024 * 1024)


def told(kind, server):
    """Return what a kind that fetches yields, with the database shut."""
    ask = Ask(now=NOW, secrets={"secret": "s3cret", "secret_origin": server.url})
    with connection.execute_wrapper(refuse):
        return list(connector(kind).pull(REHEARSED[kind](server.url), ask, BERLIN))


def refuse(*_args):
    raise AssertionError("A connector asked the database.")


def settings_of(kind):
    if kind in SENT:
        return SENT[kind][0]
    return REHEARSALS[kind][0] if kind in REHEARSALS else REHEARSED[kind]("https://api.example.com")


@pytest.mark.parametrize("kind", CONNECTORS)
def test_it_knows_its_own_kind_and_has_a_name(kind):
    assert connector(kind).kind == kind
    assert str(connector(kind).name)


@pytest.mark.parametrize("kind", READERS)
def test_it_yields_plain_records_and_touches_no_database(kind):
    settings, content = REHEARSALS[kind]
    with connection.execute_wrapper(refuse):
        records = list(connector(kind).records(settings, content, BERLIN))
    assert records
    assert all(isinstance(record, Answer | Ready | Rejected) for record in records)


def test_each_kind_is_one_of_three():
    assert sorted([*READERS, *PULLERS, *RECEIVERS]) == sorted(CONNECTORS)


@pytest.mark.parametrize("kind", RECEIVERS)
def test_it_makes_plain_records_of_a_message(kind):
    settings, message = SENT[kind]
    with connection.execute_wrapper(refuse):
        records = [list(connector(kind).receive(settings, message(ROWS), BERLIN)) for _ in range(2)]
        assert list(connector(kind).receive(settings, message([]), BERLIN)) == []
    assert [type(record) for record in records[0]] == [Answer, Rejected]
    assert records[0] == records[1]


@pytest.mark.parametrize("kind", PULLERS)
def test_it_fetches_plain_records_and_says_how_far_it_came(kind):
    with outside(ANSWERED[kind](ROWS)) as server:
        records = told(kind, server)
    assert [type(record) for record in records] == [Answer, Rejected, Reached]
    assert all("s3cret" not in str(record) for record in records)


@pytest.mark.parametrize("kind", PULLERS)
def test_the_same_answer_gives_the_same_records(kind):
    with outside(ANSWERED[kind](ROWS)) as server:
        assert told(kind, server) == told(kind, server)


@pytest.mark.parametrize("kind", PULLERS)
def test_nothing_where_rows_were_is_nothing(kind):
    with outside(ANSWERED[kind]([])) as server:
        assert told(kind, server) == []


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize("status", ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "422 Odd"])
def test_a_person_must_act_on_what_waiting_does_not_mend(kind, status):
    with outside(answer(b"private words", status)) as server, pytest.raises(SetupProblem) as problem:
        told(kind, server)
    assert "private" not in problem.value.sentence
    assert "s3cret" not in problem.value.sentence
    assert status[:3] in problem.value.sentence


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Wed, 20 May 2026 12:02:00 GMT", 120),
        ("Wednesday, 20-May-26 12:02:00 GMT", 120),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
    ],
)
@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_it_waits_as_long_as_it_is_asked_to(kind, status, header, seconds):
    named = {} if header is None else {"Retry_After": header}
    with outside(answer(b"", status, **named)) as server, pytest.raises(TryLater) as later:
        told(kind, server)
    assert later.value.after_seconds == seconds


def reset_in_the_body(client):
    client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n[")
    time.sleep(0.05)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


JSON = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
LATER = {
    "500": answer(b"", "500 Internal Server Error"),
    "502": answer(b"<html>", "502 Bad Gateway", Content_Type="text/html"),
    "time-out": lambda request: lambda client: time.sleep(3),
    "reset in the body": lambda request: reset_in_the_body,
    "truncated by length": JSON + b'Content-Length: 999\r\n\r\n[{"a"',
    "truncated chunks": JSON + b'Transfer-Encoding: chunked\r\n\r\n5\r\n[{"a"\r\n',
    "truncated JSON": JSON + b'\r\n[{"a"',
    "nothing": b"",
}


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize("fault", LATER)
def test_what_may_mend_itself_is_tried_later(kind, fault):
    with outside(LATER[fault]) as server, pytest.raises(TryLater):
        told(kind, server)


def endless(_request):
    yield JSON + b"\r\n["
    while True:
        yield b" " * 65536


FOR_A_PERSON = {
    "a web page instead of JSON": answer(b"<!doctype html><title>Sign in</title>", Content_Type="text/html"),
    "a web page that claims to be JSON": answer(b"<html></html>", Content_Type="application/json"),
    "plain text": answer(b"hello", Content_Type="text/plain"),
    "an endless body": endless,
    "another schema": json_answer({"results": []}),
    "a word where rows were": json_answer({"data": {"items": "none"}}),
    "deeper than anybody reads": answer(b"[" * 100_000, Content_Type="text/plain"),
    "a renamed field": json_answer({"data": {"items": [{"touchpoint": "Desk", "answered_at": "2026-05-11"}] * 2}}),
    "a redirect inside": answer(status="302 Found", Location="http://169.254.169.254/"),
}


@pytest.mark.parametrize("kind", PULLERS)
@pytest.mark.parametrize("fault", FOR_A_PERSON)
def test_what_does_not_mend_itself_is_said_to_a_person(kind, fault):
    with outside(FOR_A_PERSON[fault]) as server, pytest.raises(SetupProblem):
        told(kind, server)


@pytest.mark.parametrize("kind", CONNECTORS)
def test_its_plan_names_at_least_one_measure(kind):
    assert connector(kind).plan(settings_of(kind)).measures


@pytest.mark.parametrize("kind", CONNECTORS)
@pytest.mark.parametrize("broken", [{}, {"measures": 5}, {"row_is": None}])
def test_settings_that_cannot_work_are_a_setup_problem(kind, broken):
    with pytest.raises(SetupProblem):
        connector(kind).plan(broken)


def test_two_connectors_of_one_name_are_a_mistake():
    with pytest.raises(ValueError, match="file"):
        register(connector("file"))

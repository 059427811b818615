"""A message is kept once: the same again, another body under its id, both at one moment, too many, no database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client

from connectors.models import Connection, PushMessage, PushRow
from connectors.services import webhooks
from tests.connectors.desk import BERLIN
from tests.connectors.push.desk import Sender, day_ago, feed_of, items, row, scored
from tests.connectors.running.desk import woken

DAY = day_ago(2)


def rows_kept(world):
    with world.inside():
        return list(PushRow.objects.order_by("id").values_list("touchpoint", "value"))


def test_the_same_message_again_is_a_duplicate(world, sender):
    replies = [sender.send(items(row(DAY, 4)), "msg_1") for _ in range(3)]
    assert [(reply.status_code, reply.json()["result"]) for reply in replies] == [
        (202, "accepted"),
        (200, "duplicate"),
        (200, "duplicate"),
    ]
    assert rows_kept(world) == [("Desk", 4.0)]


def test_another_body_under_the_same_id_is_a_conflict_and_the_first_stays(world, sender):
    sender.send(items(row(DAY, 4)), "msg_1")
    assert sender.send(items(row(DAY, 1)), "msg_1").json()["result"] == "conflict"
    assert rows_kept(world) == [("Desk", 4.0)]


def test_the_same_id_in_another_feed_is_another_message(world, client, sender):
    other = Sender(world, client, *feed_of(world, scored(), name="Other tool"))
    assert sender.send(items(row(DAY, 4)), "msg_1").json()["result"] == "accepted"
    assert other.send(items(row(DAY, 5)), "msg_1").json()["result"] == "accepted"


def test_without_an_id_the_body_decides(world, plain_sender):
    first, again, other = (plain_sender.send_plain(items(row(DAY, score))) for score in (4, 4, 5))
    assert [reply.json()["result"] for reply in (first, again, other)] == ["accepted", "duplicate", "accepted"]
    assert first.json()["id"].startswith("sha256-")


def test_an_id_within_a_signed_body_tells_equal_answers_apart(world, client):
    settings = scored(signature="hmac", header="X-Hub-Signature-256", prefix="sha256=", id_path="event")
    sender = Sender(world, client, *feed_of(world, settings))
    results = [sender.send_plain({"event": n, **items(row(DAY, 4))}).json()["result"] for n in (1, 2, 2)]
    assert results == ["accepted", "accepted", "duplicate"]
    reply = sender.send_plain(items(row(DAY, 4)))
    assert (reply.status_code, reply.json()["error"]) == (400, "The message has no id at “event”.")


def test_a_header_that_is_not_signed_makes_no_second_message(world, plain_sender):
    """Whoever overheard a message could send it again under any id."""
    plain_sender.send_plain(items(row(DAY, 4)))
    plain_sender.client.defaults["HTTP_WEBHOOK_ID"] = "another"
    assert plain_sender.send_plain(items(row(DAY, 4))).json()["result"] == "duplicate"


def test_the_same_message_many_times_at_one_moment_is_kept_once(committed_world, client):
    world = committed_world
    sender = Sender(world, client, *feed_of(world, scored()))

    def send(_):
        try:
            mine = Sender(world, Client(), sender.feed, sender.secret)
            return mine.send(items(row(DAY, 4)), "msg_1").json()["result"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        results = list(threads.map(send, range(18)))
    assert sorted(results) == ["accepted", *["duplicate"] * 17]
    assert rows_kept(world) == [("Desk", 4.0)]


def test_over_its_quota_a_feed_asks_the_sender_to_wait(world, sender):
    with world.inside():
        Connection.objects.update(per_minute=2)
    assert [sender.send(items(), f"msg_{n}").status_code for n in range(3)] == [202, 202, 429]
    reply = sender.send(items(), "msg_9")
    assert 0 < int(reply["Retry-After"]) <= 60
    assert sender.send(items(), "msg_1").json()["result"] == "duplicate"
    with world.inside():
        PushMessage.objects.update(received_at=datetime.now(UTC) - timedelta(seconds=61))
    assert sender.send(items(), "msg_9").status_code == 202


def test_one_feed_over_its_quota_keeps_no_other_waiting(world, client, sender):
    other = Sender(world, client, *feed_of(world, scored(), name="Other tool"))
    with world.inside():
        Connection.objects.filter(name="Survey tool").update(per_minute=1)
    assert [sender.send(items()).status_code, sender.send(items()).status_code] == [202, 429]
    assert other.send(items()).status_code == 202


@pytest.mark.parametrize("when", ["at the first query", "at the commit"])
def test_without_the_database_the_sender_is_asked_to_send_again(committed_world, client, monkeypatch, when):
    world = committed_world
    sender = Sender(world, client, *feed_of(world, scored()))

    def away(*_args):
        raise OperationalError("server closed the connection")

    if when == "at the commit":
        monkeypatch.setattr(connection, "_commit", away)
        reply = sender.send(items(row(DAY, 4)), "msg_1")
        monkeypatch.undo()
    else:
        with connection.execute_wrapper(away):
            reply = sender.send(items(row(DAY, 4)), "msg_1")
    assert reply.status_code == 503
    assert int(reply["Retry-After"]) > 0
    connection.close()
    assert rows_kept(world) == []
    assert sender.send(items(row(DAY, 4)), "msg_1").json()["result"] == "accepted"
    assert rows_kept(world) == [("Desk", 4.0)]


def test_a_message_wakes_a_digest_once_it_is_committed(world, sender, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        sender.send(items(row(DAY, 4)))
    assert woken(callbacks, "connectors.tasks.digest") == [sender.feed.pk]


def test_only_posts_are_taken(world, sender):
    for method in ("get", "put", "patch", "delete"):
        assert getattr(sender.client, method)(sender.address).status_code == 405


def test_no_session_is_made_and_no_form_token_wanted(world, sender):
    sender.client = Client(enforce_csrf_checks=True)
    assert sender.send(items(row(DAY, 4))).status_code == 202
    assert not sender.client.cookies


NOW = datetime(2026, 5, 12, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "is_suspect"),
    [
        ("2026-05-12", False),
        ("2026-05-13", False),
        ("2026-05-14", True),
        ("2021-05-12", False),
        ("2021-05-11", True),
        ("1970-01-01", True),
    ],
)
def test_the_day_of_a_live_row_lies_within_five_years_back_and_a_day_ahead(day, is_suspect):
    assert webhooks.is_suspect(date.fromisoformat(day), BERLIN, NOW) is is_suspect


def test_five_years_before_the_29th_of_february():
    now = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert not webhooks.is_suspect(date(2023, 3, 1), BERLIN, now)
    assert webhooks.is_suspect(date(2023, 2, 28), BERLIN, now)


def test_a_row_of_an_impossible_day_is_kept_and_flagged(world, sender):
    reply = sender.send(items(row("1999-01-01", 4)))
    assert reply.json()["rows"] == [{"index": 0, "result": "accepted", "clock_suspect": True}]
    with world.inside():
        assert PushRow.objects.get().is_suspect


def test_nothing_but_the_mapped_fields_is_kept(world, sender):
    private = {**row(DAY, 4), "name": "Zoe Zimmer", "comment": "My number is 555 0199"}
    sender.send({"contact": "zoe@example.test", **items(private)})
    with world.inside():
        kept = [*PushMessage.objects.values(), *PushRow.objects.values()]
    assert not any(word in str(kept) for word in ("Zoe", "zoe", "555"))

"""From messages to figures: each counts once, whatever crashes, in whatever order and how often they come."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import connectors.tasks
from connectors.models import FilePart, PushMessage, PushRow, RejectedRow, SyncRun
from connectors.pipelines import digesting, landing, sync
from connectors.services import schedules
from insights.models import Reading, Restatement, Source
from tests.connectors.desk import Crash, crash, daily_counts, let_the_lease_run_out
from tests.connectors.push.desk import Sender, day_ago, digest, feed_of, items, ready, row, scored
from tests.connectors.running.desk import woken

ONE, TWO, THREE = (day_ago(days) for days in (2, 3, 4))


def waiting(world):
    with world.inside():
        return PushMessage.objects.waiting().count()


def test_messages_become_figures(world, sender):
    sender.send(items(row(ONE, 4), row(ONE, 5), row(TWO, None)))
    sender.send(items(row(ONE, 4), row(TWO, 1)))
    [run] = digest(world)
    assert (run.state, run.rows_used, run.rows_unanswered, run.rows_rejected) == ("done", 4, 1, 0)
    assert daily_counts(world) == {("Desk", ONE): {"4": 2, "5": 1}, ("Desk", TWO): {"1": 1}}
    assert waiting(world) == 0


def test_a_late_message_changes_its_own_day_alone(world, sender):
    sender.send(items(row(ONE, 4), row(TWO, 2)))
    digest(world)
    sender.send(items(row(ONE, 5)))
    digest(world)
    assert daily_counts(world) == {("Desk", ONE): {"4": 1, "5": 1}, ("Desk", TWO): {"2": 1}}
    with world.inside():
        assert set(Restatement.objects.filter(grain="day").values_list("starts_on", flat=True)) <= {
            date.fromisoformat(ONE)
        }
        assert Reading.objects.get(grain="day", starts_on=TWO).value == 2


@pytest.mark.parametrize("seed", range(4))
def test_any_order_and_any_split_gives_the_same_figures(world, sender, seed):
    dice = random.Random(seed)
    rows = [row(day, score, name) for day in (ONE, TWO, THREE) for score in (1, 3, 5) for name in ("Desk", "Shop")] * 2
    dice.shuffle(rows)
    while rows:
        size = dice.randint(1, 9)
        sender.send(items(*rows[:size]))
        rows = rows[size:]
        if dice.random() < 0.4:
            digest(world)
    digest(world)
    assert daily_counts(world) == {
        (name, day): {"1": 2, "3": 2, "5": 2} for name in ("Desk", "Shop") for day in (ONE, TWO, THREE)
    }


def test_digesting_twice_writes_nothing_new(world, sender):
    sender.send(items(row(ONE, 4)))
    digest(world)
    with world.inside():
        PushMessage.objects.update(digested_at=None)
        before = list(Reading.objects.values_list("pk", "written_at"))
    [again] = digest(world)
    assert again.state == "unchanged"
    with world.inside():
        assert list(Reading.objects.values_list("pk", "written_at")) == before
        assert FilePart.objects.count() == 1
    assert waiting(world) == 0


def test_nothing_is_lost_when_nobody_was_woken(world, sender):
    sender.send(items(row(ONE, 4)))
    assert waiting(world) == 1
    digest(world)
    assert daily_counts(world) == {("Desk", ONE): {"4": 1}}


MOMENTS = {
    "while it reads": (digesting, "_record"),
    "before it lands": (landing, "take_turn"),
    "after its figures": (digesting, "settle"),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_that_dies_loses_nothing_and_counts_nothing_twice(committed_world, client, monkeypatch, moment):
    world = committed_world
    sender = Sender(world, client, *feed_of(world, scored()))
    sender.send(items(row(ONE, 4)))
    digest(world)
    sender.send(items(row(ONE, 5)))
    with monkeypatch.context() as patch:
        patch.setattr(*MOMENTS[moment], lambda *args, **how: crash())
        with pytest.raises(Crash):
            digest(world)
    assert daily_counts(world) == {("Desk", ONE): {"4": 1}}
    assert waiting(world) == 1
    with world.inside():
        let_the_lease_run_out(world, SyncRun.objects.unfinished().get())
    sender.send(items(row(ONE, 3)))
    digest(world)
    assert daily_counts(world) == {("Desk", ONE): {"4": 1, "5": 1, "3": 1}}
    assert waiting(world) == 0


def test_a_message_that_comes_while_a_run_adds_up_is_counted_by_the_next(world, sender, monkeypatch):
    sender.send(items(row(ONE, 4)))
    turn = landing.take_turn

    def and_another(workspace_id):
        monkeypatch.setattr(landing, "take_turn", turn)
        with world.inside():
            assert sender.send(items(row(ONE, 5))).status_code == 202
        turn(workspace_id)

    monkeypatch.setattr(landing, "take_turn", and_another)
    digest(world)
    assert (daily_counts(world), waiting(world)) == ({("Desk", ONE): {"4": 1}}, 1)
    digest(world)
    assert (daily_counts(world), waiting(world)) == ({("Desk", ONE): {"4": 1, "5": 1}}, 0)


def test_rejected_rows_are_listed_on_the_run_and_nowhere_else(world, sender):
    sender.send(items(row(ONE, 9), row(ONE, 4)))
    sender.send(items(row("soon", 4)))
    [run] = digest(world)
    assert (run.state, run.rows_read, run.rows_used, run.rows_rejected) == ("done", 3, 1, 2)
    with world.inside():
        reasons = list(RejectedRow.objects.filter(run=run).values_list("reason", "value"))
        assert sorted(reasons) == [("The date cannot be read", "soon"), ("The score lies outside 1 to 5", "9")]
        assert list(PushMessage.objects.values_list("rejected", flat=True)) == [[], []]


def test_messages_without_a_usable_row_pause_nothing(world, sender):
    sender.send({"type": "ping"})
    sender.send(items(row(ONE, 9)))
    [run] = digest(world)
    assert (run.state, run.rows_rejected) == ("unchanged", 1)
    with world.inside():
        assert run.feed.paused_at is None
    assert waiting(world) == 0


def test_a_row_of_an_impossible_day_is_in_no_figure(world, sender):
    sender.send(items(row(ONE, 4), row("1999-01-01", 1), row("2199-01-01", 1)))
    digest(world)
    assert daily_counts(world) == {("Desk", ONE): {"4": 1}}
    with world.inside():
        assert PushRow.objects.filter(is_suspect=True).count() == 2
        assert Source.objects.get(feeds=sender.feed).data_through.isoformat() == ONE


def month(value, name="Desk", day=None):
    return {"touchpoint": name, "month": (day or ONE)[:7], "value": value}


def readings(world):
    with world.inside():
        return sorted(Reading.objects.filter(grain="month").values_list("value", flat=True))


def test_ready_counts_add_up_and_ready_values_are_corrected_by_the_last(world, client):
    total = Sender(world, client, *feed_of(world, ready(), name="Totals"))
    for value in (10, 5):
        total.send(month(value))
    digest(world)
    assert readings(world) == [15]
    mean = ready(measures=("csat_mean",), scale_low=1, scale_high=5)
    median = Sender(world, client, *feed_of(world, mean, name="Means"))
    for value in (3, 4):
        median.send(month(value, "Shop"))
    digest(world)
    assert readings(world) == [4, 15]
    median.send(month(2, "Shop"))
    total.send(month(1))
    digest(world)
    assert readings(world) == [2, 16]


def test_a_paused_feed_keeps_its_messages_until_it_is_resumed(world, sender):
    with world.inside():
        schedules.pause(feed=sender.feed, now=timezone.now(), by=world.ivo)
    assert sender.send(items(row(ONE, 4))).status_code == 202
    assert digest(world) == []
    with world.inside():
        schedules.resume(feed=sender.feed, now=timezone.now(), by=world.ivo)
    digest(world)
    assert daily_counts(world) == {("Desk", ONE): {"4": 1}}


def test_how_fresh_it_is_goes_by_the_last_message(world, client):
    sender = Sender(world, client, *feed_of(world, scored(), expected_minutes=60))
    sender.send(items(row(ONE, 4)))
    came = timezone.now() - timedelta(hours=3)
    with world.inside():
        PushMessage.objects.update(received_at=came)
    digest(world)
    with world.inside():
        source = Source.objects.get(feeds=sender.feed)
        assert (source.refreshed_at, source.interval_minutes) == (came, 60)
        schedules.run_now(feed=sender.feed, by=world.ivo)
    [run] = digest(world)
    assert run.state == "unchanged"
    with world.inside():
        assert Source.objects.get(feeds=sender.feed).refreshed_at == came


def test_a_busy_feed_gets_a_run_a_minute(world, sender, django_capture_on_commit_callbacks):
    def woken_runs():
        with django_capture_on_commit_callbacks() as callbacks:
            connectors.tasks.digest(workspace_id=world.acme.pk, feed_id=sender.feed.pk)
        return woken(callbacks)

    sender.send(items(row(ONE, 4)))
    [run_id] = woken_runs()
    assert woken_runs() == []
    sync.run(workspace_id=world.acme.pk, run_id=run_id, now=timezone.now())
    sender.send(items(row(ONE, 5)))
    assert woken_runs() == []
    with world.inside():
        SyncRun.objects.update(finished_at=timezone.now() - timedelta(seconds=61))
    assert len(woken_runs()) == 1


def test_a_message_of_another_workspace_is_never_digested_here(world, sender):
    with world.inside_umbra():
        PushMessage.objects.update(digested_at=None)
        PushRow.objects.update(day=ONE)
    sender.send(items(row(ONE, 4)))
    digest(world)
    with world.inside_umbra():
        assert PushMessage.objects.waiting().count() == 1
        assert not SyncRun.objects.filter(feed__connection__kind="push").exclude(state="queued").exists()
    assert daily_counts(world) == {("Desk", ONE): {"4": 1}}


def bulk(world, feed, size):
    """Keep so many messages of one row, as the door would."""
    with world.inside():
        at = timezone.now()
        counts = {"rows_accepted": 1, "rows_suspect": 0, "rows_rejected": 0}
        messages = PushMessage.objects.bulk_create(
            PushMessage(feed=feed, key=f"bulk {size} {n}", body_sha256="0" * 64, received_at=at, **counts)
            for n in range(size)
        )
        PushRow.objects.bulk_create(
            PushRow(feed=feed, message=one, position=0, day=ONE, is_suspect=False, touchpoint="Desk", value=4)
            for one in messages
        )


def statements(world):
    with CaptureQueriesContext(connection) as queries:
        runs = digest(world)
    assert [run.state for run in runs] == ["done"]
    return len(queries)


def test_ten_thousand_tiny_messages_land_in_as_many_statements_as_a_few(world, client):
    feed, _ = feed_of(world, scored())
    bulk(world, feed, 5)
    few = statements(world)
    bulk(world, feed, 10_000)
    assert statements(world) <= few + 60
    assert waiting(world) == 5000
    assert statements(world) <= few + 60
    assert daily_counts(world) == {("Desk", ONE): {"4": 10_005}}
    assert waiting(world) == 0

"""A feed is refreshed when its time has come: once, however often and however late anybody looks."""

from datetime import timedelta

import pytest

from connectors.models import Feed, SyncRun
from cxhub.lib.timetable import Hours
from orgs.models import AuditEntry
from tests.connectors.running.desk import NOW, answers, connect, feed_of, fresh, hourly, runs_of, tick, woken, work

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def feed(world, bell):
    return hourly(world, connect(world))


def test_a_due_feed_gets_a_run_in_its_owners_name_and_is_woken(world, feed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        tick()
    (run,) = runs_of(world, feed)
    assert (run.state, run.asked_by_id, run.file) == ("queued", world.ivo.pk, None)
    assert run.pk in woken(callbacks)
    assert fresh(world, feed).next_due_at == NOW + HOUR
    with world.inside():
        entry = AuditEntry.objects.get(action="run.ask", subject_id=run.pk)
    assert (entry.actor, entry.origin) == (None, "timetable")


def test_before_its_time_nothing_happens(world, feed):
    tick(NOW - timedelta(seconds=1))
    assert runs_of(world, feed) == []


def test_a_doubled_beat_does_nothing_twice(world, feed):
    tick()
    tick()
    tick(NOW + MINUTE)
    assert len(runs_of(world, feed)) == 1


def test_a_beat_dead_for_two_hours_gives_one_catch_up_in_step(world, feed, bell):
    bell.answer = answers("2026-05-12")
    late = NOW + 2 * HOUR + 10 * MINUTE
    tick(late)
    (run,) = runs_of(world, feed)
    work(world, run)
    tick(late + MINUTE)
    assert len(runs_of(world, feed)) == 1
    assert fresh(world, feed).next_due_at == NOW + 3 * HOUR


def test_a_feed_that_still_runs_waits_for_its_next_time(world, feed):
    tick()
    tick(NOW + HOUR)
    assert len(runs_of(world, feed)) == 1
    assert fresh(world, feed).next_due_at == NOW + 2 * HOUR


def test_a_paused_feed_and_one_run_by_hand_are_left_alone(world, bell):
    connection = connect(world)
    paused = feed_of(world, connection, interval_minutes=60, next_due_at=NOW, paused_at=NOW)
    by_hand = feed_of(world, connection, "By hand")
    tick(NOW + HOUR)
    assert runs_of(world, paused) == runs_of(world, by_hand) == []


def test_business_hours_of_the_workspace_put_the_next_time_off(world, bell):
    hours = Hours.from_json({"days": [0, 1, 2, 3, 4], "opens": "08:00", "closes": "18:00"}).to_json()
    friday = NOW.replace(day=15, hour=15, minute=30)  # 17:30 in Berlin
    feed = feed_of(world, connect(world), interval_minutes=60, hours=hours, next_due_at=friday)
    tick(friday)
    assert fresh(world, feed).next_due_at == NOW.replace(day=18, hour=6)  # Monday, 08:00 in Berlin


def test_each_company_gets_its_own_runs(world, feed):
    with world.inside_umbra():
        theirs = Feed.objects.earliest("pk")
        Feed.objects.filter(pk=theirs.pk).update(interval_minutes=60, next_due_at=NOW)
    tick()
    assert len(runs_of(world, feed)) == 1
    with world.inside_umbra():
        asked = SyncRun.objects.fetching()
        assert [(run.feed_id, run.asked_by_id) for run in asked] == [(theirs.pk, world.ann.pk)]


def test_trouble_in_one_company_does_not_keep_the_others_waiting(world, feed, caplog):
    with world.inside():
        Feed.objects.filter(pk=feed.pk).update(hours={"days": "broken"})
    with world.inside_umbra():
        theirs = Feed.objects.earliest("pk")
        Feed.objects.filter(pk=theirs.pk).update(interval_minutes=60, next_due_at=NOW)
    tick()
    with world.inside_umbra():
        assert SyncRun.objects.fetching().count() == 1
    assert "A step of the sweep" in caplog.text
    assert "broken" not in caplog.text


def test_many_due_feeds_cost_few_queries(world, bell, django_assert_max_num_queries):
    connection = connect(world)
    for number in range(30):
        hourly(world, connection, f"Feed {number}")
    with django_assert_max_num_queries(52):
        tick()
    with world.inside():
        assert SyncRun.objects.fetching().count() == 30

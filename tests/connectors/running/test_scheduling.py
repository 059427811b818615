"""A person says when a feed is refreshed."""

from datetime import time

import pytest

from connectors.models import Connection
from connectors.services import schedules
from cxhub.lib.timetable import Hours
from orgs.models import AuditEntry
from tests.connectors.desk import csv_of, give
from tests.connectors.running.desk import NOW, connect, feed_of, fresh, runs_of, tick

OFFICE = Hours(frozenset(range(5)), time(8), time(18))


@pytest.fixture
def feed(world, bell):
    return feed_of(world, connect(world))


def keep(world, feed, minutes, hours=None, now=NOW):
    with world.inside():
        return schedules.keep(feed=feed, interval_minutes=minutes, hours=hours, now=now, by=world.ivo)


def test_it_begins_with_the_next_tick_and_repeats(world, feed):
    held = keep(world, feed, 60)
    assert (held.interval_minutes, held.next_due_at) == (60, NOW)
    assert fresh(world, feed).source.interval_minutes == 60
    tick()
    assert len(runs_of(world, feed)) == 1
    with world.inside():
        entry = AuditEntry.objects.get(action="feed.schedule")
    assert (entry.actor_id, entry.before["interval_minutes"], entry.after["interval_minutes"]) == (
        world.ivo.pk,
        None,
        60,
    )


def test_outside_business_hours_it_begins_when_they_open(world, feed):
    held = keep(world, feed, 60, OFFICE, now=NOW.replace(hour=20))
    assert held.next_due_at == NOW.replace(day=13, hour=6)  # 08:00 in Berlin
    source = fresh(world, feed).source
    assert (source.interval_minutes, source.hours) == (60, OFFICE.to_json())  # a weekend of rest is not late


def test_without_an_interval_it_is_left_to_people(world, feed):
    keep(world, feed, 60, OFFICE)
    held = keep(world, feed, None)
    assert (held.interval_minutes, held.hours, held.next_due_at) == (None, None, None)
    source = fresh(world, feed).source
    assert (source.interval_minutes, source.hours) == (None, None)


@pytest.mark.parametrize("minutes", [0, -5, 31 * 1440 + 1])
def test_an_interval_that_makes_no_sense_is_refused(world, feed, minutes):
    with pytest.raises(schedules.BadInterval, match="between 1 minute and 31 days"):
        keep(world, feed, minutes)


def test_whoever_sets_it_answers_for_a_connection_without_anybody(world, bell):
    connection = connect(world)
    with world.inside():
        Connection.objects.filter(pk=connection.pk).update(created_by=None)
        connection.refresh_from_db()
    keep(world, feed_of(world, connection), 60)
    with world.inside():
        assert Connection.objects.get(pk=connection.pk).created_by == world.ivo


def test_a_feed_of_files_has_nothing_to_fetch(world):
    feed = give(world, csv_of(("Desk", "2026-05-11", 4))).feed
    with pytest.raises(schedules.FeedReadsFiles, match="Upload a file"):
        keep(world, feed, 60)
    with world.inside(), pytest.raises(schedules.FeedReadsFiles):
        schedules.run_now(feed=feed, by=world.ivo)


def test_a_run_by_hand_is_the_one_that_waits_already(world, feed):
    with world.inside():
        first = schedules.run_now(feed=feed, by=world.ivo)
        assert schedules.run_now(feed=feed, by=world.ivo) == first

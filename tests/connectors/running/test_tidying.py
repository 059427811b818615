"""Runs that found nothing new are let go after a week; what a figure, a message or a page stands on stays."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from connectors.models import FilePart, SyncRun
from connectors.pipelines import tidying
from connectors.pipelines.tidying import KEPT_FOR
from tests.connectors.desk import csv_of, give
from tests.connectors.desk import fresh as fresh_run
from tests.connectors.running.desk import answers, ask, connect, feed_of, raising, refresh, runs_of

LATER = timedelta(minutes=1)


@pytest.fixture
def feed(world, bell):
    return feed_of(world, connect(world))


def asked_again(world, feed, times):
    """Ask so often for nothing new."""
    return [refresh(world, feed).pk for _ in range(times)]


def left(world, feed):
    return [run.pk for run in runs_of(world, feed)]


def test_what_found_nothing_new_goes_after_a_week_and_the_newest_stays(world, bell, feed):
    bell.answer = answers("2026-05-11")
    brought = refresh(world, feed)
    bell.answer = lambda ask: iter(())
    idle = asked_again(world, feed, 3)
    assert {run.state for run in runs_of(world, feed)} == {"done", "unchanged"}
    assert tidying.tidy(timezone.now() + KEPT_FOR - LATER) == 0
    assert tidying.tidy(timezone.now() + KEPT_FOR + LATER) == 2
    assert left(world, feed) == [brought.pk, idle[-1]]
    assert tidying.tidy(timezone.now() + KEPT_FOR + LATER) == 0


def test_it_goes_in_batches_through_all_of_them(world, feed, monkeypatch):
    monkeypatch.setattr("orgs.pipelines.tidying.AT_ONCE", 2)
    idle = asked_again(world, feed, 6)
    assert tidying.tidy(timezone.now() + KEPT_FOR + LATER) == 5
    assert left(world, feed) == idle[-1:]


def test_failed_cancelled_and_waiting_runs_stay(world, bell, feed):
    bell.answer = raising(ValueError())
    failed = refresh(world, feed)
    other = feed_of(world, connect(world, "Another"), "Other")
    waiting = ask(world, other)
    tidying.tidy(timezone.now() + 2 * KEPT_FOR)
    assert (left(world, feed), left(world, other)) == ([failed.pk], [waiting.pk])


def test_what_anything_stands_on_stays(world, feed):
    held, _newest = asked_again(world, feed, 2)
    with world.inside():
        FilePart.objects.create(feed=feed, run_id=held, content_key="a")
    assert tidying.tidy(timezone.now() + KEPT_FOR + LATER) == 0
    assert held in left(world, feed)


def test_files_that_were_given_stay(world):
    given = give(world, csv_of(("Desk", "2026-05-11", 4)))
    with world.inside():
        SyncRun.objects.filter(pk=given.pk).update(state="unchanged", finished_at=datetime(2026, 1, 1, tzinfo=UTC))
        SyncRun.objects.create(feed=given.feed, mapping={}, asked_by=world.ivo, file=given.file)
    assert tidying.tidy(timezone.now()) == 0
    assert fresh_run(world, given).state == "unchanged"

"""A system that cannot answer is left alone: as long as it asks for, or longer each time; at last by every feed."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from connectors.base import TryLater
from connectors.models import Connection, SyncRun
from connectors.pipelines import backoff
from tests.connectors.running.desk import (
    again,
    answers,
    ask,
    connect,
    feed_of,
    fresh,
    pass_time,
    raising,
    refresh,
    tick,
    woken,
    work,
)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BUSY = TryLater("The system is busy.")


@pytest.mark.parametrize(
    ("tries", "dice", "expected"),
    [
        (1, 0, MINUTE),
        (2, 0, 2 * MINUTE),
        (3, 0.5, 5 * MINUTE),
        (9, 0, 4 * HOUR),
        (50, 1, 6 * HOUR),
        (10**6, 1, 6 * HOUR),
    ],
)
def test_it_waits_twice_as_long_each_time_up_to_six_hours(tries, dice, expected):
    assert backoff.wait(tries, dice=dice) == expected


def test_feeds_that_failed_together_do_not_come_back_together():
    waits = {backoff.wait(4) for _throw in range(20)}
    assert len(waits) > 10
    assert all(8 * MINUTE <= wait <= 12 * MINUTE for wait in waits)


@pytest.mark.parametrize(("asked", "seconds"), [(0, 1), (-5, 1), (90, 90), (7 * 3600, 7 * 3600), (10**9, 24 * 3600)])
def test_a_wish_is_honoured_up_to_a_day(asked, seconds):
    assert backoff.wait(3, asked) == timedelta(seconds=seconds)


def waits(world, run):
    with world.inside():
        held = SyncRun.objects.annotate(now=Now()).get(pk=run.pk)
    return held.lease_until - held.now


def test_a_run_that_is_put_off_keeps_its_place_and_is_not_claimed_before(world, bell):
    bell.answer = raising(TryLater("Wait.", after_seconds=90))
    run = refresh(world, feed_of(world, connect(world)))
    assert (run.state, run.message, run.stumbles) == ("queued", "Wait.", 0)
    assert 80 < waits(world, run).total_seconds() <= 90
    assert work(world, run).fence == 1


def test_failures_in_a_row_are_counted_on_the_feed_and_end_with_a_success(world, bell):
    feed = feed_of(world, connect(world))
    bell.answer = raising(BUSY)
    run = refresh(world, feed)
    run = again(world, run)
    assert fresh(world, feed).tries == 2
    assert 2 * MINUTE - timedelta(seconds=5) < waits(world, run) < 3 * MINUTE
    bell.answer = answers("2026-05-12")
    assert again(world, run).state == "done"
    assert (fresh(world, feed).tries, fresh(world, feed).connection.tries) == (0, 0)


def test_after_three_in_a_row_nobody_asks_the_system(world, bell, django_capture_on_commit_callbacks):
    connection = connect(world, at_once=5)
    bell.answer = raising(BUSY)
    failing = [refresh(world, feed_of(world, connection, f"Feed {number}")) for number in range(3)]
    assert failing[2].feed.connection.breaker_until is not None
    assert failing[2].feed.source.trouble == "The system is busy."
    waiting = ask(world, feed_of(world, connection, "Waiting"))
    asked = len(bell.asked)
    assert work(world, waiting).state == "queued"
    assert len(bell.asked) == asked
    with django_capture_on_commit_callbacks() as callbacks:
        tick()
    assert waiting.pk not in woken(callbacks)


def test_another_connection_is_not_touched_by_a_breaker(world, bell):
    bell.answer = raising(BUSY)
    shut, other = connect(world, "Shut"), connect(world, "Other")
    for number in range(3):
        refresh(world, feed_of(world, shut, f"Feed {number}"))
    bell.answer = answers("2026-05-12")
    assert refresh(world, feed_of(world, other, "Fine")).state == "done"


def test_one_run_finds_out_whether_it_answers_again_and_closes_the_breaker(world, bell):
    connection = connect(world, at_once=5)
    bell.answer = raising(BUSY)
    failed = [refresh(world, feed_of(world, connection, f"Feed {number}")) for number in range(3)]
    for run in failed:
        pass_time(world, run)
    tried = []

    def trying(question):
        if not tried:
            tried.append(True)
            assert work(world, failed[1]).state == "queued"
        return answers("2026-05-12")(question)

    bell.answer = trying
    assert work(world, failed[0]).state == "done"
    with world.inside():
        held = Connection.objects.get(pk=connection.pk)
    assert (held.tries, held.breaker_until) == (0, None)
    assert work(world, failed[1]).state == "done"


def test_a_breaker_opens_again_for_longer(world, bell):
    connection = connect(world)
    bell.answer = raising(TryLater("Busy.", after_seconds=1))
    feed = feed_of(world, connection)
    run = refresh(world, feed)
    shut = []
    for _try in range(4):
        run = again(world, run)
        with world.inside():
            held = Connection.objects.annotate(now=Now()).get(pk=connection.pk)
        shut.append(held.breaker_until and round((held.breaker_until - held.now).total_seconds()))
    assert shut == [None, 60, 120, 240]

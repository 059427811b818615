"""Filling days again: in steps that land one by one, so that a crash or a person loses at most the step they meet."""

from datetime import date

import pytest

from connectors.pipelines import asks
from connectors.queries import runs as pages
from connectors.services import runs, schedules
from tests.connectors.desk import Crash, daily_counts
from tests.connectors.running.desk import (
    NOW,
    answers,
    connect,
    every_day,
    feed_of,
    fresh,
    pass_time,
    refresh,
    work,
)

FIRST, LAST, TODAY = date(2026, 1, 10), date(2026, 4, 15), date(2026, 5, 12)
DAYS = (LAST - FIRST).days + 1


@pytest.fixture
def feed(world, bell):
    bell.answer = every_day
    return feed_of(world, connect(world), cursor={"day": "2026-05-11"})


@pytest.fixture
def months(monkeypatch):
    """Many rows for what a step may hold, so that no step grows beyond a month."""
    monkeypatch.setattr(asks, "ROWS_A_STEP", 31)


def fill(world, feed, first=FIRST, last=LAST):
    with world.inside():
        return schedules.backfill(feed=feed, first=first, last=last, today=TODAY, by=world.ivo)


def asked(bell):
    return [(ask.days.first.isoformat(), ask.days.last.isoformat()) for ask in bell.asked]


def interrupt(bell, step, trouble):
    """Meet trouble when the step of this number is partly told."""

    def _answer(question):
        told = every_day(question)
        for _some in range(2):
            yield next(told)
        if len(bell.asked) == step:
            trouble()
        yield from told

    bell.answer = _answer


def test_it_asks_for_a_month_at_a_time_and_fills_exactly_those_days(world, feed, bell, months):
    run = work(world, fill(world, feed))
    assert (run.state, run.rows_used, run.made["touchpoints"]) == ("done", DAYS, 1)
    assert asked(bell) == [
        ("2026-01-10", "2026-02-09"),
        ("2026-02-10", "2026-03-12"),
        ("2026-03-13", "2026-04-12"),
        ("2026-04-13", "2026-04-15"),
    ]
    days = sorted(day for _name, day in daily_counts(world))
    assert (len(days), days[0], days[-1]) == (DAYS, "2026-01-10", "2026-04-15")


def test_after_a_month_with_few_rows_it_asks_for_the_rest_at_once(world, feed, bell):
    run = work(world, fill(world, feed))
    assert (run.state, run.rows_used, run.filled_through) == ("done", DAYS, LAST)
    assert asked(bell) == [("2026-01-10", "2026-02-09"), ("2026-02-10", "2026-04-15")]
    assert len(daily_counts(world)) == DAYS


@pytest.mark.parametrize(
    ("days", "rows", "following"),
    [
        (31, 0, 62),
        (62, 0, 124),
        (31, 93, 366),
        (31, 10_000, 62),
        (366, 30_000, 244),
        (62, 40_000, 31),
        (31, 1_000_000, 31),
    ],
)
def test_the_next_step_is_as_long_as_the_rows_of_the_last_one_say(days, rows, following):
    assert asks.following_length(days, rows) == following


def test_the_cursor_and_the_freshness_of_the_feed_stay(world, feed, bell):
    bell.answer = answers("2026-05-12")
    refresh(world, feed)
    before = fresh(world, feed)
    bell.answer = every_day
    work(world, fill(world, feed))
    after = fresh(world, feed)
    assert (after.cursor, after.source.refreshed_at) == (before.cursor, before.source.refreshed_at)
    assert after.source.data_through == date(2026, 5, 12)
    assert daily_counts(world)["Desk", "2026-05-12"] == {"4": 1}


def test_a_crash_loses_at_most_the_step_it_meets(world, feed, bell, months):
    def crash():
        raise Crash

    interrupt(bell, 3, crash)
    run = fill(world, feed)
    with pytest.raises(Crash):
        work(world, run)
    assert max(day for _name, day in daily_counts(world)) == "2026-03-12"
    pass_time(world, run)
    run = work(world, run)
    assert (run.state, run.filled_through) == ("done", LAST)
    assert asked(bell)[2:] == [("2026-03-13", "2026-04-12")] * 2 + [("2026-04-13", "2026-04-15")]
    assert len(daily_counts(world)) == DAYS


def test_a_person_stops_it_and_what_has_landed_stays(world, feed, bell, months):
    run = fill(world, feed)

    def cancel():
        with world.inside():
            runs.cancel(run=run, by=world.ivo)

    interrupt(bell, 2, cancel)
    run = work(world, run)
    assert run.state == "cancelled"
    assert run.message == "Cancelled. The days up to 9 Feb 2026 are filled, later ones were not changed."
    assert len(daily_counts(world)) == 31


def test_its_page_shows_how_far_it_is(world, feed, bell, months):
    seen = []

    def look(question):
        with world.inside():
            seen.append(pages.view(pages.page_rows().get(), now=NOW).progress_share_0_1)
        return every_day(question)

    bell.answer = look
    work(world, fill(world, feed))
    assert seen == [0, 31 / DAYS, 62 / DAYS, 93 / DAYS]


def test_the_same_days_again_change_nothing(world, feed):
    work(world, fill(world, feed))
    run = work(world, fill(world, feed))
    assert (run.state, run.filled_through) == ("unchanged", LAST)
    assert len(daily_counts(world)) == DAYS


def test_days_without_rows_are_passed_over(world, feed, bell, months):
    bell.answer = lambda ask: every_day(ask) if ask.days.first.month < 3 else iter(())
    run = work(world, fill(world, feed))
    assert (run.state, run.rows_used) == ("done", 62)


@pytest.mark.parametrize(
    ("first", "last"), [(LAST, FIRST), (FIRST, date(2026, 5, 13)), (date(2020, 1, 1), date(2026, 1, 1))]
)
def test_days_that_make_no_sense_are_refused(world, feed, first, last):
    with pytest.raises(schedules.BadDays):
        fill(world, feed, first, last)


def test_there_is_one_at_a_time(world, feed):
    fill(world, feed)
    with pytest.raises(runs.RunGoesOn):
        fill(world, feed)

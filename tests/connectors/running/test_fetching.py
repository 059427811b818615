"""What a system answers lands once, whole days at a time, and the next run begins where this one ended."""

import pytest

from connectors.base import Reached, Rejected, SetupProblem
from connectors.models import FilePart
from insights.models import Reading, ReadingPart
from orgs.models import AuditEntry
from tests.connectors.desk import Crash, daily_counts
from tests.connectors.running.desk import answers, ask, connect, feed_of, fresh, pass_time, raising, refresh, work


@pytest.fixture
def feed(world, bell):
    bell.answer = answers("2026-05-11", "2026-05-12")
    return feed_of(world, connect(world))


def days_of(world):
    return {day: counts for (_name, day), counts in daily_counts(world).items()}


def test_the_first_run_fills_and_keeps_how_far_it_came(world, feed, bell):
    run = refresh(world, feed)
    assert (run.state, run.rows_used, run.file) == ("done", 2, None)
    assert days_of(world) == {"2026-05-11": {"4": 1}, "2026-05-12": {"4": 1}}
    held = fresh(world, feed)
    assert held.cursor == {"day": "2026-05-12"}
    assert held.source.refreshed_at
    assert held.source.data_through.isoformat() == "2026-05-12"
    assert bell.asked[0].cursor == {}


def test_the_next_run_is_asked_from_there_and_adds_what_is_new(world, feed, bell):
    refresh(world, feed)
    bell.answer = answers("2026-05-12", "2026-05-13", score=5)
    refresh(world, feed)
    assert bell.asked[1].cursor == {"day": "2026-05-12"}
    assert days_of(world) == {"2026-05-11": {"4": 1}, "2026-05-12": {"5": 1}, "2026-05-13": {"5": 1}}


def test_the_same_answer_again_writes_nothing_but_the_clock(world, feed):
    refresh(world, feed)
    before = fresh(world, feed).source.refreshed_at
    with world.inside():
        figures = list(Reading.objects.values_list("pk", "value")), list(ReadingPart.objects.values_list("pk"))
    run = refresh(world, feed)
    assert (run.state, run.message) == ("unchanged", "There is nothing new. Nothing was changed.")
    with world.inside():
        assert figures == (
            list(Reading.objects.values_list("pk", "value")),
            list(ReadingPart.objects.values_list("pk")),
        )
        assert FilePart.objects.count() == 1
    assert fresh(world, feed).source.refreshed_at > before


def test_no_rows_leave_the_figures_alone(world, feed, bell):
    refresh(world, feed)
    bell.answer = lambda ask: iter([Reached({"day": "2026-05-14"})])
    assert refresh(world, feed).state == "unchanged"
    assert len(days_of(world)) == 2
    assert fresh(world, feed).cursor == {"day": "2026-05-14"}


def test_rows_of_which_not_one_can_be_used_are_a_setup_problem(world, feed, bell):
    bell.answer = lambda ask: iter([Rejected(1, "No date"), Reached({"day": "2026-05-14"})])
    run = refresh(world, feed)
    assert (run.state, run.message) == ("failed", "Not one of 1 rows can be used. Most often: No date.")
    assert fresh(world, feed).cursor == {}


def test_a_run_that_fails_or_dies_keeps_the_cursor_and_the_figures(world, feed, bell):
    refresh(world, feed)
    bell.answer = raising(Crash())
    run = ask(world, feed)
    with pytest.raises(Crash):
        work(world, run)
    assert fresh(world, feed).cursor == {"day": "2026-05-12"}
    bell.answer = answers("2026-05-13")
    pass_time(world, run)
    run = work(world, run)
    assert (run.state, run.fence) == ("done", 2)
    assert bell.asked[-1].cursor == {"day": "2026-05-12"}
    assert len(days_of(world)) == 3


def test_a_setup_problem_in_the_middle_lands_nothing(world, feed, bell):
    bell.answer = raising(SetupProblem("The key was refused."))
    refresh(world, feed)
    assert days_of(world) == {}


def test_each_change_is_on_record(world, feed):
    run = refresh(world, feed)
    with world.inside():
        (entry,) = AuditEntry.objects.filter(action="feed.refresh")
    assert (entry.actor_id, entry.after["run"], entry.after["file"]) == (world.ivo.pk, run.pk, "")


def test_two_feeds_that_say_the_same_both_land(world, feed):
    refresh(world, feed)
    other = feed_of(world, feed.connection, "Other")
    assert refresh(world, other).state == "done"

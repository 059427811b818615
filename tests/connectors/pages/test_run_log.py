"""A run tells what happened in it, line by line: bounded, in words, and without a word of a row or a key."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from connectors.base import Answer, Place, Rejected, SetupProblem, TryLater
from connectors.models import SyncRun
from connectors.pipelines import journal
from connectors.pipelines.leases import claim
from connectors.pipelines.notes import Notes
from connectors.queries import journals
from connectors.services import runs, schedules
from tests.connectors.desk import let_the_lease_run_out
from tests.connectors.running.desk import (
    NOW,
    again,
    answers,
    ask,
    connect,
    every_day,
    feed_of,
    hourly,
    raising,
    refresh,
    work,
)

CUSTOMER = "Mrs. Miller was rude"


@pytest.fixture
def feed(world, bell):
    return hourly(world, connect(world))


def log(world, run):
    with world.inside():
        held = SyncRun.objects.select_related("asked_by__user").get(pk=run.pk)
        return [line.text for line in journals.lines(held)]


def test_a_run_that_lands_tells_its_way(world, feed, bell, page):
    bell.answer = answers("2026-05-11", "2026-05-12")
    run = refresh(world, feed)
    told = log(world, run)
    assert told[0] == "Asked for by Ivo."
    assert told[1:4] == [
        "A worker began (attempt 1).",
        "Read 2 rows so far.",
        told[3],
    ]
    assert told[3].startswith("The figures landed. Readings written: ")
    assert told[-1].startswith("Done. 2 rows read: 2 used")
    assert "A worker began (attempt 1)." in page("run", run.pk, by=world.vi)


def test_a_system_that_cannot_answer_is_in_it_with_the_wait(world, feed, bell):
    bell.answer = raising(TryLater("“bell” asks us to wait (429).", 90))
    run = refresh(world, feed)
    assert "“bell” asks us to wait (429). It is tried again in 90 seconds." in log(world, run)
    bell.answer = answers("2026-05-11")
    told = log(world, again(world, run))
    assert "A worker began (attempt 2)." in told
    assert told[-1].startswith("Done.")


def test_a_lost_worker_is_in_it(world, feed, bell):
    run = ask(world, feed)
    assert claim(world.acme.pk, run.pk)
    let_the_lease_run_out(world, run)
    bell.answer = answers("2026-05-11")
    assert "The worker before was lost. Another one began anew (attempt 2)." in log(world, work(world, run))


def test_rejected_rows_are_counted_and_never_quoted(world, feed, bell):
    def _answer(_ask):
        yield Answer(Place("Desk"), NOW.date(), 4)
        yield Rejected(2, "The score is not a number", CUSTOMER)

    bell.answer = _answer
    run = refresh(world, feed)
    assert "Rejected 1 row so far." in log(world, run)
    assert CUSTOMER not in str(run.log)


def test_a_changed_past_is_counted(world, feed, bell):
    bell.answer = answers("2026-05-04")
    refresh(world, feed)
    bell.answer = answers("2026-05-04", score=1)
    told = log(world, refresh(world, feed))
    assert any(line.startswith("Restated ") and "finished period" in line for line in told)


def test_requests_and_the_wait_for_the_rate_limit_are_counted(world, bell):
    there = connect(world, per_minute=60)

    def _answer(asked):
        asked.turn()
        asked.turn()
        asked.turn()
        yield from answers("2026-05-11")(asked)

    bell.answer = _answer
    told = log(world, refresh(world, feed_of(world, there)))
    assert "Read 1 row so far. Requests: 3." in told
    assert any(line.startswith("Waited ") and "for the rate limit." in line for line in told)


def test_a_backfill_tells_its_steps(world, feed, bell):
    bell.answer = every_day
    with world.inside():
        run = schedules.backfill(
            feed=feed, first=NOW.date() - timedelta(days=40), last=NOW.date(), today=NOW.date(), by=world.ivo
        )
    told = log(world, work(world, run))
    assert "Filled 2 Apr 2026 to 2 May 2026." in told
    assert "Filled 3 May 2026 to 12 May 2026." in told


def test_cancelling_and_failing_are_its_last_lines(world, feed, bell):
    run = ask(world, feed)
    with world.inside():
        runs.cancel(run=run, by=world.ivo)
    assert log(world, run)[1:] == [
        "Somebody asked it to stop.",
        "Cancelled. Cancelled before it began. Nothing was read.",
    ]
    bell.answer = raising(SetupProblem("The key is wrong."))
    assert log(world, refresh(world, feed))[-1] == "Failed. The key is wrong."


def test_it_keeps_the_newest_lines_and_no_more(world, feed):
    run = ask(world, feed)
    lease = claim(world.acme.pk, run.pk)
    for number in range(journal.MOST_LINES + 50):
        lease.journal.add("read", rows=number)
        if not number % 7:
            Notes(lease).write()
    Notes(lease).write()
    with world.inside():
        kept = SyncRun.objects.get(pk=run.pk).log
    assert len(kept) == journal.MOST_LINES
    assert [line[2]["rows"] for line in (kept[0], kept[-1])] == [50, 249]


def test_a_long_run_says_less_and_less_often(world, feed, monkeypatch):
    run = ask(world, feed)
    lease, clock = claim(world.acme.pk, run.pk), [0.0]
    monkeypatch.setattr("connectors.pipelines.notes.time", SimpleNamespace(monotonic=lambda: clock[0]))
    notes = Notes(lease, seconds_between=0)
    for second in range(3600):
        clock[0] = float(second)
        if not second % 10:
            notes.tick()
    with world.inside():
        lines = [line for line in SyncRun.objects.get(pk=run.pk).log if line[1] == "read"]
    assert 5 < len(lines) < 15


def test_a_line_that_is_not_known_any_more_is_left_out(world, feed):
    run = ask(world, feed)
    with world.inside():
        SyncRun.objects.filter(pk=run.pk).update(log=[[NOW.isoformat(), "sang", {"song": "la"}]])
    assert log(world, run) == ["Asked for by Ivo."]

"""A run that kills its worker or meets a bug three times is set aside until a person resumes it."""

import logging

import pytest
from billiard.exceptions import WorkerLostError
from django.core import mail

from connectors.pipelines import pauses
from connectors.pipelines.leases import GONE_WITH_ITS_WORKER, MOST_STUMBLES, OWN_DOING, claim
from connectors.queries import journals
from connectors.services import runs, schedules
from connectors.tasks import died, sync
from tests.connectors import desk as files
from tests.connectors.running.desk import (
    NOW,
    again,
    answers,
    ask,
    connect,
    feed_of,
    fresh,
    hourly,
    pass_time,
    raising,
    refresh,
    runs_of,
    tick,
    work,
)

SECRET = "what a customer wrote"


def lose_process(world, run):
    """Say what a worker says of a child that was killed."""
    died(sender=sync, exception=WorkerLostError(), kwargs={"workspace_id": world.acme.pk, "run_id": run.pk})


def test_a_bug_is_tried_three_times_and_then_set_aside(world, bell, caplog):
    feed = hourly(world, connect(world))
    bell.answer = raising(ValueError(SECRET))
    with caplog.at_level(logging.INFO):
        run = refresh(world, feed)
        assert (run.state, run.stumbles) == ("queued", OWN_DOING)
        assert work(world, run).stumbles == OWN_DOING  # not before its time
        run = again(world, again(world, run))
    assert (run.state, len(bell.asked)) == ("quarantined", 3)
    assert SECRET not in caplog.text + run.message + fresh(world, feed).paused_reason
    again(world, run)
    tick(NOW.replace(hour=23))
    assert (len(bell.asked), len(runs_of(world, feed))) == (3, 1)
    pauses.tell(workspace_id=world.acme.pk, feed_id=feed.pk)
    assert "set aside" in mail.outbox[0].body


def lose_worker(world, run):
    """Let a worker take the run, when its time has come, and be gone; returns what spoke against the run then."""
    lease = claim(world.acme.pk, run.pk)
    if lease is None:  # it waits apart
        pass_time(world, run)
        lease = claim(world.acme.pk, run.pk)
    pass_time(world, run)
    return lease.stumbles


@pytest.mark.parametrize("gone", [1, 3, 11])
def test_a_run_whose_whole_worker_went_goes_on(world, bell, gone):
    bell.answer = answers("2026-05-12")
    run = ask(world, feed_of(world, connect(world)))
    for _worker in range(gone):
        lose_worker(world, run)
    work(world, run)
    run = again(world, run)
    assert (run.state, run.stumbles) == ("done", gone * GONE_WITH_ITS_WORKER)


def test_a_run_that_takes_every_worker_along_is_set_aside_in_the_end(world, bell):
    run = ask(world, feed_of(world, connect(world)))
    for _worker in range(12):
        assert lose_worker(world, run) < MOST_STUMBLES
    assert (work(world, run).state, bell.asked) == ("quarantined", [])


def test_what_went_with_several_workers_begins_again_apart_from_what_went_with_it(world, bell):
    """Else a healthy run would go down with its deadly neighbour each time, and be set aside with it."""
    bell.answer = answers("2026-05-12")
    deadly, healthy = (ask(world, feed_of(world, connect(world, name), name)) for name in ("Deadly", "Healthy"))
    for worker in range(6):
        for run in (deadly, healthy):
            assert claim(world.acme.pk, run.pk), worker  # the first ones are begun again at once
            pass_time(world, run)
    waits = []
    for run in (deadly, healthy):
        assert claim(world.acme.pk, run.pk) is None
        with world.inside():
            run.refresh_from_db()
            waits.append(run.lease_until)
            assert (run.state, run.stumbles) == ("queued", 6 * GONE_WITH_ITS_WORKER)
    assert waits[0] != waits[1]
    run = again(world, healthy)
    assert (run.state, run.stumbles) == ("done", 6 * GONE_WITH_ITS_WORKER)  # to wait was not held against it
    with world.inside():
        assert any("apart from what went with it" in line.text for line in journals.lines(run))


def test_a_person_who_stops_a_run_does_not_wait_for_it(world, bell):
    run = ask(world, feed_of(world, connect(world)))
    for _worker in range(6):
        claim(world.acme.pk, run.pk)
        pass_time(world, run)
    with world.inside():
        runs.cancel(run=run, by=world.ivo)
    assert work(world, run).state == "cancelled"


def test_a_run_that_its_process_dies_of_is_set_aside_at_the_third_time(world, bell):
    feed = feed_of(world, connect(world))
    run = ask(world, feed)
    for _death in range(3):
        claim(world.acme.pk, run.pk)
        lose_process(world, run)
        pass_time(world, run)
    run = work(world, run)
    assert (run.state, bell.asked) == ("quarantined", [])
    assert "set aside" in fresh(world, feed).paused_reason


def test_a_process_that_held_nothing_any_more_is_held_against_nobody(world, bell):
    bell.answer = answers("2026-05-12")
    run = refresh(world, feed_of(world, connect(world)))
    lose_process(world, run)
    with world.inside():
        run.refresh_from_db()
    assert (run.state, run.stumbles) == ("done", 0)


def test_deaths_and_bugs_count_together(world, bell):
    bell.answer = raising(KeyError("x"))
    run = ask(world, feed_of(world, connect(world)))
    claim(world.acme.pk, run.pk)
    lose_process(world, run)
    assert again(world, run).stumbles == 2 * OWN_DOING
    assert again(world, run).state == "quarantined"


def test_a_person_resumes_it_and_counting_begins_anew(world, bell):
    feed = feed_of(world, connect(world))
    bell.answer = raising(ValueError())
    again(world, again(world, refresh(world, feed)))
    bell.answer = answers("2026-05-12")
    with world.inside():
        schedules.resume(feed=feed, now=NOW, by=world.ivo)
    old, new = runs_of(world, feed)
    assert (old.state, new.stumbles) == ("quarantined", 0)
    assert work(world, new).state == "done"


def test_a_file_that_was_set_aside_is_begun_again_by_hand(world):
    run = files.give(world, files.FILE)
    for _death in range(3):
        claim(world.acme.pk, run.pk)
        lose_process(world, run)
        files.let_the_lease_run_out(world, run)
    assert files.work(world, run).state == "quarantined"
    with world.inside():
        runs.begin_again(run=run, by=world.ivo)
    run = files.work(world, run)
    assert run.state == "done"
    with world.inside(), pytest.raises(runs.RunIsNotSetAside):
        runs.begin_again(run=run, by=world.ivo)

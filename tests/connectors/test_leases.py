"""One worker at a time: claims, lost leases, and crashes at any point."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from connectors import registry
from connectors.base import Rejected
from connectors.models import RejectedRow, SyncRun
from connectors.pipelines import notes, sweep
from connectors.pipelines.leases import GONE_WITH_ITS_WORKER, LEASE, MOST_STUMBLES, LeaseLost, Progress, claim
from insights.models import Reading
from tests.connectors.desk import (
    FILE,
    Crash,
    bring,
    crash,
    csv_of,
    daily_counts,
    fresh,
    give,
    ledger,
    let_the_lease_run_out,
    nothing_landed,
    take_over,
    work,
)


def test_a_claimed_run_is_not_claimed_again(world):
    run = give(world, FILE)
    assert claim(world.acme.pk, run.pk).fence == 1
    assert claim(world.acme.pk, run.pk) is None


def test_a_lease_that_ran_out_can_be_claimed_with_a_higher_fence(world):
    run = give(world, FILE)
    claim(world.acme.pk, run.pk)
    let_the_lease_run_out(world, run)
    assert claim(world.acme.pk, run.pk).fence == 2


def test_a_finished_run_is_left_alone(world):
    run = bring(world, FILE)
    assert claim(world.acme.pk, run.pk) is None


def test_a_run_of_another_company_cannot_be_claimed(world):
    run = give(world, FILE)
    assert claim(world.umbra.pk, run.pk) is None


def test_a_run_that_takes_every_worker_along_is_set_aside(world):
    run = give(world, FILE)
    for _worker in range(MOST_STUMBLES // GONE_WITH_ITS_WORKER):
        if claim(world.acme.pk, run.pk) is None:  # it waits apart from what went with it
            let_the_lease_run_out(world, run)
            assert claim(world.acme.pk, run.pk)
        let_the_lease_run_out(world, run)
    run = work(world, run)
    assert run.state == "quarantined"
    assert "never finished" in run.message
    assert run.feed.source.trouble == run.message[:300]
    assert claim(world.acme.pk, run.pk) is None


@pytest.mark.parametrize("at", [0, 1, 150, 299])
def test_a_crash_at_any_row_changes_nothing_and_the_next_worker_ends_the_same(world, interrupted, at, monkeypatch):
    monkeypatch.setattr(notes, "REJECTED_AT_ONCE", 10)  # so that some are kept already when the worker dies
    calls = {at: crash}
    run = interrupted(calls)
    with pytest.raises(Crash):
        work(world, run, seconds_between_notes=0)
    assert nothing_landed(world)
    calls.clear()
    let_the_lease_run_out(world, run)
    run = work(world, run)
    assert (run.state, run.fence) == ("done", 2)
    assert daily_counts(world) == ledger()
    with world.inside():
        assert run.rows_rejected == RejectedRow.objects.filter(run=run).count() == 85
        assert Reading.objects.get(grain="month").answered == 215


def test_a_worker_that_lost_its_lease_writes_nothing(world, interrupted):
    run = interrupted({})
    registry.CONNECTORS["interrupted"].calls[200] = lambda: take_over(world, run)
    taken = work(world, run)
    assert nothing_landed(world)
    assert (taken.state, taken.fence, taken.rows_read) == ("running", 2, 0)
    with world.inside():
        assert not RejectedRow.objects.filter(run=run).exists()


def test_noting_progress_renews_the_lease(world):
    run = give(world, FILE)
    lease = claim(world.acme.pk, run.pk)
    with world.inside():
        SyncRun.objects.update(lease_until=Now() + timedelta(seconds=5))
    lease.renew(Progress(rows_read=7))
    with world.inside():
        held = SyncRun.objects.annotate(now=Now()).get()
    assert held.lease_until - held.now > LEASE - timedelta(seconds=10)
    assert held.rows_read == 7


def test_a_lease_of_an_old_fence_cannot_note_anything(world):
    run = give(world, FILE)
    old = claim(world.acme.pk, run.pk)
    take_over(world, run)
    with pytest.raises(LeaseLost):
        old.renew(Progress(rows_read=7), [Rejected(2, "No date")])
    assert fresh(world, run).rows_read == 0


def test_the_sweeper_wakes_waiting_runs_and_those_whose_worker_died(world, django_capture_on_commit_callbacks):
    waiting, running, died, over = (give(world, csv_of(("Desk", f"2026-05-0{n}", 4))) for n in range(1, 5))
    claim(world.acme.pk, running.pk)
    claim(world.acme.pk, died.pk)
    let_the_lease_run_out(world, died)
    work(world, over)
    with django_capture_on_commit_callbacks() as callbacks:
        sweep.sweep(timezone.now())
    woken = [wake.args[1]["run_id"] for wake in callbacks if wake.args[1]["workspace_id"] == world.acme.pk]
    assert woken == [waiting.pk, died.pk]

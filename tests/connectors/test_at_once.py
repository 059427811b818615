"""Workers and people at the same moment, each with a connection of its own."""

import threading

import pytest
from django.db import connection

from connectors.models import SyncRun
from connectors.pipelines.leases import claim
from connectors.services import runs
from journeys.models import Touchpoint
from tests.connectors.desk import (
    FILE,
    cancel,
    csv_of,
    daily_counts,
    fresh,
    give,
    ledger,
    work,
)


def at_once(*jobs):
    """Do several things in threads with connections of their own, and wait for all."""

    errors = []

    def do(job):
        try:
            job()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    assert errors == []


def test_two_workers_with_one_run_do_it_once(committed_world):
    world = committed_world
    run = give(world, FILE)
    at_once(*[lambda: work(world, run)] * 3)
    assert (fresh(world, run).state, fresh(world, run).fence) == ("done", 1)
    assert daily_counts(world) == ledger()


def test_the_same_file_in_two_runs_at_once_lands_once(committed_world):
    world = committed_world
    pair = [give(world, FILE), give(world, FILE, name="The same again")]
    at_once(*[lambda run=run: work(world, run) for run in pair])
    assert sorted(fresh(world, run).state for run in pair) == ["done", "unchanged"]
    assert daily_counts(world) == ledger()


def test_different_files_that_name_the_same_things_land_side_by_side(committed_world):
    world = committed_world
    names = ["Desk", "Lounge", "Gate", "Shop"]
    there = [(name, "2026-05-01", 4) for name in names]
    back = [(name, "2026-05-02", 5) for name in reversed(names)]
    pair = [give(world, csv_of(*there)), give(world, csv_of(*back), name="Other")]
    at_once(*[lambda run=run: work(world, run) for run in pair])
    assert {fresh(world, run).state for run in pair} == {"done"}
    with world.inside():
        assert Touchpoint.objects.filter(name__in=names).count() == 4
    assert len(daily_counts(world)) == 8


def test_while_it_lands_it_is_too_late_to_cancel(committed_world):
    world = committed_world
    run = give(world, FILE)
    claim(world.acme.pk, run.pk)
    is_held, is_done = threading.Event(), threading.Event()

    def land():
        with world.inside():
            list(SyncRun.objects.select_for_update().filter(pk=run.pk))
            is_held.set()
            is_done.wait(timeout=30)

    def late():
        is_held.wait(timeout=30)
        with pytest.raises(runs.RunIsLanding, match="too late"):
            cancel(world, run)
        is_done.set()

    at_once(land, late)
    assert is_done.is_set()
    assert fresh(world, run).cancel_asked_at is None

"""Sweepers and workers at the same moment, in threads with connections of their own and in processes."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection as database

from connectors.models import SyncRun
from connectors.pipelines import due
from connectors.pipelines.leases import LEASE, claim
from cxhub.schedule import TIMETABLE
from tests.connectors.running.desk import (
    NOW,
    answers,
    ask,
    connect,
    feed_of,
    hourly,
    pass_time,
    runs_of,
    tick,
    woken,
    work,
)
from tests.connectors.test_at_once import at_once

ROOT = Path(__file__).resolve().parents[3]
SWEEPER = """
import sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from datetime import datetime
from connectors.pipelines import sweep
sys.stdin.readline()
sweep.sweep(datetime.fromisoformat(sys.argv[2]))
"""


def test_two_sweepers_in_processes_of_their_own_make_one_run_of_each_feed(committed_world, bell):
    world = committed_world
    connection = connect(world)
    feeds = [hourly(world, connection, f"Feed {number}") for number in range(200)]
    name = str(database.settings_dict["NAME"])
    command = [sys.executable, "-c", SWEEPER, name, NOW.isoformat()]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "cxhub.settings", "PYTHONPATH": str(ROOT)}
    sweepers = [subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE) for _ in range(2)]
    for sweeper in sweepers:
        sweeper.stdin.write(b"go\n")
        sweeper.stdin.flush()
    assert [sweeper.wait(timeout=60) for sweeper in sweepers] == [0, 0]
    assert {len(runs_of(world, feed)) for feed in feeds} == {1}


def test_four_sweepers_in_threads_make_one_run_of_each_feed(committed_world, bell, caplog):
    world = committed_world
    connection = connect(world)
    feeds = [hourly(world, connection, f"Feed {number}") for number in range(20)]
    at_once(*[tick] * 4)
    assert {len(runs_of(world, feed)) for feed in feeds} == {1}
    assert "failed" not in caplog.text


def test_a_sweeper_leaves_what_another_holds_to_it_and_does_not_wait(committed_world, bell):
    world = committed_world
    feed = hourly(world, connect(world))
    is_held, is_done = threading.Event(), threading.Event()

    def first():
        with world.inside():
            due.queue(NOW)
            is_held.set()
            assert is_done.wait(timeout=10)

    def second():
        assert is_held.wait(timeout=10)
        tick()
        is_done.set()

    at_once(first, second)
    assert len(runs_of(world, feed)) == 1


def test_people_and_the_sweep_at_once_make_one_run(committed_world, bell):
    world = committed_world
    feed = hourly(world, connect(world))
    at_once(tick, *[lambda: ask(world, feed)] * 3)
    assert len(runs_of(world, feed)) == 1


@pytest.mark.parametrize(("limit", "most"), [(1, 1), (2, 2)])
def test_no_more_runs_than_the_connection_allows_ask_at_once(committed_world, bell, limit, most):
    world = committed_world
    connection = connect(world, at_once=limit)
    runs = [ask(world, feed_of(world, connection, f"Feed {number}")) for number in range(4)]
    seen, now, lock = [], [0], threading.Lock()

    def slowly(question):
        with lock:
            now[0] += 1
            seen.append(now[0])
        time.sleep(0.4)
        with lock:
            now[0] -= 1
        return answers("2026-05-12")(question)

    bell.answer = slowly
    at_once(*[lambda run=run: work(world, run) for run in runs])
    assert max(seen) == most
    with world.inside():
        states = list(SyncRun.objects.filter(feed__connection=connection).values_list("state", flat=True))
    assert sorted(states) == ["done"] * most + ["queued"] * (4 - most)


def test_a_slow_system_never_delays_the_feed_of_another(committed_world, bell):
    world = committed_world
    slow = ask(world, feed_of(world, connect(world, "Slow"), "Slow"))
    quick = ask(world, feed_of(world, connect(world, "Quick"), "Quick"))
    begun, ended = threading.Event(), threading.Event()

    def wait(question):
        if not begun.is_set():
            begun.set()
            assert ended.wait(timeout=30)
        return answers("2026-05-12")(question)

    def other():
        assert begun.wait(timeout=30)
        try:
            assert work(world, quick).state == "done"
        finally:
            ended.set()

    bell.answer = wait
    at_once(lambda: work(world, slow), other)


def test_requests_of_all_workers_keep_the_rate_of_the_connection(committed_world, bell):
    world = committed_world
    connection = connect(world, at_once=3, per_minute=600)
    runs = [ask(world, feed_of(world, connection, f"Feed {number}")) for number in range(3)]
    sent = []

    def page_by_page(question):
        for _page in range(4):
            question.turn()
            sent.append(time.monotonic())
        return answers("2026-05-12")(question)

    bell.answer = page_by_page
    at_once(*[lambda run=run: work(world, run) for run in runs])
    assert len(sent) == 12
    assert max(sent) - min(sent) >= 11 * 0.1 * 0.95


def test_the_slot_of_a_dead_worker_comes_free_within_two_minutes(world, bell):
    connection = connect(world)
    dead, waiting = (ask(world, feed_of(world, connection, f"Feed {number}")) for number in range(2))
    assert claim(world.acme.pk, dead.pk)
    assert claim(world.acme.pk, waiting.pk) is None
    pass_time(world, dead)
    assert claim(world.acme.pk, waiting.pk)
    tick_seconds = TIMETABLE["sweep feeds and sync runs"]["schedule"]
    assert LEASE.total_seconds() + tick_seconds <= 120


def test_a_run_that_ends_wakes_the_next_of_its_connection(world, bell, django_capture_on_commit_callbacks):
    connection, other = connect(world), connect(world, "Other")
    first, second, third = (ask(world, feed_of(world, connection, f"Feed {number}")) for number in range(3))
    ask(world, feed_of(world, other, "Other"))
    with django_capture_on_commit_callbacks() as callbacks:
        work(world, first)
    assert woken(callbacks) == [second.pk]
    with django_capture_on_commit_callbacks() as callbacks:
        tick()
    assert second.pk in woken(callbacks)
    assert third.pk not in woken(callbacks)

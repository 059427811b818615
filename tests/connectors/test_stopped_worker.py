"""A real worker in the middle of a run: it is told to stop, or the process that works on the run is killed alone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from bench.answers import settings_of
from connectors.models import SyncRun
from connectors.pipelines.leases import OWN_DOING
from connectors.services import http_feeds
from cxhub.celery import app
from cxhub.lib.http import Rules
from cxhub.local.leash import kill_session
from tests.outside import Outside

ROOT = Path(__file__).resolve().parents[2]
QUEUE = "test-of-a-stopped-worker"
WORKER = f"""
import sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from cxhub.celery import app
from cxhub.lib.http import Rules
from cxhub.local.leash import kill_session
app.worker_main(["worker", "--concurrency=1", "--without-gossip", "--without-mingle", "--queues={QUEUE}"])
"""
SECONDS = 40


@pytest.fixture
def silent():
    """A system that takes the question and never answers."""

    def _wait(client):
        client.settimeout(2 * SECONDS)
        client.recv(1)

    server = Outside(lambda _request: _wait)
    yield server
    server.close()


@pytest.fixture
def held(committed_world, silent, settings):
    """A run that a worker of its own asks the silent system for; the world, the run and the worker."""
    settings.OUTBOUND = Rules.of(allow=["127.0.0.1/32"])
    world, today = committed_world, timezone.now().date()
    with world.inside():
        feed = http_feeds.begin(
            name="Silent",
            settings=settings_of(silent.url, today),
            secret="",
            interval_minutes=None,
            now=timezone.now(),
            by=world.ivo,
        )
        run = SyncRun.objects.get(feed=feed)
    environment = {"DJANGO_SETTINGS_MODULE": "cxhub.settings", "PYTHONPATH": str(ROOT), "REMAP_SIGTERM": "SIGQUIT"}
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, connection.settings_dict["NAME"]],
        cwd=ROOT,
        env={**os.environ, **environment, "OUTBOUND_ALLOW": "127.0.0.1/32"},
        start_new_session=True,
    )
    app.send_task("connectors.tasks.sync", kwargs={"workspace_id": world.acme.pk, "run_id": run.pk}, queue=QUEUE)
    try:
        until(world, run, lambda: run.state == "running")
        yield world, run, worker
    finally:
        kill_session(worker)
        with app.connection_for_write() as broker:
            broker.default_channel.queue_purge(QUEUE)


def until(world, run, is_so):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with world.inside():
            run.refresh_from_db()
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError(f"The run is {run.state}, with {run.stumbles} points against it.")


def children(worker):
    return [int(pid) for pid in Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()]


def test_a_worker_that_is_told_to_stop_gives_its_run_back(held):
    world, run, worker = held
    worker.send_signal(signal.SIGTERM)
    until(world, run, lambda: run.state == "queued")
    assert (run.lease_until, run.stumbles) == (None, 0)
    worker.wait(SECONDS)


def test_a_process_that_is_killed_alone_is_held_against_its_run(held):
    world, run, worker = held
    (child,) = children(worker)
    os.kill(child, signal.SIGKILL)
    until(world, run, lambda: run.state == "queued")
    assert run.stumbles == OWN_DOING
    assert run.lease_until > timezone.now()
    assert worker.poll() is None

"""A worker process is killed with -9 in the middle of a file; the next one ends as if nothing had happened."""

import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models.functions import Now

from connectors.models import RejectedRow, SyncRun
from insights.models import ReadingPart
from tests.connectors.desk import csv_of, daily_counts, fresh, give, work

ROOT = Path(__file__).resolve().parents[2]
ROWS = 400_000
WORKER = """
import sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from django.utils import timezone
from connectors.pipelines import sync
sync.run(workspace_id=int(sys.argv[2]), run_id=int(sys.argv[3]), now=timezone.now(), seconds_between_notes=0.05)
"""


@pytest.fixture
def killed_world(committed_world):
    """The world, and the rows of a file that takes a while."""
    scores = [("Desk", f"2026-05-{n % 28 + 1:02}", n % 5000 and n % 5 + 1) for n in range(ROWS)]
    return committed_world, scores


def test_a_killed_worker_leaves_nothing_and_the_next_one_ends_the_same(killed_world):
    world, rows = killed_world
    run = give(world, csv_of(*rows))
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, connection.settings_dict["NAME"], str(world.acme.pk), str(run.pk)],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cxhub.settings", "PYTHONPATH": str(ROOT)},
    )
    try:
        progress = wait_for_progress(world, run, worker)
    finally:
        worker.kill()
        worker.wait(timeout=30)
    assert 0 < progress < ROWS
    assert fresh(world, run).state == "running"
    with world.inside():
        assert not ReadingPart.objects.exists()
        SyncRun.objects.filter(pk=run.pk).update(lease_until=Now() - timedelta(seconds=1))
    run = work(world, run)
    assert (run.state, run.fence, run.rows_read) == ("done", 2, ROWS)
    assert daily_counts(world) == ledger(rows)
    with world.inside():
        assert RejectedRow.objects.filter(run=run).count() == run.rows_rejected == sum(row[2] == 0 for row in rows)


def wait_for_progress(world, run, worker):
    until = time.monotonic() + 60
    while time.monotonic() < until and worker.poll() is None:
        rows_read = fresh(world, run).rows_read
        if rows_read:
            return rows_read
        time.sleep(0.02)
    raise AssertionError("The worker noted no progress.")


def ledger(rows):
    counts = {}
    for name, day, score in rows:
        if score:
            counts.setdefault((name, day), Counter())[str(score)] += 1
    return counts

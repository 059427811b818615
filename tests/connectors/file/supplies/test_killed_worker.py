"""A worker is killed with -9 while it takes the files of a folder; the next one takes the rest, and nothing twice."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.models.functions import Now

from connectors.models import FileChunk, SyncRun, TakenFile, UploadedFile
from connectors.pipelines import sync
from connectors.queries.supplies import Folder
from connectors.services import supplies
from tests.connectors.desk import ANSWERS
from tests.connectors.file.supplies.conftest import Room, settled

ROOT = Path(__file__).resolve().parents[4]
FILES = 400
WORKER = """
import sys, django
django.setup()
from datetime import datetime
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from connectors.pipelines import sync
now = datetime.fromisoformat(sys.argv[4])
sync.run(workspace_id=int(sys.argv[2]), run_id=int(sys.argv[3]), now=now)
"""


def test_a_killed_worker_takes_no_file_twice_and_loses_none(committed_world, import_root):
    world = committed_world
    room = Room(import_root / "acme")
    for number in range(FILES):
        room.put(f"{number:03}.csv", ("Desk", "2026-05-11", number % 5 + 1), age_days=FILES - number)
    run = watched(world)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, connection.settings_dict["NAME"], str(world.acme.pk), str(run.pk)]
        + [settled().isoformat()],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "cxhub.settings",
            "PYTHONPATH": str(ROOT),
            "IMPORT_ROOT": str(import_root),
        },
    )
    try:
        taken_before = wait_for_files(world, worker)
    finally:
        worker.kill()
        worker.wait(timeout=30)
    assert 0 < taken_before < FILES
    with world.inside():
        assert SyncRun.objects.filter(file__isnull=False).count() == TakenFile.objects.count() < FILES
        SyncRun.objects.filter(pk=run.pk).update(lease_until=Now() - timedelta(seconds=1))
    sync.run(workspace_id=world.acme.pk, run_id=run.pk, now=settled())
    with world.inside():
        run.refresh_from_db()
        names = list(SyncRun.objects.filter(file__isnull=False).order_by("id").values_list("file__name", flat=True))
        assert (run.state, run.fence) == ("done", 2)
        assert names == [f"{number:03}.csv" for number in range(FILES)]
        assert TakenFile.objects.count() == FILES
        kept = UploadedFile.objects.filter(sha256="").count()
        assert kept == 0, "no file is kept by halves"
        assert FileChunk.objects.count() == UploadedFile.objects.count()


def watched(world):
    with world.inside():
        supply = supplies.begin(settings=Folder("", "*.csv"), now=settled(), by=world.ivo)
        how = {"feed_name": "Drops", "interval_minutes": 60, "now": settled(), "by": world.ivo}
        return supplies.accept(supply=supply, mapping=ANSWERS, **how)


def wait_for_files(world, worker):
    until = time.monotonic() + 60
    while time.monotonic() < until and worker.poll() is None:
        with world.inside():
            if count := TakenFile.objects.count():
                return count
        time.sleep(0.01)
    raise AssertionError("The worker took no file.")

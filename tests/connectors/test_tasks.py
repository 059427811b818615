"""The doors for the worker: known to Celery by the names that services and the timetable use."""

import connectors.tasks
from cxhub.celery import app
from cxhub.schedule import TIMETABLE
from tests.connectors.desk import csv_of, fresh, give


def test_celery_knows_them_by_name():
    app.loader.import_default_modules()
    assert {"connectors.tasks.sync", "connectors.tasks.sweep"} <= app.tasks.keys()
    assert {job["task"] for job in TIMETABLE.values()} <= app.tasks.keys()


def test_the_sync_task_works_on_one_run(world):
    run = give(world, csv_of(("Desk", "2026-05-11", 4)))
    connectors.tasks.sync(workspace_id=world.acme.pk, run_id=run.pk)
    assert fresh(world, run).state == "done"


def test_the_sweep_task_wakes_what_waits(world, django_capture_on_commit_callbacks):
    run = give(world, csv_of(("Desk", "2026-05-11", 4)))
    with django_capture_on_commit_callbacks() as callbacks:
        connectors.tasks.sweep()
    assert run.pk in [wake.args[1]["run_id"] for wake in callbacks]


def test_a_run_that_does_not_exist_is_no_error(world):
    connectors.tasks.sync(workspace_id=world.acme.pk, run_id=10**9)

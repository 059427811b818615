"""Doors for the worker: they unpack ids and call one pipeline each."""

from celery import shared_task
from django.utils import timezone

from connectors.pipelines import sweep as sweeping
from connectors.pipelines import sync as syncing


@shared_task(name="connectors.tasks.sync")
def sync(*, workspace_id: int, run_id: int) -> None:
    """Work on one sync run.

    Safe to run twice: the run is claimed under a lease, and a second worker finds it taken or over. Resumes at the
    start of the file: what was added up lives in memory, and everything lands in one transaction. Bounded by the upload
    limit, the number of touchpoints and days, and the worker's time limit.
    """
    syncing.run(workspace_id=workspace_id, run_id=run_id, now=timezone.now())


@shared_task(name="connectors.tasks.sweep")
def sweep() -> None:
    """Wake the runs that wait for a worker or lost theirs.

    Safe to run twice: waking a run that is taken does nothing. Resumes with the next tick of beat. Bounded by one query
    per workspace and one message per due run.
    """
    sweeping.sweep()

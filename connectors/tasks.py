"""Doors for the worker: they unpack ids and call one pipeline each."""

from typing import Any

from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from celery import Task, shared_task
from celery.signals import task_failure
from django.utils import timezone

from connectors.pipelines import digesting, expiries, interruptions, pauses, tidying
from connectors.pipelines import sweep as sweeping
from connectors.pipelines import sync as syncing


@shared_task(name="connectors.tasks.sync")
def sync(*, workspace_id: int, run_id: int) -> None:
    """Work on one sync run.

    Safe to run twice: the run is claimed under a lease, and a second worker finds it taken or over. Resumes at the
    start of the file, at the cursor of the feed, or at the first day of a backfill that has not landed: what was added
    up lives in memory, and lands in one transaction. Bounded by the upload limit, the number of touchpoints and days,
    and the worker's time limit.
    """
    syncing.run(workspace_id=workspace_id, run_id=run_id, now=timezone.now())


@task_failure.connect
def died(*, sender: Task, exception: BaseException, kwargs: dict[str, int], **_signal: Any) -> None:
    """Hold it against a run that its process died of it: memory that was short, or the time limit.

    The worker itself says so, and lives on; one that is stopped, or killed as a whole, says nothing. Safe to miss: the
    lease runs out. Bounded by a few statements.
    """
    if sender.name == sync.name and isinstance(exception, (WorkerLostError, TimeLimitExceeded)):
        interruptions.died(**kwargs)


@shared_task(name="connectors.tasks.digest")
def digest(*, workspace_id: int, feed_id: int) -> None:
    """Queue a run that puts what a system sent into figures.

    Safe to run twice: a feed with a run that is not over gets no second one. Resumes with the next sweep, which finds
    every message that waits. Bounded by four queries.
    """
    digesting.begin(workspace_id=workspace_id, feed_id=feed_id)


@shared_task(name="connectors.tasks.sweep")
def sweep() -> None:
    """Queue a run of each due feed, and wake the runs that wait for a worker or lost theirs.

    Safe to run twice: a due feed is locked while its run is made and its next time set, and waking a run that is taken
    does nothing. Resumes with the next tick of beat. Bounded by a few queries per workspace and one message per run
    that may begin.
    """
    sweeping.sweep(timezone.now())


@shared_task(name="connectors.tasks.tell")
def tell(*, workspace_id: int, feed_id: int) -> None:
    """Mail the owner of a feed that is paused by trouble, with the others of its connection that stopped for the same.

    Safe to run twice: the feeds are held while the mail goes out, and say afterwards that it did. Resumes with the next
    sweep when the mail server is away. Bounded by one mail and 15 seconds.
    """
    pauses.tell(workspace_id=workspace_id, feed_id=feed_id)


@shared_task(name="connectors.tasks.warn")
def warn(*, workspace_id: int, secret_id: int) -> None:
    """Mail the owner of a connection whose secret ends soon.

    Safe to run twice: the secret is held while the mail goes out, and says afterwards for which occasion it did.
    Resumes with the next sweep when the mail server is away. Bounded by one mail and 15 seconds.
    """
    expiries.warn(workspace_id=workspace_id, secret_id=secret_id, now=timezone.now())


@shared_task(name="connectors.tasks.tidy")
def tidy() -> None:
    """Remove the runs of more than a week ago that found nothing new.

    Safe to run twice: what is gone is not found again. Resumes with the next hour. Bounded by a few statements for
    every two thousand runs.
    """
    tidying.tidy(timezone.now())

"""Doors for the worker: they unpack ids and call one pipeline each."""

from celery import shared_task
from django.utils import timezone

from governance.pipelines import early, expecting, quiet_sponsors, reminders, tidying


@shared_task(name="governance.tasks.remind")
def remind() -> None:
    """Remind people of reviews: 14 and 3 days before their day, on it, 3 and 7 days after.

    Safe to run twice: a reminder is a row, written in the transaction that tells people. Resumes with the next tick of
    beat. Bounded by 200 maps per workspace.
    """
    reminders.sweep(timezone.now())


@shared_task(name="governance.tasks.watch_sponsors")
def watch_sponsors() -> None:
    """Warn those who keep a map whose sponsor has gone quiet.

    Safe to run twice: a person is told once a month of a map. Resumes with the next run. Bounded by 500 maps per
    workspace.
    """
    quiet_sponsors.sweep(timezone.now())


@shared_task(name="governance.tasks.call_early")
def call_early() -> None:
    """Bring reviews forward that something calls for before their day: a number, another system, another owner.

    Safe to run twice: an occasion is a row, written in the transaction that moves the day. Resumes with the next run.
    Bounded by the maps there are, 200 at once.
    """
    early.sweep(timezone.now())


@shared_task(name="governance.tasks.check_expectations")
def check_expectations() -> None:
    """Check what is expected of numbers, and wake a job for each page that is to be asked.

    Safe to run twice: a check is noted once for the moment it was due at, and a page is claimed before its job is
    woken. Resumes with the next tick of beat. Bounded by 200 numbers and 200 pages per workspace.
    """
    expecting.sweep(timezone.now())


@shared_task(name="governance.tasks.check_page")
def check_page(*, workspace_id: int, expectation_id: int) -> None:
    """Ask one page, and note what it answers.

    Safe to run twice: what is not due any more is left alone, and one of two answers of the same moment is noted.
    Resumes with the sweep, once its claim has run out. Bounded by the 15 seconds of a call.
    """
    expecting.check_page(workspace_id=workspace_id, expectation_id=expectation_id, now=timezone.now())


@shared_task(name="governance.tasks.tidy")
def tidy() -> None:
    """Remove what checks found long ago, but for what the state of an expectation stands on.

    Safe to run twice: what is gone is not found again. Resumes with the next run. Bounded by a few statements for
    every two thousand checks.
    """
    tidying.tidy(timezone.now())

"""Doors for the worker: they unpack ids and call one pipeline each."""

from celery import shared_task
from django.utils import timezone

from governance.pipelines import early, quiet_sponsors, reminders


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

"""Doors for the worker: they unpack ids and call one pipeline each."""

from celery import shared_task
from django.utils import timezone

from insights.pipelines import pulses, reminders


@shared_task(name="insights.tasks.remind")
def remind() -> None:
    """Remind of requests for updates whose day is over.

    Safe to run twice: a request is marked as reminded of in the transaction that tells people. Resumes with the next
    tick of beat. Bounded by 200 requests per workspace.
    """
    reminders.sweep(timezone.now())


@shared_task(name="insights.tasks.sweep_pulses")
def sweep_pulses() -> None:
    """Open the pulse of the month on its day, and close the one whose last day is over.

    Safe to run twice: a month has one pulse, and closing takes its row first. Resumes with the next run. Bounded by two
    pulses per workspace.
    """
    pulses.sweep(timezone.now())

"""Doors for the worker: they unpack ids and call one pipeline each."""

from celery import shared_task
from django.utils import timezone

from governance.pipelines import reminders


@shared_task(name="governance.tasks.remind")
def remind() -> None:
    """Remind people of reviews: 14 and 3 days before their day, on it, 3 and 7 days after.

    Safe to run twice: a reminder is a row, written in the transaction that tells people. Resumes with the next tick of
    beat. Bounded by 200 maps per workspace.
    """
    reminders.sweep(timezone.now())

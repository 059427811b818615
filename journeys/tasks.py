"""Doors for the worker: they unpack ids and call one pipeline each."""

from celery import shared_task
from django.utils import timezone

from journeys.pipelines import offer_reminders, picture_sweep


@shared_task(name="journeys.tasks.sweep_offers")
def sweep_offers() -> None:
    """Tell sponsors and executives of offers that nobody decided in time.

    Safe to run twice: an offer is held while its people are told, and says afterwards that they were. Resumes with the
    next tick of beat. Bounded by 200 offers per workspace.
    """
    offer_reminders.sweep(timezone.now())


@shared_task(name="journeys.tasks.sweep_pictures")
def sweep_pictures() -> None:
    """Remove the pictures that nothing has shown for a month.

    Safe to run twice: what is gone is not found again. Resumes with the next run, a workspace in each transaction.
    Bounded by one reading of the versions, templates and open imports of a workspace that has pictures shown nowhere.
    """
    picture_sweep.sweep(timezone.now())

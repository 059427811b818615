"""Doors for the worker: they unpack ids and call one pipeline each."""

from celery import shared_task
from django.utils import timezone

from journeys.pipelines import offer_reminders


@shared_task(name="journeys.tasks.sweep_offers")
def sweep_offers() -> None:
    """Tell sponsors and executives of offers that nobody decided in time.

    Safe to run twice: an offer is held while its people are told, and says afterwards that they were. Resumes with the
    next tick of beat. Bounded by 200 offers per workspace.
    """
    offer_reminders.sweep(timezone.now())

"""Doors for the worker: they unpack ids and call one pipeline each."""

from celery import shared_task
from django.utils import timezone

from orgs.pipelines import outbox


@shared_task(name="orgs.tasks.send_mails")
def send_mails(*, workspace_id: int) -> None:
    """Send the mails that are due in a workspace.

    Safe to run twice: each mail is leased to one worker, and noted with a fence. Resumes where it was: what was not
    noted is due again when its lease ends. Bounded by one batch, then it wakes itself for the next.
    """
    outbox.send(workspace_id=workspace_id, now=timezone.now())


@shared_task(name="orgs.tasks.sweep_mails")
def sweep_mails() -> None:
    """Wake the outbox of each workspace in which mail is due.

    Safe to run twice: waking an outbox without due mail does nothing. Resumes with the next tick of beat. Bounded by
    one query and one message per workspace.
    """
    outbox.sweep(timezone.now())

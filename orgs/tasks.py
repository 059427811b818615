"""Doors for the worker: they unpack ids and call one pipeline each."""

from celery import shared_task
from django.utils import timezone

from orgs.pipelines import chats, digests, key_ends, letters, outbox


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


@shared_task(name="orgs.tasks.send_digests")
def send_digests(*, workspace_id: int) -> None:
    """Send the digests that are due in a workspace.

    Safe to run twice: each digest is leased to one worker, and noted with a fence. Resumes where it was: what was not
    noted is due again when its lease ends. Bounded by one batch, then it wakes itself for the next.
    """
    digests.send(workspace_id=workspace_id, now=timezone.now())


@shared_task(name="orgs.tasks.sweep_digests")
def sweep_digests() -> None:
    """Begin the digests whose moment has come.

    Safe to run twice: there is one digest for each member and moment. Resumes with the next tick of beat, and after
    an outage with the last moment that was missed. Bounded by three queries and one message per workspace.
    """
    digests.sweep(timezone.now())


@shared_task(name="orgs.tasks.post_to_chats")
def post_to_chats(*, workspace_id: int) -> None:
    """Post to the chats of a workspace what is due.

    Safe to run twice: each post is leased to one worker, and noted with a fence. Resumes where it was: what was not
    noted is due again when its lease ends. Bounded by one batch and 15 seconds a post; then it wakes itself.
    """
    chats.send(workspace_id=workspace_id, now=timezone.now())


@shared_task(name="orgs.tasks.sweep_chats")
def sweep_chats() -> None:
    """Wake what is to be posted to chats.

    Safe to run twice: waking without due posts does nothing. Resumes with the next tick of beat. Bounded by one query
    and one message per workspace.
    """
    chats.sweep(timezone.now())


@shared_task(name="orgs.tasks.send_letter")
def send_letter(*, workspace_id: int, invitation_id: int) -> None:
    """Mail one invitation.

    Safe to run twice: the invitation is held while its letter goes out, and says afterwards that it did. Resumes with
    the next sweep when the mail server is away. Bounded by one mail and 15 seconds.
    """
    letters.send(workspace_id=workspace_id, invitation_id=invitation_id, now=timezone.now())


@shared_task(name="orgs.tasks.sweep_letters")
def sweep_letters() -> None:
    """Wake the letters that wait.

    Safe to run twice: a letter that is sent is not sent again. Resumes with the next tick of beat. Bounded by one query
    per workspace and 200 messages each.
    """
    letters.sweep()


@shared_task(name="orgs.tasks.warn_of_key_ends")
def warn_of_key_ends() -> None:
    """Tell the makers of API keys that a key ends soon.

    Safe to run twice: each is told once of an occasion. Resumes with the next tick. Bounded by one query per workspace
    and its keys that end within 14 days.
    """
    key_ends.warn(timezone.now())

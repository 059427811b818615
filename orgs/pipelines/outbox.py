"""Sends the mails of notifications: each once, as long as nothing is killed between sending and noting (ADR 16)."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation

from cxhub.lib import mail
from orgs.models import Notification
from orgs.pipelines import sendings, writing
from orgs.queries import inbox, mail_choices
from orgs.registry import NOTIFICATION_KINDS

JOB = "orgs.tasks.send_mails"


def sweep(now: datetime) -> None:
    """Wake a job for each workspace in which mail is due."""
    sendings.wake_due(JOB, Notification, now)


def send(*, workspace_id: int, now: datetime) -> int:
    """Send what is due in a workspace, one batch, and wake the next when there is more. Returns how many went out."""
    if not mail.is_set_up():
        return 0
    return sendings.send_batch(JOB, Notification, _send_all, workspace_id=workspace_id, now=now)


def _send_all(workspace_id: int, claimed: writing.Claimed, now: datetime) -> int:
    return writing.post(Notification, claimed, workspace_id=workspace_id, now=now, write=_letter)


def _letter(pk: int, fence: int, now: datetime) -> EmailMultiAlternatives | datetime | None:
    """Put the mail in the reader's words; None when it was read in the inbox, or there is nothing to say any more.

    In the reader's quiet hours: when they are over.
    """
    found = Notification.objects.filter(
        pk=pk, fence=fence, begun__lt=sendings.MOST_BEGUN, seen_at=None, done_at=None
    ).exclude(due_at=None)
    one = found.select_related("member__user", "member__workspace", "by__user").first()
    if one is None or not writing.reachable(one.member) or not inbox.of(one.member).filter(pk=pk).exists():
        return None
    wishes = mail_choices.wishes(one.member)
    if wishes.is_paused(now):
        return None
    if until := wishes.quiet_until(now):
        return until
    with translation.override(one.member.user.language or settings.LANGUAGE_CODE):
        said = inbox.told([one], one.member).get(pk)
        if said is None or mail_choices.is_muted(one.member, said.about, wishes.today(now)):
            return None
        words = {
            "said": said,
            "url": mail.absolute(reverse("notification", args=[one.member.workspace.slug, pk])),
            "kind": NOTIFICATION_KINDS[one.kind].label,
            "mute_url": _mute_url(one) if said.about else "",
        }
        return writing.letter(
            "mail",
            words,
            to=one.member,
            subject=said.text,
            message_id=writing.message_id("notification", one),
            kind=one.kind,
        )


def _mute_url(one: Notification) -> str:
    return mail.absolute(reverse("notification_mute", args=[one.member.workspace.slug, one.pk]))

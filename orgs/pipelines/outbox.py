"""Sends the mails of notifications: each once, as long as nothing is killed between sending and noting (ADR 16)."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from cxhub.lib import jobs, mail
from orgs.models import Notification
from orgs.queries import inbox
from orgs.scope import scope, workspace_ids

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(seconds=BATCH * mail.SECONDS * 2)
MOST_TRIES = 12
MOST_BEGUN = 2  # sendings of one mail whose end nobody knows: the second may be a duplicate, there is no third
LONGEST_WAIT = timedelta(hours=6)


def sweep(now: datetime) -> None:
    """Wake a job for each workspace in which mail is due."""
    for workspace_id in workspace_ids():
        with scope(workspace_id):
            if _due(now).exists():
                jobs.wake("orgs.tasks.send_mails", workspace_id=workspace_id)


def send(*, workspace_id: int, now: datetime) -> int:
    """Send what is due in a workspace, one batch, and wake the next when there is more. Returns how many went out."""
    if not mail.is_set_up():
        return 0
    with scope(workspace_id):
        claimed = _claim(now)
    if not claimed:
        return 0
    sent = _send_all(workspace_id, claimed, now)
    if sent and len(claimed) == BATCH:
        with scope(workspace_id):
            jobs.wake("orgs.tasks.send_mails", workspace_id=workspace_id)
    return sent


def _due(now: datetime) -> Any:
    free = Q(mail_leased_until=None) | Q(mail_leased_until__lt=now)
    return Notification.objects.filter(free, mail_due_at__lte=now)


def _claim(now: datetime) -> list[tuple[int, int]]:
    """Lease a batch to this worker, committed before anything is sent. Returns ids, each with its fence.

    A lease that ran out means that a worker died. Had it begun to send, nobody knows whether the mail went out.
    """
    held = list(_due(now).select_for_update(skip_locked=True).order_by("mail_due_at", "pk")[:BATCH])
    for each in held:
        each.mail_fence += 1
        each.mail_tries += 1
        each.mail_leased_until = now + LEASE
    Notification.objects.bulk_update(held, ["mail_fence", "mail_tries", "mail_leased_until"])
    return [(each.pk, each.mail_fence) for each in held]


def _send_all(workspace_id: int, claimed: list[tuple[int, int]], now: datetime) -> int:
    sent = 0
    server = get_connection(timeout=mail.SECONDS)
    try:
        server.open()
        for pk, fence in claimed:
            sent += _send_one(workspace_id, pk, fence, server, now)
    except OSError as error:  # whatever smtplib raises is one
        log.warning("The mail server is away (%s); mails wait.", type(error).__name__)
        with scope(workspace_id):
            for pk, fence in claimed:
                _later(pk, fence, now)
    finally:
        _close(server)
    return sent


def _send_one(workspace_id: int, pk: int, fence: int, server: Any, now: datetime) -> bool:
    """Send one mail unless it is not wanted any more. Raises OSError when the server is away."""
    with scope(workspace_id):
        letter = _letter(pk, fence, server)
        if letter is None:
            _note(pk, fence, mail_due_at=None)
            return False
        _note(pk, fence, keep_lease=True, mail_begun=F("mail_begun") + 1)
    try:
        server.send_messages([letter])
    except mail.REFUSALS as refusal:
        if not mail.is_final(refusal):
            raise
        log.warning("The mail server refused a mail for good; it stays in the inbox.")
        with scope(workspace_id):
            _note(pk, fence, mail_due_at=None)
        return False
    with scope(workspace_id):
        _note(pk, fence, mail_due_at=None, mailed_at=now)
    return True


def _letter(pk: int, fence: int, server: Any) -> EmailMultiAlternatives | None:
    """Put the mail in the reader's words; None when it was read in the inbox, or there is nothing to say any more."""
    found = Notification.objects.filter(pk=pk, mail_fence=fence, mail_begun__lt=MOST_BEGUN, seen_at=None, done_at=None)
    one = found.select_related("member__user", "member__workspace", "by__user").first()
    if one is None or one.member.left_at or not one.member.user.is_active or not mail.reaches(one.member.user.email):
        return None
    user, workspace = one.member.user, one.member.workspace
    if not inbox.of(one.member).filter(pk=pk).exists():
        return None
    with translation.override(getattr(user, "language", "") or settings.LANGUAGE_CODE):
        said = inbox.told([one], one.member).get(pk)
        if said is None:
            return None
        words = {
            "said": said,
            "workspace": workspace,
            "url": mail.absolute(reverse("notification", args=[workspace.slug, pk])),
            "choice_url": mail.absolute(reverse("mail_choices", args=[workspace.slug])),
        }
        letter = EmailMultiAlternatives(
            " ".join(said.text.split())[:200],
            render_to_string("orgs/mail.txt", words),
            to=[user.email],
            headers={"Message-ID": message_id(one), "Auto-Submitted": "auto-generated"},
            connection=server,
        )
        letter.attach_alternative(render_to_string("orgs/mail.html", words), "text/html")
    return letter


def message_id(one: Notification) -> str:
    """The same for each try, so that a mail that went out twice is recognised as one."""
    host = settings.BASE_URL.rpartition("//")[2].partition("/")[0].partition(":")[0] or "localhost"
    return f"<notification-{one.workspace_id}-{one.pk}@{host}>"


def _later(pk: int, fence: int, now: datetime) -> None:
    """Try again later and later; after the last try, the inbox alone has it. What was sent or dropped stays so."""
    one = Notification.objects.filter(pk=pk, mail_fence=fence).exclude(mail_due_at=None).first()
    if one is None:
        return
    wait = min(timedelta(minutes=2**one.mail_tries), LONGEST_WAIT)
    _note(pk, fence, mail_begun=0, mail_due_at=None if one.mail_tries >= MOST_TRIES else now + wait)


def _note(pk: int, fence: int, *, keep_lease: bool = False, **news: Any) -> None:
    """Write what became of a mail, unless another worker holds the lease by now."""
    lease = {} if keep_lease else {"mail_leased_until": None}
    Notification.objects.filter(pk=pk, mail_fence=fence).update(**lease, **news)


def _close(server: Any) -> None:
    try:
        server.close()
    except OSError:
        log.info("The mail server was gone before it was closed.")

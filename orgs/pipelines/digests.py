"""Sends digests: one mail with everything unread that waited for a member's moment (ADR 56)."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Min
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxhub.lib import jobs, mail
from orgs.models import Digest, Member, Notification
from orgs.pipelines import sendings, writing
from orgs.queries import inbox, mail_choices
from orgs.registry import NOTIFICATION_KINDS
from orgs.scope import scope, workspace_ids

JOB = "orgs.tasks.send_digests"
MOST_SHOWN = 50  # the rest is counted, and stands in the inbox


def sweep(now: datetime) -> None:
    """Begin the digests whose moment has come, and wake a job for each workspace in which some are due."""
    if not mail.is_set_up():
        return
    for workspace_id in workspace_ids():
        with scope(workspace_id):
            begin(now)
            if sendings.due(Digest, now).exists():
                jobs.wake(JOB, workspace_id=workspace_id)


def begin(now: datetime) -> None:
    """Make the digest of each member's last moment, if anything waited for it. It is made once."""
    waits = Notification.objects.filter(in_digest=True, seen_at=None, done_at=None).order_by()
    oldest = dict(waits.values_list("member_id").annotate(Min("created_at")))
    if not oldest:
        return
    members = Member.objects.filter(pk__in=oldest).select_related("user", "workspace")
    periods = {pk: wishes.latest_digest(now) for pk, wishes in mail_choices.wishes_of(members).items()}
    made = [Digest(member_id=pk, period=at, due_at=now) for pk, at in periods.items() if oldest[pk] < at]
    Digest.objects.bulk_create(made, ignore_conflicts=True)


def send(*, workspace_id: int, now: datetime) -> int:
    """Send what is due in a workspace, one batch, and wake the next when there is more. Returns how many went out."""
    if not mail.is_set_up():
        return 0
    return sendings.send_batch(JOB, Digest, _send_all, workspace_id=workspace_id, now=now)


def _send_all(workspace_id: int, claimed: writing.Claimed, now: datetime) -> int:
    return writing.post(Digest, claimed, workspace_id=workspace_id, now=now, write=_letter, done=_done)


def _letter(pk: int, fence: int, now: datetime) -> EmailMultiAlternatives | datetime | None:
    """Put what still waits in the reader's words; None when there is nothing any more. In quiet hours: until when."""
    found = Digest.objects.filter(pk=pk, fence=fence, begun__lt=sendings.MOST_BEGUN).exclude(due_at=None)
    digest = found.select_related("member__user", "member__workspace").first()
    if digest is None or not writing.reachable(digest.member):
        return None
    member, wishes = digest.member, mail_choices.wishes(digest.member)
    if wishes.is_paused(now):
        return None
    if until := wishes.quiet_until(now):
        return until
    with translation.override(member.user.language or settings.LANGUAGE_CODE):
        entries = _entries(digest, now)
        if not entries:
            return None
        count, more = len(entries), max(0, len(entries) - MOST_SHOWN)
        title = ngettext("%(n)d message waits for you", "%(n)d messages wait for you", count) % {"n": count}
        words = {
            "title": title,
            "groups": _groups(entries[:MOST_SHOWN]),
            "more": ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more} if more else "",
            "url": mail.absolute(reverse("inbox", args=[member.workspace.slug])),
        }
        return writing.letter(
            "mail_digest",
            words,
            to=member,
            subject=f"{title} · {member.workspace.name}",
            message_id=writing.message_id("digest", digest),
            kind=mail_choices.DIGEST,
        )


def _waiting(digest: Digest) -> Any:
    """What waited for this digest: it was there before its moment, and no earlier one had it."""
    return Notification.objects.filter(member=digest.member_id, in_digest=True, created_at__lt=digest.period)


def _entries(digest: Digest, now: datetime) -> list[dict[str, Any]]:
    """Return what is unread of it, readable and not muted, the oldest first."""
    member = digest.member
    waiting = _waiting(digest).filter(seen_at=None, done_at=None, pk__in=inbox.of(member).values("pk"))
    rows = list(waiting.select_related("by__user").order_by("pk"))
    said = inbox.told(rows, member)
    today = mail_choices.wishes(member).today(now)
    muted = set(mail_choices.mutes(member, today).values_list("thing_type", "thing_id"))
    shown = [(one, said[one.pk]) for one in rows if one.pk in said and muted.isdisjoint(said[one.pk].about)]
    names = mail_choices.names(told.about[-1] for _one, told in shown if told.about)
    return [
        {
            "group": names.get(told.about[-1], "") if told.about else "",
            "kind": str(NOTIFICATION_KINDS[one.kind].label),
            "text": told.text,
            "quote": told.quote,
            "url": mail.absolute(reverse("notification", args=[member.workspace.slug, one.pk])),
        }
        for one, told in shown
    ]


def _groups(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put entries about one record together, under its name; what is about none of them comes last."""

    def place(entry: dict[str, Any]) -> tuple[bool, str]:
        return not entry["group"], entry["group"]

    def order(entry: dict[str, Any]) -> tuple[bool, str, str]:
        return (*place(entry), entry["kind"])

    found = groupby(sorted(entries, key=order), key=place)
    return [{"name": name or _("Other"), "entries": list(held)} for (_last, name), held in found]


def _done(pk: int, now: datetime) -> None:
    """What was in the digest waits for no other, in the transaction that notes the digest."""
    digest = Digest.objects.get(pk=pk)
    _waiting(digest).update(in_digest=False, sent_at=digest.sent_at)

"""What a member says about mails: kinds, times, mutes, and unsubscribing by a link."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from orgs.models import MailChoice, MailTimes, Member, Mute, Notification
from orgs.queries import mail_choices
from orgs.services import audit, notifications

When = MailChoice.When
TIMES = ("digest_every", "digest_weekday", "digest_hour", "quiet_from", "quiet_until", "paused_until")


class DayIsOver(ValueError):
    """Mails cannot be held back until a day that has come already."""


@transaction.atomic
def choose(*, kinds: Mapping[str, str], by: Member) -> None:
    """Keep when the member wants a mail of each of these kinds. What waits follows the new choice.

    Kinds that are not named keep theirs; what is no kind, or no choice, is left out.
    """
    before = mail_choices.chosen(by)
    news = {slug: when for slug, when in kinds.items() if slug in before and when in When and when != before[slug]}
    for slug, when in news.items():
        MailChoice.objects.update_or_create(member=by, kind=slug, defaults={"when": when})
        _move_waiting(by, slug, when)
    if news:
        old = {slug: before[slug] for slug in news}
        audit.record(
            "member.choose_mails", by, by=by, before=old, after={slug: str(when) for slug, when in news.items()}
        )


@transaction.atomic
def set_times(*, times: Mapping[str, Any], by: Member, today: date) -> None:
    """Keep when mails may come: the digest's rhythm, quiet hours, and until when none at all. Raises DayIsOver.

    `today` is the day where the member is. What waits for the end of quiet hours is looked at again.
    """
    until = times.get("paused_until")
    kept = _times(by)
    if until and until <= today and until != kept.paused_until:
        raise DayIsOver(_("Choose a day after today."))
    before = {name: audit.plain(getattr(kept, name)) for name in TIMES}
    for name in TIMES:
        setattr(kept, name, times[name])
    kept.save()
    after = {name: audit.plain(getattr(kept, name)) for name in TIMES}
    if before != after:
        audit.record("member.set_mail_times", by, by=by, before=before, after=after)
        Notification.objects.filter(member=by, leased_until=None).exclude(due_at=None).update(due_at=Now())
        notifications.wake_outbox()


@transaction.atomic
def mute(*, thing_type: str, thing_id: int, until: date | None, by: Member, today: date) -> None:
    """Mail the member nothing more about a record: for good, or until a day. Raises DayIsOver."""
    if until and until <= today:
        raise DayIsOver(_("Choose a day after today, or none."))
    about = {"thing_type": thing_type, "thing_id": thing_id}
    Mute.objects.update_or_create(member=by, **about, defaults={"until": until})
    audit.record("member.mute", by, by=by, after={**about, "until": audit.plain(until)})


@transaction.atomic
def unmute(*, mute: Mute, by: Member) -> None:
    """Mail about the record again."""
    audit.record("member.unmute", by, by=by, before={"thing_type": mute.thing_type, "thing_id": mute.thing_id})
    mute.delete()


@transaction.atomic
def unsubscribe(*, member: Member, kind: str) -> None:
    """End the mails of a kind, or those of the digest, as whoever holds a link of the member's asks."""
    choose(kinds=dict.fromkeys(_kinds(member, kind), str(When.NEVER)), by=member)


@transaction.atomic
def subscribe(*, member: Member, kind: str) -> None:
    """Take back that a kind was unsubscribed: it comes at once again."""
    choose(kinds={kind: When.NOW}, by=member)


@transaction.atomic
def void_links(*, by: Member) -> None:
    """Let no link in a mail that went out so far unsubscribe the member any more."""
    kept = _times(by)
    MailTimes.objects.filter(pk=kept.pk).update(links_epoch=F("links_epoch") + 1)
    audit.record("member.void_mail_links", by, by=by)


def _times(member: Member) -> MailTimes:
    """The member's row, held until the transaction ends."""
    MailTimes.objects.bulk_create([MailTimes(member=member)], ignore_conflicts=True)
    kept: MailTimes = MailTimes.objects.select_for_update().get(member=member)
    return kept


def _kinds(member: Member, kind: str) -> list[str]:
    if kind != mail_choices.DIGEST:
        return [kind]
    return [slug for slug, when in mail_choices.chosen(member).items() if when == When.DIGEST]


def _move_waiting(member: Member, kind: str, when: str) -> None:
    """Let what waits go the new way. What a worker holds right now is not taken from it."""
    held = Notification.objects.filter(member=member, kind=kind, leased_until=None, seen_at=None, done_at=None)
    if when == When.NOW:
        held.filter(in_digest=True).update(in_digest=False, due_at=Now())
        notifications.wake_outbox()
    else:
        held.exclude(due_at=None).update(due_at=None, in_digest=when == When.DIGEST)
        held.filter(in_digest=True).update(in_digest=when == When.DIGEST)

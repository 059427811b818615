"""Tells people what happened: in the transaction of the change, once per thing, occasion and person."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from cxhub.lib import jobs, mail
from orgs.models import MailChoice, Member, Notification
from orgs.registry import NOTIFICATION_KINDS
from orgs.scope import workspace_id
from orgs.services import audit


@transaction.atomic
def tell(
    *,
    members: Iterable[int | None],
    kind: str,
    thing: models.Model,
    occasion: str,
    by: Member | None,
    data: dict[str, Any] | None = None,
) -> None:
    """Tell these members (their ids) of an occasion of a thing, but never the one who did it, and nobody twice.

    `kind` is a key of NOTIFICATION_KINDS; it says the words when they are read. Who was told of the same occasion of
    the same thing already, by whatever kind, is not told again: call the most telling kind first.
    """
    rule = NOTIFICATION_KINDS[kind]
    wanted = {member for member in members if member is not None} - {by.pk if by else None}
    if not wanted:
        return
    readers = Member.objects.current().filter(pk__in=wanted, user__is_active=True).values_list("pk", flat=True)
    told = {
        "kind": kind,
        "thing_type": thing._meta.model_name,
        "thing_id": thing.pk,
        "occasion": occasion,
        "by": by,
        "data": data or {},
    }
    mailed = _mailed(wanted, kind) if rule.is_mailed and mail.is_set_up() else set()
    rows = [Notification(member_id=pk, mail_due_at=Now() if pk in mailed else None, **told) for pk in sorted(readers)]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if mailed:
        wake_outbox()


def settle(*, thing: models.Model, kinds: Iterable[str], now: datetime, members: Iterable[int] | None = None) -> None:
    """Mark what these kinds asked for about the thing as done: nobody has to do it any more."""
    open_ones = _open([thing], kinds)
    if members is not None:
        open_ones = open_ones.filter(member_id__in=list(members))
    open_ones.update(done_at=now)


def settle_all(*, things: Sequence[models.Model], kinds: Iterable[str]) -> None:
    """Do the same for many things of one model at once, as of now."""
    if things:
        _open(things, kinds).update(done_at=Now())


def see(notifications: Any, *, now: datetime) -> None:
    """Mark a queryset of one member's notifications as read."""
    notifications.filter(seen_at=None).update(seen_at=now)


def forget(notifications: Any) -> None:
    """Mark them as unread again, and as not done."""
    notifications.update(seen_at=None, done_at=None)


def finish(notifications: Any, *, now: datetime) -> None:
    """Mark them as done, and so as read."""
    see(notifications, now=now)
    notifications.filter(done_at=None).update(done_at=now)


@transaction.atomic
def choose_mails(*, wanted: Iterable[str], by: Member) -> None:
    """Keep of which kinds a member wants a mail each. A mail that waits is not sent where none is wanted any more."""
    mailed = [kind for kind in NOTIFICATION_KINDS.values() if kind.is_mailed]
    chosen = {kind.slug for kind in mailed}.intersection(wanted)
    for kind in mailed:
        MailChoice.objects.update_or_create(member=by, kind=kind.slug, defaults={"is_wanted": kind.slug in chosen})
    Notification.objects.filter(~Q(kind__in=chosen), member=by).update(mail_due_at=None)
    audit.record("member.choose_mails", by, by=by, after={"kinds": sorted(chosen)})


def wake_outbox() -> None:
    """Let the mails of this workspace go out after commit."""
    jobs.wake("orgs.tasks.send_mails", workspace_id=workspace_id())


def _open(things: Sequence[models.Model], kinds: Iterable[str]) -> Any:
    told = {"thing_type": things[0]._meta.model_name, "thing_id__in": [each.pk for each in things]}
    return Notification.objects.filter(**told, kind__in=list(kinds), done_at=None)


def _mailed(members: set[int], kind: str) -> set[int]:
    unwanted = MailChoice.objects.filter(member_id__in=members, kind=kind, is_wanted=False)
    return members - set(unwanted.values_list("member_id", flat=True))

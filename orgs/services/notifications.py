"""Tells people what happened: in the transaction of the change, once per thing, occasion and person."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models.functions import Now

from cxhub.lib import jobs, mail
from orgs.models import MailChoice, Member, Notification
from orgs.queries import mail_choices
from orgs.registry import NOTIFICATION_KINDS
from orgs.scope import workspace_id
from orgs.services import announcing


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
    the same thing already, by whatever kind, is not told again: call the most telling kind first. Chats that want the
    kind hear of it too, whoever the members are.
    """
    rule = NOTIFICATION_KINDS[kind]
    if rule.in_chats:
        announcing.announce(kind=kind, thing=thing, occasion=occasion, by=by, data=data)
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
    when = mail_choices.when_of(wanted, kind) if rule.is_mailed and mail.is_set_up() else {}
    rows = [Notification(member_id=pk, **_mailed(when.get(pk)), **told) for pk in sorted(readers)]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    if MailChoice.When.NOW in when.values():
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


def wake_outbox() -> None:
    """Let the mails of this workspace go out after commit."""
    jobs.wake("orgs.tasks.send_mails", workspace_id=workspace_id())


def _open(things: Sequence[models.Model], kinds: Iterable[str]) -> Any:
    told = {"thing_type": things[0]._meta.model_name, "thing_id__in": [each.pk for each in things]}
    return Notification.objects.filter(**told, kind__in=list(kinds), done_at=None)


def _mailed(when: str | None) -> dict[str, Any]:
    return {
        "due_at": Now() if when == MailChoice.When.NOW else None,
        "in_digest": when == MailChoice.When.DIGEST,
    }

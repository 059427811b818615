"""When a member gets which mails, by what the member said; and the signed links by which mails are unsubscribed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core import signing
from django.db.models import Q, QuerySet

from cxhub.lib import clocks
from orgs.models import MailChoice, MailTimes, Member, Mute
from orgs.registry import COMMENTABLE, NOTIFICATION_KINDS

SALT = "orgs.unsubscribe"
DIGEST = "digest"  # instead of a kind: whatever comes in the digest


@dataclass(frozen=True)
class Wishes:
    """When one member's mails may come."""

    zone: ZoneInfo
    times: MailTimes

    def today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def quiet_until(self, now: datetime) -> datetime | None:
        """Return when a mail may go; None says now."""
        return clocks.quiet_until(now, self.zone, self.times.quiet_from, self.times.quiet_until)

    def is_paused(self, now: datetime) -> bool:
        return self.times.paused_until is not None and self.today(now) < self.times.paused_until

    def latest_digest(self, now: datetime) -> datetime:
        """Return the last moment up to now at which a digest was due."""
        is_weekly = self.times.digest_every == MailTimes.Every.WEEK
        return clocks.latest(now, self.zone, self.times.digest_hour, self.times.digest_weekday if is_weekly else None)


def wishes_of(members: Iterable[Member]) -> dict[int, Wishes]:
    """Return the wishes of each, by member id: one query. Their users and workspace are read already."""
    found = list(members)
    said = {each.member_id: each for each in MailTimes.objects.filter(member__in=[one.pk for one in found])}
    return {one.pk: Wishes(one.tzinfo, said.get(one.pk) or MailTimes(member=one)) for one in found}


def wishes(member: Member) -> Wishes:
    return wishes_of([member])[member.pk]


def chosen(member: Member) -> dict[str, str]:
    """Return when each kind comes as a mail, by its slug; all those that can be mailed."""
    said = dict(MailChoice.objects.filter(member=member).values_list("kind", "when"))
    return {
        kind.slug: said.get(kind.slug, MailChoice.When.NOW) for kind in NOTIFICATION_KINDS.values() if kind.is_mailed
    }


def when_of(members: set[int], kind: str) -> dict[int, str]:
    """Return when each of these members gets a mail of this kind."""
    said = dict(MailChoice.objects.filter(member_id__in=members, kind=kind).values_list("member_id", "when"))
    return {pk: said.get(pk, MailChoice.When.NOW) for pk in members}


def mutes(member: Member, today: date) -> QuerySet[Mute]:
    """Return what the member has muted and is not over."""
    found: QuerySet[Mute] = Mute.objects.filter(Q(until=None) | Q(until__gt=today), member=member)
    return found


def is_muted(member: Member, about: tuple[tuple[str, int], ...], today: date) -> bool:
    """Say whether any of the records that a notification is about is muted."""
    things = [Q(thing_type=kind, thing_id=pk) for kind, pk in about]
    return bool(things) and mutes(member, today).filter(_any(things)).exists()


def names(things: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return what records are called, as far as there are any; one query per kind of record."""
    wanted: dict[str, set[int]] = {}
    for kind, pk in things:
        if kind in COMMENTABLE:
            wanted.setdefault(kind, set()).add(pk)
    return {
        (kind, record.pk): COMMENTABLE[kind].label(record)
        for kind, ids in wanted.items()
        for record in COMMENTABLE[kind].rows().filter(pk__in=ids)
    }


def link_token(member: Member, kind: str, times: MailTimes) -> str:
    """Return what stands in the address that unsubscribes a member from a kind of mail. Nobody else can make one."""
    return signing.dumps([member.workspace_id, member.pk, kind, times.links_epoch], salt=SALT)


def opened(token: str) -> tuple[int, int, str, int] | None:
    """Return workspace, member, kind and epoch of a token; None when it is not ours."""
    try:
        workspace_id, member_id, kind, epoch = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return workspace_id, member_id, kind, epoch


def _any(conditions: list[Q]) -> Q:
    found = Q(pk__in=[])
    for each in conditions:
        found |= each
    return found

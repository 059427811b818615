"""A member's notifications: those about things the member may read today, and what each says."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import F, Q, QuerySet

from orgs.models import Member, Notification
from orgs.registry import NOTIFICATION_KINDS, Told

VIEWS = ("all", "to-do", "mentions", "done")


def of(member: Member, kinds: Collection[str] | None = None) -> QuerySet[Notification]:
    """Return the member's notifications, or only those of these kinds.

    One about something the member may no longer read is not among them.
    """
    slugs = defaultdict(list)
    for kind in NOTIFICATION_KINDS.values():
        if kinds is None or kind.slug in kinds:
            slugs[kind.sees].append(kind.slug)
    readable = Q(pk__in=[])
    for sees, held in slugs.items():
        readable |= Q(kind__in=held) & Q(sees(member))
    found: QuerySet[Notification] = Notification.objects.filter(readable, member_id=member.pk)
    return found


def listed(member: Member, view: str) -> QuerySet[Notification]:
    """Return what one view of the inbox shows, unread first, then the newest."""
    mine = of(member)
    if view == "done":
        return mine.filter(done_at__isnull=False).order_by("-done_at", "-pk")
    mine = mine.filter(done_at=None)
    if view == "to-do":
        mine = mine.filter(kind__in=_slugs("is_task"))
    if view == "mentions":
        mine = mine.filter(kind__in=_slugs("is_mention"))
    return mine.order_by(F("seen_at").desc(nulls_first=True), "-pk")


def unseen_count(member: Member) -> int:
    """Return how many wait unread: the number in the frame of every page. One query, none where nothing waits.

    What may be read is asked of the kinds that wait alone: to word the question for every kind costs more than a page.
    """
    waiting = member.waiting_kinds
    return of(member, waiting).unseen().count() if waiting else 0  # type: ignore[attr-defined]


def told(notifications: Iterable[Notification], reader: Member) -> dict[int, Told]:
    """Return what each notification says to its reader now, by its id; absent where there is nothing to say any more.

    As many queries as there are kinds among them.
    """
    by_kind = defaultdict(list)
    for notification in notifications:
        by_kind[notification.kind].append(notification)
    said: dict[int, Told] = {}
    for slug, held in by_kind.items():
        if slug in NOTIFICATION_KINDS:
            said |= NOTIFICATION_KINDS[slug].describe(held, reader)
    return said


def _slugs(flag: str) -> list[str]:
    return [kind.slug for kind in NOTIFICATION_KINDS.values() if getattr(kind, flag)]

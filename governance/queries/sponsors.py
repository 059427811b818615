"""How closely sponsors follow the maps they answer for, so that somebody hears of it before a map withers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, Exists, F, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.models.plans import USUAL_DAYS
from journeys.models import Map, MapVersion
from orgs.models import AuditEntry, Member, Notification
from orgs.registry import NOTIFICATION_KINDS

UNSEEN_DAYS = 30
"""Whoever was not in the workspace for so many days does not know how the map stands."""
WAIT_DAYS = 14
"""A request to the sponsor that waits longer than this is one that nobody follows."""

QUIET = "sponsorship.quiet"
"""The kind of notification that says so."""

SIGNALS: Mapping[str, str | Promise] = {
    "nobody": gettext_lazy("No sponsor"),
    "quiet": gettext_lazy("Gone quiet"),
    "active": gettext_lazy("Follows it"),
}


@dataclass(frozen=True)
class Waiting:
    """What was asked of a member and is not done: how much, and since when the oldest waits."""

    count: int
    since: datetime


@dataclass(frozen=True)
class Sponsorship:
    """A published map, who sponsors it, and the signs of that."""

    map: Map
    seen_at: datetime | None
    decided_at: datetime | None
    """When the sponsor last did something to this map: signed off, reviewed, published, changed it."""
    waiting: Waiting | None
    signal: str
    """A key of SIGNALS."""
    why: Sequence[str]
    """What makes it quiet, in short sentences."""

    @property
    def word(self) -> str:
        return str(SIGNALS[self.signal])

    @property
    def status(self) -> str:
        """The slug of the mark beside the word."""
        return {"nobody": "off_target", "quiet": "watch"}.get(self.signal, "done")


def published() -> QuerySet[Map]:
    """Maps in use that were published, with what tells how they are sponsored."""
    versions = MapVersion.objects.filter(map=OuterRef("pk"))
    acts = AuditEntry.objects.filter(subject_type="map", subject_id=OuterRef("pk"), actor=OuterRef("sponsor"))
    first = versions.order_by("number").values("at")[:1]
    return (
        Map.objects.current()
        .filter(Exists(versions))
        .select_related("journey", "owner__user", "sponsor__user")
        .defer("search_text")
        .annotate(
            cadence_days=Coalesce(F("review_plans__cadence_days"), USUAL_DAYS),
            published_at=Subquery(first, output_field=DateTimeField()),
            decided_at=Subquery(acts.order_by("-id").values("at")[:1], output_field=DateTimeField()),
        )
    )


def of(maps: Sequence[Map], *, now: datetime) -> list[Sponsorship]:
    """Return how these maps are sponsored, which `published` gave. One query more, for what waits."""
    waiting = waiting_for({drawn.sponsor_id for drawn in maps if drawn.sponsor_id})
    return [_one(drawn, waiting.get(drawn.sponsor_id), now) for drawn in maps]


def waiting_for(members: set[int]) -> dict[int, Waiting]:
    """Return what was asked of members and is not done. One query."""
    asks = [kind.slug for kind in NOTIFICATION_KINDS.values() if kind.is_task]
    found = Notification.objects.filter(member__in=members, kind__in=asks, done_at=None)
    rows = found.order_by().values("member_id").annotate(n=Count("pk"), since=Min("created_at"))
    return {row["member_id"]: Waiting(row["n"], row["since"]) for row in rows}


def _one(drawn: Map, waiting: Waiting | None, now: datetime) -> Sponsorship:
    sponsor = drawn.sponsor
    if sponsor is None or sponsor.left_at is not None:
        left = _("%(name)s left the workspace.") % {"name": sponsor} if sponsor else _("Nobody answers for it.")
        return Sponsorship(drawn, None, None, None, "nobody", [left])
    decided_at: datetime | None = drawn.decided_at  # type: ignore[attr-defined]
    why = [*_unseen(sponsor, now), *_undecided(drawn, decided_at, now), *_unanswered(waiting, now)]
    signal = "quiet" if why else "active"
    return Sponsorship(drawn, sponsor.last_seen_at, decided_at, waiting, signal, why)


def _unseen(sponsor: Member, now: datetime) -> list[str]:
    days = (now - (sponsor.last_seen_at or sponsor.joined_at)).days
    if days < UNSEEN_DAYS:
        return []
    return [ngettext("Not here for %(n)d day.", "Not here for %(n)d days.", days) % {"n": days}]


def _undecided(drawn: Map, decided_at: datetime | None, now: datetime) -> list[str]:
    cadence = timedelta(days=drawn.cadence_days)  # type: ignore[attr-defined]
    since: datetime = decided_at or drawn.published_at  # type: ignore[attr-defined]
    if now - since <= cadence:
        return []
    days = (now - since).days
    return [
        ngettext("Decided nothing on it for %(n)d day.", "Decided nothing on it for %(n)d days.", days) % {"n": days}
    ]


def _unanswered(waiting: Waiting | None, now: datetime) -> list[str]:
    if waiting is None or (now - waiting.since).days < WAIT_DAYS:
        return []
    days = (now - waiting.since).days
    words = ngettext(
        "%(n)d request waits, the oldest for %(days)d days.",
        "%(n)d requests wait, the oldest for %(days)d days.",
        waiting.count,
    )
    return [words % {"n": waiting.count, "days": days}]

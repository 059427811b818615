"""What called for the next review of a map before its day, and what the triggers look at."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from governance.models import EarlyCause, Review
from governance.models.plans import USUAL_EARLY
from governance.queries import reviews
from governance.registry import TRIGGERS, say
from journeys.models import Map, TouchpointPlacement
from orgs.models import AuditEntry

LOOKED_BACK = timedelta(days=35)
"""The sweep looks for changes so far back: an outage may be a month long."""


@dataclass(frozen=True)
class Why:
    """One cause in words; where its thing is read, and the day the review had before."""

    text: str
    url_name: str
    thing_id: int
    was_on: date | None


def standing(drawn: Map, turn: int) -> QuerySet[EarlyCause]:
    """The causes that stand for the next review of a map: nobody declined them, and no review ended since."""
    return EarlyCause.objects.filter(map=drawn, turn=turn, declined_at=None)


def causes() -> ArraySubquery:
    """Return the same, to annotate maps with as `called_early`; the first comes first."""
    turn = Coalesce(OuterRef("review_plans__turn"), 0)
    found = EarlyCause.objects.filter(map=OuterRef("pk"), turn=turn, declined_at=None)
    told = JSONObject(trigger="trigger", words="words", thing_id="thing_id", was_on="was_on")
    return ArraySubquery(found.order_by("at", "pk").values(told=told))


CARRIED = {"called_early": causes}


def whys(drawn: Any) -> list[Why]:
    """Return the causes of a map that carries CARRIED, the newest of each thing."""
    found = {(each["trigger"], each["thing_id"]): each for each in drawn.called_early}
    return [_why(each) for each in found.values()]


def is_early(drawn: Any, due_on: date) -> bool:
    """Whether one of them brought the day forward, and the review is not due later by now."""
    days = [each["was_on"] for each in drawn.called_early if each["was_on"]]
    return bool(days) and due_on < date.fromisoformat(days[-1])


def periods() -> Coalesce:
    """How many periods off target call for a review of a map; 0 is never."""
    return Coalesce(F("review_plans__early_periods"), USUAL_EARLY)


def watched(zone: tzinfo) -> QuerySet[Map]:
    """Maps that are reviewed, as the triggers see them: `early_periods`, `ended_at` and `skipped_on` beside their day.

    `ended_at`: when the last review was closed.
    """
    closed = Review.objects.filter(map=OuterRef("pk"), closed_at__isnull=False).order_by("-closed_at")
    return reviews.dated(zone).annotate(
        early_periods=periods(),
        ended_at=Subquery(closed.values("closed_at")[:1]),
        skipped_on=F("review_plans__skipped_on"),
    )


def is_news(drawn: Any, at: datetime, zone: tzinfo) -> bool:
    """Whether no review of a map of `watched` has ended since a moment, by closing it or by skipping it."""
    if drawn.ended_at and at <= drawn.ended_at:
        return False
    return not drawn.skipped_on or at >= datetime.combine(drawn.skipped_on + timedelta(days=1), time(), tzinfo=zone)


def known(maps: Collection[Any]) -> set[tuple[int, str, int, str]]:
    """Return what has called for reviews of these maps: map, trigger, thing and occasion."""
    found = EarlyCause.objects.filter(map__in=maps)
    return set(found.values_list("map_id", "trigger", "thing_id", "occasion"))


def placed(maps: Collection[Any]) -> dict[int, set[int]]:
    """Return the maps on which each touchpoint in use is placed, of these maps."""
    rows = TouchpointPlacement.objects.filter(step__stage__map__in=maps, touchpoint__archived_at=None)
    found: dict[int, set[int]] = defaultdict(set)
    for touchpoint_id, map_id in rows.values_list("touchpoint_id", "step__stage__map_id"):
        found[touchpoint_id].add(map_id)
    return dict(found)


def changes(
    maps: Collection[Any], actions: Collection[str], *, key: str, zone: tzinfo, now: datetime
) -> Iterator[tuple[int, list[AuditEntry]]]:
    """Yield what was done lately to touchpoints of maps: a map, and the entries of one touchpoint, the first first.

    Those that name `key`, since the map was made and its last review ended. Two queries.
    """
    where, by_id = placed(maps), {each.pk: each for each in maps}
    found = AuditEntry.objects.filter(subject_type="touchpoint", subject_id__in=list(where), action__in=actions)
    of: dict[tuple[int, int], list[AuditEntry]] = defaultdict(list)
    for entry in found.filter(at__gt=now - LOOKED_BACK, after__has_key=key).order_by("pk"):
        for map_id in where[entry.subject_id]:
            drawn = by_id[map_id]
            if entry.at > drawn.created_at and is_news(drawn, entry.at, zone):
                of[map_id, entry.subject_id].append(entry)
    for (map_id, _touchpoint), entries in of.items():
        yield map_id, entries


def sentence(drawn: Any, due_on: date) -> str:
    """Return what made a review due early, in one line; empty where it is due on its day."""
    return "; ".join(each.text for each in whys(drawn)) if is_early(drawn, due_on) else ""


def _why(told: dict[str, Any]) -> Why:
    trigger = TRIGGERS.get(told["trigger"])
    was_on = date.fromisoformat(told["was_on"]) if told["was_on"] else None
    return Why(say(told["trigger"], told["words"]), trigger.url_name if trigger else "", told["thing_id"], was_on)

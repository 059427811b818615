"""Status updates: the current ones, who may write one, and who is asked for one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from insights.models import Kpi, StatusUpdate
from insights.models.updates import ABOUT
from journeys.models import Map, Touchpoint, TouchpointPlacement
from orgs.models import Member
from orgs.queries import leads

Subject = Kpi | Touchpoint | Map


@dataclass(frozen=True)
class Answering:
    """Who answers for a thing: `asked` hear of a request, `may_write` may write an update. Member ids."""

    asked: Collection[int]
    may_write: Collection[int]


def rows(about: str) -> QuerySet[Any]:
    """The things of one kind, with what says who answers for them. A merged touchpoint speaks through the other."""
    if about == "kpi":
        names = ("source", "owner__user", "touchpoint", "stage__map", "map")
        return Kpi.objects.select_related(*names)
    if about == "touchpoint":
        return Touchpoint.objects.filter(merged_into=None).select_related("channel")
    return Map.objects.select_related("journey", "owner__user")


def about_of(subject: Subject) -> str:
    return str(subject._meta.model_name)


def answering(subjects: Iterable[Subject]) -> dict[int, Answering]:
    """Return who answers for each of these things of one kind; one query however many there are.

    A KPI's owner is asked first, else the leads of the department that accepted its touchpoint, else the steward.
    """
    found = list(subjects)
    touchpoints = [touchpoint for each in found if (touchpoint := _touchpoint(each))]
    led = leads.of_departments(touchpoint.owning_department_id for touchpoint in touchpoints)
    return {each.pk: _answering(each, led) for each in found}


def sponsored(member: Member, subjects: Iterable[Subject]) -> set[int]:
    """Return the ids of those of the things of one kind that are, or stand on, a map the member sponsors.

    Two queries, however many there are.
    """
    found = list(subjects)
    if all(isinstance(each, Map) for each in found):
        return {each.pk for each in found if isinstance(each, Map) and each.sponsor_id == member.pk}
    maps = set(Map.objects.current().filter(sponsor=member).values_list("pk", flat=True))  # type: ignore[attr-defined]
    if not maps:
        return set()
    touchpoints = {touchpoint.pk for each in found if (touchpoint := _touchpoint(each))}
    placed = TouchpointPlacement.objects.filter(touchpoint__in=touchpoints, step__stage__map__in=maps)
    on_maps = set(placed.values_list("touchpoint", flat=True))
    return {each.pk for each in found if _stands_on(each, maps, on_maps)}


def current(about: str, ids: Collection[int]) -> dict[int, StatusUpdate]:
    """Return the newest update about each of these things, in one query."""
    column = f"{about}_id"
    found = StatusUpdate.objects.filter(**{f"{column}__in": list(ids)}).select_related("by__user")
    newest = found.order_by(column, "-at", "-id").distinct(column)
    return {getattr(each, column): each for each in newest}


def of(subject: Subject) -> QuerySet[StatusUpdate]:
    """All updates about a thing, the newest first."""
    return StatusUpdate.objects.filter(**{about_of(subject): subject}).select_related("by__user").order_by("-at", "-pk")


def answered_by(member: Member, prefix: str = "") -> Q:
    """The condition on KPIs that the member answers for. `prefix` leads to the KPI, such as "kpi__"."""
    return (
        Q(**{f"{prefix}owner": member})
        | touchpoints_of(member, f"{prefix}touchpoint__")
        | Q(**{f"{prefix}map__owner": member})
        | Q(**{f"{prefix}stage__map__owner": member})
    )


def touchpoints_of(member: Member, prefix: str = "") -> Q:
    """The condition on touchpoints that the member answers for, as lead or as steward."""
    led = leads.roles().filter(member=member).values("department")
    accepted = Q(
        **{
            f"{prefix}accountability": Touchpoint.Accountability.ACCEPTED,
            f"{prefix}accountable_department__in": led,
        }
    )
    return accepted | Q(**{f"{prefix}steward": member})


def led_by_somebody(prefix: str) -> Exists:
    """The condition that somebody leads the department that accepted the touchpoint."""
    department = OuterRef(f"{prefix}accountable_department")
    return Exists(leads.roles().filter(department=department))


def about_any(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Updates or requests with what names the thing they are about."""
    names = ("kpi__touchpoint", "kpi__stage__map", "kpi__map", "touchpoint", "map")
    found: QuerySet[Any] = rows.select_related(
        *names, *(f"{each}__owner__user" for each in ABOUT if each != "touchpoint")
    )
    return found


def _answering(subject: Subject, led: dict[int | None, list[int]]) -> Answering:
    """The first of these who are somebody are asked; all of them may write."""
    touchpoint, drawn = _touchpoint(subject), _map(subject)
    own = [subject.owner_id] if isinstance(subject, Kpi) else []
    leading = led[touchpoint.owning_department_id] if touchpoint else []
    steward = [touchpoint.steward_id] if touchpoint else []
    ranks = [[pk for pk in each if pk] for each in (own, leading, steward, [drawn.owner_id] if drawn else [])]
    return Answering(next(filter(None, ranks), []), {pk for each in ranks for pk in each})


def _touchpoint(subject: Subject) -> Touchpoint | None:
    return subject if isinstance(subject, Touchpoint) else getattr(subject, "touchpoint", None)


def _map(subject: Subject) -> Map | None:
    if isinstance(subject, Kpi):
        return subject.map or (subject.stage.map if subject.stage else None)
    return subject if isinstance(subject, Map) else None


def _stands_on(subject: Subject, maps: set[int], touchpoints: set[int]) -> bool:
    drawn, touchpoint = _map(subject), _touchpoint(subject)
    return bool((drawn and drawn.pk in maps) or (touchpoint and touchpoint.pk in touchpoints))

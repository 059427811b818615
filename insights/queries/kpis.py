"""KPIs with what pages say of them, in the order people read measures."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from insights.measures.registry import MEASURES
from insights.models import Kpi

OUTCOMES = [slug for slug, each in MEASURES.items() if each.is_outcome]
ORDER = {slug: position for position, slug in enumerate(MEASURES)}


def whole() -> QuerySet[Kpi]:
    """KPIs with source, owner, who certified or chose them, what they are about, and whether another one counts."""
    people = ("owner__user", "certified_by__user", "official_by__user")
    found = Kpi.objects.select_related("source", *people, "touchpoint", "stage__map", "map")
    return found.annotate(is_outvoted=outvoted())


def rivals(kpi: Kpi) -> QuerySet[Kpi]:
    """The same number about the same thing from other sources."""
    return whole().filter(same(kpi)).exclude(pk=kpi.pk).order_by("pk")


def same(kpi: Kpi) -> Q:
    """The condition on KPIs that say the same number, whatever their source; the KPI itself is among them."""
    about = {"touchpoint": kpi.touchpoint_id, "stage": kpi.stage_id, "map": kpi.map_id}
    return Q(measure=kpi.measure, name=kpi.name, **about)


def outvoted() -> Exists:
    """The condition on KPIs that another source of the same number was made the official one."""
    about_all = Q(touchpoint=None, stage=None, map=None)
    for each in ("touchpoint", "stage", "map"):
        about_all &= Q(IsNull(OuterRef(each), True))
    about = Q(touchpoint=OuterRef("touchpoint")) | Q(stage=OuterRef("stage")) | Q(map=OuterRef("map")) | about_all
    same_number = Kpi.objects.filter(about, measure=OuterRef("measure"), name=OuterRef("name"))
    return Exists(same_number.filter(is_official=True).exclude(pk=OuterRef("pk")))


def outcomes() -> Q:
    """The condition on KPIs that set health: by their own word, or else by their measure's."""
    return Q(is_outcome=True) | Q(is_outcome=None, measure__in=OUTCOMES)


def of_touchpoints(touchpoint_ids: Iterable[int]) -> dict[int, list[Kpi]]:
    """Return the KPIs per touchpoint id with their source and owner, in one query.

    Of several sources of one number the official one comes first.
    """
    return by_touchpoint(about_touchpoints(touchpoint_ids))


def about_touchpoints(touchpoint_ids: Iterable[int]) -> QuerySet[Kpi]:
    """Their KPIs with source and owner, those that another source outvotes last."""
    found = Kpi.objects.filter(touchpoint_id__in=list(touchpoint_ids))
    people = ("owner__user", "certified_by__user")
    return found.select_related("source", *people).annotate(is_outvoted=outvoted()).order_by("is_outvoted", "id")


def by_touchpoint(kpis: Iterable[Kpi]) -> dict[int, list[Kpi]]:
    """Put the KPIs to their touchpoints, each in the order people read measures."""
    found: dict[int, list[Kpi]] = defaultdict(list)
    for kpi in sorted(kpis, key=lambda kpi: ORDER.get(kpi.measure, len(ORDER))):
        found[kpi.touchpoint_id].append(kpi)
    return found

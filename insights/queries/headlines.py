"""Which KPIs stand at the head of the Overview. The official source of a number takes the place of another one."""

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from insights.models import HeadlineKpi, Kpi
from orgs.models import Member

ABOUT = ("touchpoint", "stage", "map")


def position(whose: Member | None) -> Coalesce:
    """A KPI's place among the headlines of everybody (None) or of a member, its own or inherited; null without one."""
    held = HeadlineKpi.objects.filter(member=whose)
    own = Subquery(held.filter(kpi=OuterRef("pk")).values("position")[:1])
    return Coalesce(own, Case(When(is_official=True, then=Subquery(_rivals(held).values("position")[:1]))))


def stands_for(member: Member) -> Case:
    """The source of the chosen number in whose place a KPI stands; null where it was chosen itself, or nothing was."""
    held = HeadlineKpi.objects.filter(Q(member=None) | Q(member=member))
    inherits = Q(is_official=True) & ~Exists(held.filter(kpi=OuterRef("pk")))
    name = Subquery(_rivals(held).values("kpi__source__name")[:1])
    return Case(When(inherits, then=name), default=None, output_field=CharField())


def chosen(whose: Member | None) -> list[int]:
    """Return the ids of the KPIs that stand there, in order: of an outvoted number the official one."""
    officials = Kpi.objects.filter(_same(""), is_official=True).exclude(pk=OuterRef("kpi"))
    held = HeadlineKpi.objects.filter(member=whose).annotate(
        shown=Coalesce(Subquery(officials.values("pk")[:1]), F("kpi"))
    )
    return list(dict.fromkeys(held.order_by("position", "pk").values_list("shown", flat=True)))


def _rivals(held: QuerySet[HeadlineKpi]) -> QuerySet[HeadlineKpi]:
    """The chosen among the other sources of the same number."""
    return held.filter(_same("kpi__")).exclude(kpi=OuterRef("pk")).order_by("position")


def _same(here: str) -> Q:
    """The condition that a KPI reached by `here` is the same number about the same thing as the one outside."""
    there = "" if here else "kpi__"
    of_none: Any = Q(**{f"{here}{each}": None for each in ABOUT})
    about = Q()
    for each in ABOUT:
        of_none &= Q(IsNull(OuterRef(f"{there}{each}"), True))
        about |= Q(**{f"{here}{each}": OuterRef(f"{there}{each}")})
    names = {f"{here}{each}": OuterRef(f"{there}{each}") for each in ("measure", "name")}
    return Q(about | of_none, **names)

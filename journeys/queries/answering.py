"""Which departments answer for what a change leads to, and who leads them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from journeys.models import Touchpoint
from journeys.queries.impact import Impact
from orgs.models import Department, Member
from orgs.queries import leads


@dataclass(frozen=True)
class Answering:
    """A department, or nobody (None), with its touchpoints, those that change before those that follow."""

    department: Department | None
    leads: Sequence[Member]
    touchpoints: Sequence[Touchpoint]
    away: int
    """How many steps the nearest of them is away; 0 where one of them changes itself."""


def of(found: Impact) -> list[Answering]:
    """Return who answers for what changes and what follows, the nearest first. One query, however many.

    A department that is archived or has no people answers for nothing, as everywhere.
    """
    held: dict[int | None, list[Touchpoint]] = defaultdict(list)
    for each in sorted(found.touchpoints.values(), key=lambda each: found.away[each.pk]):
        held[None if each.why else each.owning_department_id].append(each)  # type: ignore[attr-defined]
    people = _leads(pk for pk in held if pk)
    rows = [
        Answering(each[0].accountable_department if pk else None, people[pk or 0], each, found.away[each[0].pk])
        for pk, each in held.items()
    ]
    return sorted(rows, key=lambda row: (row.away, row.department is None, str(row.department)))


def _leads(departments: Iterable[int]) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = defaultdict(list)
    rows = leads.roles().filter(department__in=list(departments)).select_related("member__user")
    for role in rows.order_by("member__user__name", "member"):
        found[role.department_id or 0].append(role.member)
    return found

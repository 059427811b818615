"""What the ownership matrix shows: its columns, its rows by phase and stage, and what one cell says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.models import Involvement, Touchpoint
from journeys.queries import involvements
from journeys.queries.involvements import GAPS, NO_OWNER, NO_WORKER, Filters, Load
from orgs import access
from orgs.models import Department
from orgs.permissions import Permission

NO_LOAD = Load()


@dataclass(frozen=True)
class Column:
    """A department, who leads it, whether the reader edits it, and what stands on it."""

    department: Department
    leads: Sequence[str]
    may_edit: bool
    load: Load

    @property
    def lead(self) -> str:
        return ", ".join(self.leads) or _("No lead")

    @property
    def load_words(self) -> str:
        told = self.load
        parts = (
            _("accountable for %(n)d") % {"n": told.accepted},
            _("responsible for %(n)d") % {"n": told.responsible},
            _("consulted on %(n)d") % {"n": told.consulted},
            _("informed of %(n)d") % {"n": told.informed},
        )
        return ", ".join(parts)


@dataclass(frozen=True)
class Row:
    """What is known of one touchpoint of the page."""

    touchpoint: Touchpoint
    roles: Mapping[int, str]

    @property
    def gaps(self) -> list[str]:
        found = [NO_OWNER] if self.touchpoint.is_unowned else []  # type: ignore[attr-defined]
        found += [] if Involvement.Role.RESPONSIBLE in self.roles.values() else [NO_WORKER]
        return [str(GAPS[key]) for key in found]


def columns(request: HttpRequest, departments: Sequence[Department], loads: Mapping[int, Load]) -> list[Column]:
    """Return a column per department, as many queries for twenty as for one."""
    leads = involvements.leads_by_department()
    return [
        Column(each, leads.get(each.pk, ()), may_edit(request, each), loads.get(each.pk, NO_LOAD))
        for each in departments
    ]


def may_edit(request: HttpRequest, department: Department) -> bool:
    column = Involvement(department=department)
    return access.may(request.member, Permission.INVOLVEMENT_EDIT, column)  # type: ignore[attr-defined]


def rows(ids: Sequence[int]) -> dict[int, Row]:
    """Return the rows of a page in two queries."""
    found = involvements.whole(ids)
    roles: dict[int, dict[int, str]] = {}
    for (touchpoint, department), role in involvements.roles_at(ids).items():
        roles.setdefault(touchpoint, {})[department] = role
    return {pk: Row(found[pk], roles.get(pk, {})) for pk in ids if pk in found}


def cell(request: HttpRequest, row: Row, column: Column) -> dict[str, Any]:
    """Return one cell: its letters, each with its word and the person behind it."""
    touchpoint, department = row.touchpoint, column.department
    marks, role = _answering(row, column), row.roles.get(department.pk, "")
    if role:
        marks.append({"letter": role, "word": Involvement.Role(role).label, "who": column.lead, "tone": role})
    args = [request.workspace.slug, touchpoint.pk, department.pk]  # type: ignore[attr-defined]
    return {
        "id": f"role-{touchpoint.pk}-{department.pk}",
        "marks": marks,
        "role": role,
        "department": department.name,
        "touchpoint": touchpoint.name,
        "url": reverse("involvement", args=args) if column.may_edit else "",
    }


def _answering(row: Row, column: Column) -> list[dict[str, str]]:
    """Say whether the department is accountable, or is asked to be."""
    touchpoint, pk = row.touchpoint, column.department.pk
    who = column.lead
    if touchpoint.steward_id and touchpoint.owning_department_id == pk:
        who = _("%(lead)s. Steward: %(steward)s") % {"lead": who, "steward": touchpoint.steward}
    if touchpoint.owning_department_id == pk:
        if touchpoint.is_unowned:  # type: ignore[attr-defined]
            return [{"letter": "A", "word": _("Accountable, but nobody is in it"), "who": who, "tone": "offered"}]
        return [{"letter": "A", "word": _("Accountable"), "who": who, "tone": "A"}]
    if touchpoint.offered_to == pk:  # type: ignore[attr-defined]
        return [{"letter": "A?", "word": _("Offered, not accepted yet"), "who": who, "tone": "offered"}]
    return []


def choices(role: str) -> list[dict[str, Any]]:
    """Return the roles that a cell can be given; the one that stands there is marked."""
    every = [*((value, label) for value, label in Involvement.Role.choices), ("", _("No role"))]
    return [
        {"value": value, "letter": value or "–", "label": label, "is_chosen": value == role} for value, label in every
    ]


def groups(
    request: HttpRequest, places: Sequence[tuple[int, int | None]], cols: Sequence[Column]
) -> list[dict[str, Any]]:
    """Return the page's rows under the phase and stage where each stands first."""
    found, stages = rows([pk for pk, _stage in places]), involvements.stages([stage for _pk, stage in places])
    made: list[dict[str, Any]] = []
    for pk, stage in places:
        if pk not in found:
            continue
        if not made or made[-1]["stage"] != stage:
            made.append({"stage": stage, "title": _title(stages.get(stage or 0)), "rows": []})
        row = found[pk]
        made[-1]["rows"].append(_shown(request, row, cols))
    return made


def _shown(request: HttpRequest, row: Row, cols: Sequence[Column]) -> dict[str, Any]:
    member = request.member  # type: ignore[attr-defined]
    return {
        "touchpoint": row.touchpoint,
        "gaps": row.gaps,
        "cells": [cell(request, row, column) for column in cols],
        "may_offer": row.touchpoint.is_unowned  # type: ignore[attr-defined]
        and row.touchpoint.offered_to is None  # type: ignore[attr-defined]
        and access.may(member, Permission.ACCOUNTABILITY_OFFER, row.touchpoint),
    }


def _title(stage: Any) -> dict[str, str]:
    if stage is None:
        return {"phase": _("On no current map"), "stage": ""}
    return {"phase": stage.phase.name, "stage": f"{stage.name} ({stage.map.title})"}


def gap_links(request: HttpRequest, filters: Filters, counts: Mapping[str, int], path: str) -> list[dict[str, Any]]:
    """Return each gap with its count and the way to its list; the one that is open leads back to all."""
    made = []
    for key, label in GAPS.items():
        query = request.GET.copy()
        query.pop("page", None)
        query.pop("gap", None)
        if filters.gap != key:
            query["gap"] = key
        is_open = filters.gap == key
        made.append({"label": label, "count": counts[key], "url": f"{path}?{query.urlencode()}", "is_open": is_open})
    return made

"""One cell of the ownership matrix: read, opened and changed in its place, or on a page of its own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.models import Involvement, Touchpoint
from journeys.queries import history, involvements, touchpoints
from journeys.services import involvements as giving
from journeys.views import ownership_parts as parts
from journeys.views.ownership import filters_of
from orgs import access
from orgs.models import Department
from orgs.permissions import Permission
from orgs.views.frames import url

ROLES = {"", *Involvement.Role.values}


@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each department does at one touchpoint, and how that came to be."""
    touchpoint = access.load(request, Touchpoint.objects.current(), pk, Permission.WORKSPACE_READ)
    row = parts.rows([touchpoint.pk])[touchpoint.pk]
    columns = parts.columns(request, list(touchpoints.departments()), {})
    context = {
        **_about(request, touchpoint),
        "cells": [parts.cell(request, row, column) for column in columns],
        "gaps": row.gaps,
        "lines": history.lines(touchpoint, list(involvements.history(touchpoint))),
    }
    return render(request, "journeys/involvements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@varies_on_htmx
def one(request: HttpRequest, pk: int, department: int) -> HttpResponse:
    """Open or change what one department does at a touchpoint."""
    touchpoint = access.load(request, Touchpoint.objects.current(), pk, Permission.WORKSPACE_READ)
    access.require(request, Permission.INVOLVEMENT_EDIT)
    column = Department.objects.filter(pk=department, archived_at=None).first()
    if column is None:
        raise Http404
    held = involvements.cell(touchpoint, column)
    access.require(request, Permission.INVOLVEMENT_EDIT, held)
    if request.method != "POST":
        if wants_fragment(request) and "show" in request.GET:
            return _cell(request, touchpoint, column)
        return _choice(request, touchpoint, column, held.role)
    role, seen = request.POST.get("value", ""), request.POST.get("seen", "")
    if "value" not in request.POST or role not in ROLES:
        return _choice(request, touchpoint, column, held.role, _("Choose one of the roles."), status=422)
    try:
        giving.put(touchpoint=touchpoint, department=column, role=role, seen=seen, by=request.member)  # type: ignore[attr-defined]
    except giving.ChangedMeanwhile as problem:
        return _choice(request, touchpoint, column, problem.stands, str(problem), status=409)
    if wants_fragment(request):
        return _cell(request, touchpoint, column, is_changed=True)
    messages.success(request, _("Saved."))
    return redirect(url(request, "involvements", touchpoint.pk))


def _choice(
    request: HttpRequest, touchpoint: Touchpoint, column: Department, role: str, problem: str = "", *, status: int = 200
) -> HttpResponse:
    context = {
        **_about(request, touchpoint),
        "column": column,
        "choices": parts.choices(role),
        "seen": role,
        "problem": problem,
        "url": url(request, "involvement", touchpoint.pk, column.pk),
        "cell_id": f"role-{touchpoint.pk}-{column.pk}",
        "is_in_place": wants_fragment(request),
    }
    template = "journeys/involvement.html"
    return render(request, f"{template}#choice" if wants_fragment(request) else template, context, status=status)


def _cell(
    request: HttpRequest, touchpoint: Touchpoint, column: Department, *, is_changed: bool = False
) -> HttpResponse:
    """Answer with the cell and, after a change, with the counts that moved, as the open page is filtered."""
    row = parts.rows([touchpoint.pk])[touchpoint.pk]
    filters, loads = None, {}
    if is_changed:
        asked = HttpRequest()
        asked.GET = QueryDict((request.htmx.current_url_abs_path or "").partition("?")[2])  # type: ignore[attr-defined]
        filters = filters_of(asked)
        loads = involvements.loads(involvements.listed(filters))
    column_shown = parts.columns(request, [column], loads)[0]
    context: dict[str, Any] = {"cell": parts.cell(request, row, column_shown), "is_changed": is_changed}
    if filters:
        counts = involvements.gap_counts(filters)
        links = parts.gap_links(asked, filters, counts, url(request, "ownership"))
        context |= {"column": column_shown, "counts": counts, "gaps": links, "row": row}
    return render(request, "journeys/ownership.html#changed", context)


def _about(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    crumbs = [{"label": _("Ownership"), "url": url(request, "ownership")}]
    return {"touchpoint": touchpoint, "crumbs": crumbs}

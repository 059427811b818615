"""How one journey stands: its phases, their stages and touchpoints, each with the part of the rule that decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from insights.panels import actions, came_from, looking, saved
from insights.panels.overview import links, shown
from insights.queries import health
from insights.queries.health import Board
from journeys.models import Journey
from orgs import access
from orgs.panels import saved_views as saved_views_panel
from orgs.permissions import Permission
from orgs.queries import saved_views


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the health of a journey's current-state maps, from phase down to KPI."""
    journey = access.load(request, Journey, pk, Permission.WORKSPACE_READ)
    today = looking.today_of(request)
    period = looking.asked_period(request, today)
    workspace = request.workspace  # type: ignore[attr-defined]
    board = health.of_journey(pk, workspace=workspace, today=today, period=period)
    context = {
        "journey": journey,
        "health": shown.health(board.journey(pk)),
        "phases": [_phase(request, board, pk, phase) for phase in board.places.phases],
        "maps": [{"label": str(each), "url": links.page(request, "map", each.pk)} for each in board.places.maps],
        "crumbs": [{"label": _("Overview"), "url": links.in_period(request, links.page(request, "overview"))}],
        "period": looking.latest_control(request, period, today),
        "saved": saved_views_panel.bar(
            request,
            "journey_health",
            saved_views.of_list("journey_health", request.member),  # type: ignore[attr-defined]
            asked=saved.asked(request, period),
            record=pk,
        ),
    }
    return render(request, "insights/journey_health.html", context)


def _phase(request: HttpRequest, board: Board, journey_id: int, phase: Any) -> dict[str, Any]:
    stages = [each for each in board.places.stages_of_journey(journey_id) if each.phase_id == phase.pk]
    found = board.phase(journey_id, phase.pk)
    return {
        "id": phase.pk,
        "name": phase.name,
        "health": shown.health(found) if found else None,
        "stages": [
            {
                "name": stage.name,
                "health": shown.health(board.stage(stage)),
                "touchpoints": [_touchpoint(request, board, each, stage) for each in board.places.of_stages([stage])],
            }
            for stage in stages
        ],
    }


def _touchpoint(request: HttpRequest, board: Board, pk: int, stage: Any) -> dict[str, Any]:
    touchpoint, found = board.judged.touchpoints[pk], board.touchpoint(pk)
    kpi_url = came_from.with_from(links.kpi(request, found.worst.kpi), "stage", stage.pk) if found.worst else ""
    about, about_pk = ("kpi", found.worst.kpi.pk) if found.worst else ("touchpoint", pk)
    return {
        "name": touchpoint.name,
        "key": f"{about}-{about_pk}",
        "act_url": actions.url(request, about, about_pk),
        "is_moment_of_truth": touchpoint.is_moment_of_truth,
        "url": links.in_period(request, links.page(request, "touchpoint", pk)),
        "health": shown.health(found, kpi_url),
        "value": shown.value(found.worst) if found.worst else "",
        "period": found.worst.now.period.label if found.worst else "",
        "owner": shown.answering(touchpoint),
    }

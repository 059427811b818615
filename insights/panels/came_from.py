"""Where one came from on the way down: `?from=stage-12` keeps the journey or stage, or the KPI, in the way back.

It names a record, never an address; one that the member does not see counts as not given.
"""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from insights.models import Kpi
from insights.panels import subjects
from insights.panels.looking import kept
from journeys.models import Journey, Map, Stage
from orgs import access
from orgs.permissions import Permission

NAMED = re.compile(r"(journey|stage|map|kpi)-([1-9][0-9]{0,17})", re.ASCII)
Crumbs = list[dict[str, str]]


def crumbs(request: HttpRequest) -> Crumbs:
    """Return the way back to what the address names, from the top; empty where it names nothing that is seen."""
    named = NAMED.fullmatch(request.GET.get("from", ""))
    if not named or not access.may(request.member, Permission.WORKSPACE_READ):  # type: ignore[attr-defined]
        return []
    rows, way = KINDS[named[1]]
    found = rows().filter(pk=int(named[2])).first()
    return way(request, found) if found else []


def with_from(url: str, kind: str, pk: int) -> str:
    """Return the address of a page that is to know where one came from."""
    path, hash_, anchor = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}from={kind}-{pk}{hash_}{anchor}"


def taken_along(request: HttpRequest, url: str) -> str:
    """Return the address with what this page knows of where one came from."""
    named = NAMED.fullmatch(request.GET.get("from", ""))
    return with_from(url, named[1], int(named[2])) if named else url


def _journey(request: HttpRequest, journey: Journey) -> Crumbs:
    slug, query = request.workspace.slug, kept(request)  # type: ignore[attr-defined]
    top = {"label": _("Overview"), "url": reverse("overview", args=[slug]) + query}
    return [top, {"label": str(journey), "url": reverse("journey_health", args=[slug, journey.pk]) + query}]


def _stage(request: HttpRequest, stage: Stage) -> Crumbs:
    way = _journey(request, stage.map.journey)
    return [*way, {"label": stage.name, "url": f"{way[-1]['url']}#phase-{stage.phase_id}"}]


def _map(request: HttpRequest, drawn: Map) -> Crumbs:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    top = {"label": _("Journeys"), "url": reverse("journeys", args=[slug])}
    return [top, {"label": str(drawn), "url": subjects.url(slug, drawn) + kept(request)}]


def _kpi(request: HttpRequest, kpi: Kpi) -> Crumbs:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    page = {"label": subjects.name(kpi), "url": subjects.url(slug, kpi) + kept(request)}
    readings = reverse("kpi_readings", args=[slug, kpi.pk]) + kept(request)
    return [page, {"label": _("Readings"), "url": readings}]


KINDS: dict[str, tuple[Callable[[], Any], Callable[[HttpRequest, Any], Crumbs]]] = {
    "journey": (lambda: Journey.objects.all(), _journey),
    "stage": (lambda: Stage.objects.select_related("map__journey"), _stage),
    "map": (lambda: Map.objects.all(), _map),
    "kpi": (lambda: Kpi.objects.select_related("touchpoint", "stage", "map"), _kpi),
}

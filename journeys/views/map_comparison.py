"""Two versions of a map side by side, or one and the map as it is."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from journeys.models import Map, MapVersion
from journeys.queries import comparisons, documents, maps
from journeys.views import compared
from journeys.views.map_cell_parts import may_edit
from orgs import access
from orgs.permissions import Permission

DRAFT = "draft"


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare what the address names: `from` and `to` are numbers of versions, or the map as it is."""
    drawn = access.load(request, maps.one(), pk, Permission.WORKSPACE_READ)
    return page(request, drawn, asked(request, "from"), asked(request, "to"))


def page(request: HttpRequest, drawn: Map, wanted_from: str, wanted_to: str, refused: str = "") -> HttpResponse:
    """Answer with the comparison; `refused` says why something was not done."""
    known = list(MapVersion.objects.filter(map=drawn).defer("document"))
    numbers = [str(version.number) for version in known]
    ends = [wanted_from or (numbers or [DRAFT])[0], wanted_to or DRAFT]
    missing = [end for end in ends if end not in {DRAFT, *numbers}]
    context = {
        "map": drawn,
        "crumbs": _crumbs(request, drawn),
        "options": [{"value": DRAFT, "label": _("The map as it is")}, *(_option(request, one) for one in known)],
        "notice": _notice(refused, missing),
        "is_whole": asked(request, "rows") == "all",
    }
    status = 404 if missing else 409 if refused else 200
    if not missing:
        now = documents.document(drawn)
        sides = dict.fromkeys([DRAFT], now) | _documents(drawn, ends)
        context |= {"from": ends[0], "to": ends[1]}
        context |= _compared(request, drawn, ends, [sides[end] for end in ends], context["is_whole"])
        if may_edit(request, drawn):
            context |= {"draft": documents.sha256(now), "restorable": _restorable(known, ends)}
    return render(request, "journeys/map_comparison.html", context, status=status)


def _compared(
    request: HttpRequest, drawn: Map, ends: list[str], sides: list[dict[str, Any]], is_whole: bool
) -> dict[str, Any]:
    found = comparisons.compare(*sides)
    here = reverse("map_comparison", args=[request.workspace.slug, drawn.pk])  # type: ignore[attr-defined]
    changed = f"{here}?{urlencode({'from': ends[0], 'to': ends[1]})}"
    return {
        "counts": compared.counts(found),
        "groups": compared.groups(found),
        "grid": compared.grid(found, drawn.title, is_whole=is_whole),
        "switches": [
            {"label": _("Changed rows"), "url": changed, "is_current": not is_whole},
            {"label": _("All rows"), "url": f"{changed}&rows=all", "is_current": is_whole},
        ],
    }


def _documents(drawn: Map, ends: list[str]) -> dict[str, dict[str, Any]]:
    wanted = [int(end) for end in ends if end != DRAFT]
    found = MapVersion.objects.filter(map=drawn, number__in=wanted).values_list("number", "document")
    return {str(number): document for number, document in found}


def _restorable(known: list[MapVersion], ends: list[str]) -> MapVersion | None:
    """The version that stands beside the map as it is."""
    if DRAFT not in ends:
        return None
    return next((version for version in known if str(version.number) in ends), None)


def _option(request: HttpRequest, version: MapVersion) -> dict[str, str]:
    label = _("Version %(n)d") % {"n": version.number}
    day = version.at.astimezone(request.workspace.tzinfo)  # type: ignore[attr-defined]
    parts = (label, _("Major") if version.is_major else "", date_format(day, "j M Y"), version.note[:60])
    return {"value": str(version.number), "label": " · ".join(filter(None, parts))}


def _notice(refused: str, missing: list[str]) -> dict[str, str] | None:
    if missing:
        text = _("This map has no version “%(n)s”. Choose two that it has.") % {"n": missing[0][:20]}
        return {"tone": "error", "title": text}
    return {"tone": "warning", "title": refused} if refused else None


def _crumbs(request: HttpRequest, drawn: Map) -> list[dict[str, str]]:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return [
        {"label": _("Journeys"), "url": reverse("journeys", args=[slug])},
        {"label": drawn.title, "url": reverse("map", args=[slug, drawn.pk])},
        {"label": _("Versions"), "url": reverse("map_versions", args=[slug, drawn.pk])},
    ]

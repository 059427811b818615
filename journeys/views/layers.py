"""The atlas by dimension: a band each, with its maps, how they stand, what leads to other bands, what is missing."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from journeys.models import Map
from journeys.queries import abouts, layers
from journeys.queries.layers import Layer, Lead
from journeys.registry import LAYER_COLUMNS, MAP_COLUMNS, MapColumn, Said
from journeys.views import map_audience
from orgs import access
from orgs.permissions import Permission

MOST = 12
MEANT = {
    Map.Dimension.CUSTOMER_BUSINESS: gettext_lazy("What the customer wants to get done, with or without us."),
    Map.Dimension.CUSTOMER_ENGAGEMENT: gettext_lazy("Where and how customers meet us on the way."),
    Map.Dimension.INTERNAL_BUSINESS: gettext_lazy("What we do so that it works."),
    Map.Dimension.PRODUCT_AND_SERVICE: gettext_lazy("How what we sell is got, used, and kept running."),
}
Told = list[tuple[MapColumn, dict[int, Said]]]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the maps in use as layers, a dimension each."""
    access.require(request, Permission.WORKSPACE_READ)
    found = layers.every()
    ids = [drawn.pk for layer in found for drawn in layer.maps]
    columns = [*MAP_COLUMNS, *LAYER_COLUMNS]
    told: Told = [(column, dict(column.load(request, ids)) if ids else {}) for column in columns]
    journeys = reverse("journeys", args=[request.workspace.slug])  # type: ignore[attr-defined]
    context = {
        "crumbs": [{"label": _("Journeys"), "url": journeys}],
        "shapes": [
            {"label": _("List"), "url": f"{journeys}?view=none", "is_current": False},
            {"label": _("Tree"), "url": f"{journeys}?as=tree", "is_current": False},
            {"label": _("Layers"), "url": request.path, "is_current": True},
        ],
        "headers": [column.label for column in columns],
        "layers": [_band(request, layer, told, journeys) for layer in found],
    }
    return render(request, "journeys/layers.html", context)


def _band(request: HttpRequest, layer: Layer, told: Told, journeys: str) -> dict[str, Any]:
    is_named, slug = layer.key != abouts.NONE, request.workspace.slug  # type: ignore[attr-defined]
    audience = map_audience.OF_DIMENSION.get(layer.key, map_audience.TEAM)
    query = f"?dimension={layer.key}"
    return {
        "key": layer.key,
        "name": Map.Dimension(layer.key).label if is_named else _("No dimension said"),
        "meant": MEANT[Map.Dimension(layer.key)] if is_named else _("Say it in the details of the map."),
        "view": map_audience.NAMES[audience] if is_named else "",
        "counts": _counts(layer),
        "tallies": [tally for column, said in told if (tally := _tally(layer, column, said))],
        "rows": [_row(slug, drawn, told, audience if is_named else "") for drawn in layer.maps[:MOST]],
        "more": max(0, len(layer.maps) - MOST),
        "list_url": f"{journeys}{query}",
        "tree_url": f"{journeys}{query}&as=tree",
        "leads": [_lead(slug, lead) for lead in layer.leads_out],
        "gaps": _gaps(layer) if is_named else [],
        "new_url": _new_url(request, layer),
    }


def _counts(layer: Layer) -> str:
    journeys = ngettext("%(n)d journey", "%(n)d journeys", layer.journeys) % {"n": layer.journeys}
    maps = ngettext("%(n)d map", "%(n)d maps", len(layer.maps)) % {"n": len(layer.maps)}
    return f"{journeys} · {maps}"


def _tally(layer: Layer, column: MapColumn, said: dict[int, Said]) -> dict[str, Any] | None:
    """How many of its maps are in each state of a column, the worst first."""
    held = sorted((said[each.pk] for each in layer.maps if each.pk in said), key=lambda each: each.place[:1])
    counts = Counter((each.status, str(dict(column.choices).get(each.value, each.word))) for each in held)
    chips = [{"status": status, "word": f"{count} {word.lower()}"} for (status, word), count in counts.items()]
    return {"label": column.label, "chips": chips} if chips else None


def _row(slug: str, drawn: Map, told: Told, audience: str) -> dict[str, Any]:
    url = reverse("map", args=[slug, drawn.pk])
    return {
        "map": drawn,
        "url": f"{url}?audience={audience}" if audience else url,
        "cells": [{"label": column.label, "said": said.get(drawn.pk)} for column, said in told],
    }


def _lead(slug: str, lead: Lead) -> dict[str, Any]:
    return {
        "above": lead.above.title,
        "above_url": reverse("map", args=[slug, lead.above.pk]),
        "step": lead.step.name,
        "below": lead.below.title,
        "below_url": reverse("map", args=[slug, lead.below.pk]),
        "layer": lead.below.get_dimension_display(),
    }


def _gaps(layer: Layer) -> list[str]:
    """What is missing in it, each in a sentence."""
    if not layer.maps:
        return [_("No journey here yet.")]
    found = [] if layer.has_current else [_("No map here shows the current state.")]
    empty = sum(not each.touchpoint_count for each in layer.maps)  # type: ignore[attr-defined]
    if empty:
        words = ngettext("%(n)d map places no touchpoint.", "%(n)d maps place no touchpoint.", empty)
        found.append(words % {"n": empty})
    if not layer.leads_in and not layer.leads_out:
        found.append(_("No step leads from here to another layer, or from one to here."))
    return found


def _new_url(request: HttpRequest, layer: Layer) -> str:
    """The way to a first journey of an empty layer, for those who may take it."""
    if layer.maps or not access.may(request.member, Permission.MAP_EDIT):  # type: ignore[attr-defined]
        return ""
    return reverse("journey_new", args=[request.workspace.slug])  # type: ignore[attr-defined]

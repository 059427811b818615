"""What depends on a change, in words: how far away, on which maps, whose it is."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.queries.answering import Answering
from journeys.queries.impact import Drawn, Impact, Reached
from journeys.registry import MAP_COLUMNS

NAMED = 2
MAPS = 20


def away(steps: int) -> str:
    """Return "1 step later"; 0 steps is where something changes."""
    return ngettext("%(n)d step later", "%(n)d steps later", steps) % {"n": steps} if steps else _("Here")


def row(found: Impact, reached: Reached) -> dict[str, Any]:
    """Return one touchpoint that customers come to."""
    touchpoint, maps = reached.touchpoint, reached.maps
    is_source = any(each.pk == touchpoint.pk for each in found.sources)
    return {
        "touchpoint": touchpoint,
        "away": away(reached.away),
        "is_back": is_source,
        "owner": "" if touchpoint.why else str(touchpoint.accountable_department),  # type: ignore[attr-defined]
        "map": maps[0],
        "more_maps": len(maps) - 1,
    }


def maps(request: HttpRequest, found: Impact) -> list[dict[str, Any]]:
    """Return the maps on which it stands, each with what higher apps say of maps, such as health and sign-off."""
    shown = found.stands_on[:MAPS]
    ids = [each.map.pk for each in shown]
    said = [(column.label, column.load(request, ids)) for column in MAP_COLUMNS] if ids else []
    return [
        {**_map(each), "cells": [{"label": label, "said": told.get(each.map.pk)} for label, told in said]}
        for each in shown
    ]


def department(held: Answering) -> dict[str, Any]:
    """Return who answers for how much of it."""
    count = len(held.touchpoints)
    return {
        "name": str(held.department) if held.department else "",
        "leads": ", ".join(str(each) for each in held.leads),
        "count": ngettext("%(n)d touchpoint", "%(n)d touchpoints", count) % {"n": count},
        "named": [each.name for each in held.touchpoints[:NAMED]],
        "more": max(0, count - NAMED),
        "away": away(held.away),
    }


def _map(drawn: Drawn) -> dict[str, Any]:
    count = len({one.pk for step in drawn.come_to for one in step.touchpoints})
    return {
        "map": drawn.map,
        "steps": " · ".join(step.name for step in drawn.starts[:NAMED]),
        "more_steps": max(0, len(drawn.starts) - NAMED),
        "above": ", ".join(each["title"] for each in drawn.map.told_parents),  # type: ignore[attr-defined]
        "count": count,
    }

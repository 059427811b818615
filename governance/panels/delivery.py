"""How far a touchpoint is, and what went live there, on its page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Release
from governance.panels.expectations import may_write
from governance.queries import releases
from journeys.models import Touchpoint
from journeys.queries import design_status
from journeys.registry import Panel

SHOWN = 5
HISTORY = {
    "touchpoint.note_release": gettext_lazy("%(who)s noted the release %(release)s"),
    "touchpoint.correct_release": gettext_lazy("%(who)s corrected the release %(release)s"),
    "touchpoint.remove_release": gettext_lazy("%(who)s removed the release %(release)s"),
}


def new_url(request: HttpRequest, touchpoint: Touchpoint) -> str:
    """Return where the person notes a release; empty for those who may not."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return reverse("release_new", args=[slug, touchpoint.pk]) if may_write(request, touchpoint) else ""


def load(request: HttpRequest, touchpoint: Touchpoint) -> Mapping[str, Any]:
    """Return since when it has had each design status, and its newest releases."""
    workspace = request.workspace  # type: ignore[attr-defined]
    found = list(releases.of(touchpoint)[: SHOWN + 1])
    return {
        "spells": design_status.spells(touchpoint, zone=workspace.tzinfo),
        "releases": rows(request, touchpoint, found[:SHOWN]),
        "new_url": new_url(request, touchpoint),
        "all_url": reverse("releases", args=[workspace.slug, touchpoint.pk]) if len(found) > SHOWN else "",
    }


def rows(request: HttpRequest, touchpoint: Touchpoint, found: list[Release]) -> list[dict[str, Any]]:
    """Return releases of a touchpoint as lists show them."""
    slug = request.workspace.slug if may_write(request, touchpoint) else ""  # type: ignore[attr-defined]
    return [_row(each) | {"url": reverse("release", args=[slug, each.pk]) if slug else ""} for each in found]


def _row(each: Release) -> dict[str, Any]:
    told = {"who": each.by, "key": each.origin}
    by = _("%(who)s, by %(key)s") % told if each.origin else str(each.by)
    return {"name": each.name, "at": each.released_at, "text": each.text, "link": each.link, "by": by}


PANEL = Panel("delivery", "governance/_touchpoint_delivery.html", 64, load)

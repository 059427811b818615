"""Whether the sponsor signed a map off, and whether that still holds: a column of lists of maps."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.queries import due, endorsements, reviews
from journeys.models import Map
from journeys.registry import MapColumn, Said

SIGNED, CHANGED, LAPSED, NONE = "signed", "changed", "lapsed", "none"
CHOICES = {
    NONE: gettext_lazy("Not signed off"),
    LAPSED: gettext_lazy("Signed off before a major change"),
    CHANGED: gettext_lazy("Changed since sign-off"),
    SIGNED: gettext_lazy("Signed off"),
}
"""The one that most asks for somebody first."""

MARKS = {NONE: "no_data", LAPSED: "watch", CHANGED: "watch", SIGNED: "on_target"}


def load(request: HttpRequest, map_ids: Collection[int]) -> dict[int, Said]:
    """Return how those of the maps that are reviewed are signed off. One query, however many."""
    carried = {name: make() for name, make in endorsements.CARRIED.items()}
    found = Map.objects.filter(pk__in=map_ids).defer("search_text").annotate(**carried)
    return {each.pk: said(request, each) for each in found if reviews.is_reviewed(each)}


def said(request: HttpRequest, drawn: Any) -> Said:
    """Return it of a map that carries endorsements.CARRIED."""
    workspace, last = request.workspace, endorsements.signed(drawn)  # type: ignore[attr-defined]
    value, detail = NONE, ""
    if last:
        day = due.day(last.at.astimezone(workspace.tzinfo).date())
        detail = _("%(name)s, %(day)s") % {"name": last.name, "day": day}
        value = LAPSED if not last.is_carried else CHANGED if last.has_changed else SIGNED
    url = reverse("map_review", args=[workspace.slug, drawn.pk])
    place = (list(CHOICES).index(value),)
    return Said(value, place, MARKS[value], str(CHOICES[value]), detail, url, is_quiet=value in {SIGNED, NONE})


COLUMN = MapColumn("signed", gettext_lazy("Sign-off"), gettext_lazy("Who, when"), list(CHOICES.items()), load=load)

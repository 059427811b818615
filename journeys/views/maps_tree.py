"""The list of maps as a tree: what a map's steps lead to stands below it, indented."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cxhub.web.asked import asked
from journeys.models import Map
from journeys.queries import drilldowns
from journeys.queries.drilldowns import Branch

TREE = "tree"


def laid(request: HttpRequest, rows: QuerySet[Map]) -> tuple[QuerySet[Map], Mapping[int, Branch]]:
    """Return the maps in the order of the tree where it is asked for, with where each stands; siblings keep theirs."""
    if asked(request, "as") != TREE:
        return rows, {}
    branches = drilldowns.tree(dict(rows.values_list("pk", "title")))
    in_order = Value(list(branches), ArrayField(BigIntegerField()))
    place = Func(in_order, F("pk"), function="array_position", output_field=IntegerField())
    return rows.annotate(tree_place=place).order_by("tree_place", "pk"), branches


def switch(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the links to the list and the tree, where the rest of the address stays, and to the layers."""
    is_tree = asked(request, "as") == TREE
    found = []
    for label, value in ((_("List"), ""), (_("Tree"), TREE)):
        query = request.GET.copy()
        for name in ("as", "page"):
            query.pop(name, None)
        if value:
            query["as"] = value
        found.append({"label": label, "url": f"?{query.urlencode()}", "is_current": bool(value) == is_tree})
    layers = reverse("journey_layers", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return [*found, {"label": _("Layers"), "url": layers, "is_current": False}]

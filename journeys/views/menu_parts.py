"""What the menus of a map are made of, and how one is answered: as a popover, or as a page without scripts."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cxhub.web.htmx import wants_fragment
from journeys.models import Map


def answer(request: HttpRequest, drawn: Map, menu: dict[str, Any]) -> HttpResponse:
    """Show a menu of a map."""
    crumbs = [{"label": drawn.title, "url": url_of(request, "map", drawn.pk)}]
    context = {"of_head": {**menu, "version": drawn.structure_version}, "crumbs": crumbs}
    return render(request, f"journeys/map_menu.html{'#menu' if wants_fragment(request) else ''}", context)


def url_of(request: HttpRequest, name: str, *args: Any) -> str:
    return reverse(name, args=[request.workspace.slug, *args])  # type: ignore[attr-defined]


def act(label: Any, icon: str, url: str, **fields: Any) -> dict[str, Any]:
    """A line that posts something."""
    return {"label": label, "icon": icon, "url": url, "fields": fields}


def move(label: str, icon: str, url: str, to: str, is_off: bool) -> dict[str, Any]:
    """A line that moves what the menu is about one further."""
    return {**act(label, icon, url, to=to), "is_off": is_off}


def where(url: str, label: str, groups: Sequence[tuple[str, Any]], chosen: int) -> dict[str, Any]:
    """A choice of where else it may stand."""
    return {"url": url, "label": label, "groups": groups, "chosen": chosen}

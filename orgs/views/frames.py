"""What several pages of this app put around their content."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from orgs.registry import SETTINGS_PAGES


def url(request: HttpRequest, name: str, *args: Any) -> str:
    """Return the address of a page of the workspace that is open."""
    return reverse(name, args=[request.workspace.slug, *args])  # type: ignore[attr-defined]


def settings_tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages of the workspace's settings, with the one that is open."""
    pages = sorted(SETTINGS_PAGES, key=lambda page: page.position)
    tabs = [{"label": page.label, "url": url(request, page.url_name)} for page in pages]
    longest = max((tab["url"] for tab in tabs if request.path.startswith(tab["url"])), key=len, default="")
    return [{**tab, "is_current": tab["url"] == longest} for tab in tabs]


def select(name: str, label: Any, chosen: str, options: Any, every: Any) -> dict[str, Any]:
    """Return one select of a filter bar; "" stands for every row."""
    rows = [{"value": str(value), "label": str(text), "is_chosen": str(value) == chosen} for value, text in options]
    named = next((row["label"] for row in rows if row["is_chosen"]), "")
    first = {"value": "", "label": every, "is_chosen": not named}
    return {"name": name, "label": label, "options": [first, *rows], "chosen": named}


def chips(request: HttpRequest, selects: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return a chip per select that narrows, each with the link that takes it away."""
    return [_chip(request, one) for one in selects if one["chosen"]]


def _chip(request: HttpRequest, one: dict[str, Any]) -> dict[str, str]:
    query = request.GET.copy()
    query.pop(one["name"], None)
    query.pop("page", None)
    return {"label": f"{one['label']}: {one['chosen']}", "url": f"?{query.urlencode()}"}

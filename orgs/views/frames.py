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

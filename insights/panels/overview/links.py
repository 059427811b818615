"""Where the figures of the Overview lead: always with the period looked at, and forms that come back here."""

from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest
from django.urls import reverse

from insights.models import Kpi
from insights.panels import subjects
from insights.queries.overview import Known
from orgs import access
from orgs.permissions import Permission


def slug_of(request: HttpRequest) -> str:
    return str(request.workspace.slug)  # type: ignore[attr-defined]


def page(request: HttpRequest, name: str, *args: Any, **query: str) -> str:
    """Return the address of a page, with a query."""
    url = reverse(name, args=[slug_of(request), *args])
    return f"{url}?{urlencode(query)}" if query else url


def in_period(request: HttpRequest, url: str) -> str:
    """Return the address with the period that this page was asked for."""
    asked = {name: request.GET[name] for name in ("per", "at") if request.GET.get(name)}
    if not asked:
        return url
    path, hash_, anchor = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode(asked)}{hash_}{anchor}"


def off_target(request: HttpRequest, **query: str) -> str:
    """Return the list of what is off target in the period looked at."""
    return in_period(request, page(request, "off_target", **query))


def kpi(request: HttpRequest, of: Kpi) -> str:
    return in_period(request, subjects.url(slug_of(request), of))


def journey(request: HttpRequest, pk: int, anchor: str = "") -> str:
    return in_period(request, page(request, "journey_health", pk)) + anchor


def and_back(request: HttpRequest, url: str) -> str:
    """Return the address of a form that comes back to this page when it is done."""
    return f"{url}{'&' if '?' in url else '?'}next={quote(request.get_full_path())}"


def ask(request: HttpRequest, known: Known, of: Any) -> str:
    """Return where to ask for an update; empty for those who may not, and where the member waits for one already."""
    may = access.may(known.member, Permission.UPDATE_REQUEST) or of.touchpoint_id in known.my_touchpoint_ids
    if of.asked or not may:
        return ""
    return and_back(request, subjects.ask_url(slug_of(request), of))

"""Search: a page that works by itself, and the same as a list for the palette that every page can open."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from orgs import access
from orgs.panels import search
from orgs.panels.search import Asked
from orgs.permissions import Permission

PER_PAGE = 25


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """Show what matches, by kind; with one kind alone, all of it by pages. One query a kind, whatever there is."""
    access.require(request, Permission.WORKSPACE_READ)
    wanted = search.asked_for(request)
    if wants_fragment(request):
        found = search.groups(request, wanted)
        count = sum(group.count for group in found)
        letters = " · ".join(f"{kind.letter}: {kind.label}" for kind in search.kinds(request))
        context = {"groups": found, "wanted": wanted, "count": count, "letters": letters}
        return render(request, "orgs/search.html#options", context)
    page = paginate(request, search.listed(request, wanted), per_page=PER_PAGE) if wanted.kind else None
    context = {
        "wanted": wanted,
        "groups": search.of_page(request, wanted, page) if page else search.groups(request, wanted),
        "page": page,
        "tabs": _tabs(request, wanted),
        "why": _why(request, wanted),
    }
    return render(request, "orgs/search.html", context)


def _tabs(request: HttpRequest, wanted: Asked) -> list[dict[str, Any]]:
    """Everything, or one kind alone: its letter says how to ask for it by typing."""
    words = {"q": wanted.words} if wanted.words else {}
    first = {"label": _("Everything"), "url": f"?{urlencode(words)}", "is_current": wanted.kind is None}
    return [first] + [
        {
            "label": kind.label,
            "url": f"?{urlencode({**words, 'kind': kind.key})}",
            "is_current": kind is wanted.kind,
            "letter": f"{kind.letter}:",
        }
        for kind in search.kinds(request)
    ]


def _why(request: HttpRequest, wanted: Asked) -> str:
    """Say where was looked, for when nothing was found."""
    looked = [wanted.kind] if wanted.kind else search.kinds(request)
    return _(
        "Every word must be found, in any capitals and accents. Looked in: %(kinds)s. Archived ones are left out."
    ) % {"kinds": ", ".join(str(kind.label) for kind in looked)}

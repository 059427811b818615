"""Who else is at a map, and what they saved: an open page says again and again where it is, and is told what is new."""

import re
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cxhub.lib import here
from journeys.models import Map
from journeys.queries import presence
from journeys.queries.presence import Present
from journeys.views import map_news
from orgs import access
from orgs.permissions import Permission
from orgs.queries import versions

PAGE = re.compile(r"[0-9a-f]{8,32}")
CELL = re.compile(r"\d{1,18}-\d{1,18}", re.ASCII)
MOST_LETTERS = 200_000  # of what a page says of its cells
SEEN, ASK = "X-Seen", "X-Ask"


@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Note where a page is, and answer with what is new for it; without a body where nothing is."""
    rows = Map.objects.annotate(told_data=versions.of_workspace())
    drawn: Map = access.load(request, rows, pk, Permission.WORKSPACE_READ)
    page, at = request.POST.get("page", ""), request.POST.get("at", "")
    if not PAGE.fullmatch(page) or len(request.POST.get("cells", "")) > MOST_LETTERS:
        return HttpResponse(_("This page cannot be followed. Load it again."), status=422)
    place, member = f"{drawn.workspace_id}.{drawn.pk}", request.member  # type: ignore[attr-defined]
    if request.POST.get("leaves"):
        here.leave(place, member.pk, page)
        return HttpResponse(status=204)
    spot = at if CELL.fullmatch(at) else ""
    found = here.be(place, member.pk, page, spot, now=timezone.now().timestamp())
    return _answer(request, drawn, presence.others(found, member=member))


def _answer(request: HttpRequest, drawn: Map, people: list[Present]) -> HttpResponse:
    news, now = map_news.of(request, drawn), _digest(people)
    has_moved = now != request.POST.get("people", "")
    if has_moved or (news and news.is_any):
        context = {"people": people if has_moved else None, "digest": now, "news": news}
        answer = render(request, "journeys/_map_news.html", context)
    else:
        answer = HttpResponse(status=204)
    if news:
        answer[ASK if news.is_asking else SEEN] = news.seen
    return answer


def _digest(people: list[Present]) -> str:
    return sha256(repr(people).encode()).hexdigest()[:16] if people else ""

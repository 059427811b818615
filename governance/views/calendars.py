"""The calendar of one's reviews: the page that makes its address, and the door at which programs read it."""

import hashlib
import logging
import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from redis.exceptions import RedisError

from cxhub.lib import limits, mail
from governance.exports import calendar_ics
from governance.models import CalendarFeed
from governance.queries import calendars
from governance.services import calendars as service
from orgs import access, tokens
from orgs.permissions import Permission
from orgs.scope import scope

PER_MINUTE = 10
WINDOW_SECONDS = 60
log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest) -> HttpResponse:
    """Show whether there is an address; a posted form makes one and shows it, this once."""
    access.require(request, Permission.WORKSPACE_READ)
    address = ""
    if request.method == "POST":
        holds_all = request.POST.get("holds_all") == "yes"
        token = service.make(holds_all=holds_all, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
        address = mail.absolute(reverse("calendar", args=[token]))
    context = {
        "address": address,
        "feed": CalendarFeed.objects.filter(member=request.member).first(),  # type: ignore[attr-defined]
        "crumbs": [{"label": _("Reviews"), "url": reverse("reviews", args=[request.workspace.slug])}],  # type: ignore[attr-defined]
    }
    return render(request, "governance/calendar_feed.html", context)


@require_POST
def revocation(request: HttpRequest) -> HttpResponse:
    """End the address at once."""
    access.require(request, Permission.WORKSPACE_READ)
    service.revoke(by=request.member)  # type: ignore[attr-defined]
    messages.success(request, _("The address is revoked. Programs that have it find nothing there."))
    return redirect("calendar_feed", request.workspace.slug)  # type: ignore[attr-defined]


@require_safe
@login_not_required  # A calendar program has no session: the secret in the address is the key.
def read(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar that the address opens: 404 for any other, 304 where nothing changed."""
    workspace_id = tokens.workspace_of(token)
    if workspace_id is None:
        raise Http404
    with scope(workspace_id):
        found = calendars.of_token(token)
        if found is None:
            raise Http404
        if _is_over(found):
            return _wait()
        service.mark_read(feed=found, now=timezone.now())
        return _answer(request, _file(found))


def _file(found: CalendarFeed) -> bytes:
    workspace = found.member.workspace
    with translation.override(found.member.user.language or settings.LANGUAGE_CODE):
        rows = list(calendars.listed(found, workspace.today))
        return calendar_ics.calendar(rows, workspace)


def _answer(request: HttpRequest, body: bytes) -> HttpResponse:
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="reviews.ics"'
    response["Cache-Control"], response["ETag"] = "private, no-cache", tag
    answer: HttpResponse = get_conditional_response(request, etag=tag, response=response)  # type: ignore[assignment]
    return answer


def _is_over(found: CalendarFeed) -> bool:
    """Whether it was read too often in this minute. Without the cache nobody is counted: reading must go on."""
    minute = str(int(time.time() // WINDOW_SECONDS))
    try:
        key = limits.key_of("calendar", str(found.pk), minute)
        return limits.count(key, seconds=WINDOW_SECONDS) > PER_MINUTE
    except RedisError:
        log.warning("The cache is away: readings of calendars are not counted.")
        return False


def _wait() -> HttpResponse:
    response = HttpResponse(_("Too many requests. Wait a minute."), status=429, content_type="text/plain")
    response["Retry-After"] = str(WINDOW_SECONDS)
    return response

"""What a person does with a feed that refreshes itself: run it now, pause it, resume it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from connectors.models import Feed
from connectors.services import schedules
from orgs import access
from orgs.permissions import Permission


@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch now, and show the run."""
    feed = _feed(request, pk)
    try:
        asked = schedules.run_now(feed=feed, by=request.member)  # type: ignore[attr-defined]
    except (schedules.FeedIsPaused, schedules.FeedReadsFiles) as problem:
        messages.error(request, str(problem))
        return _back(request, feed)
    return redirect("run", request.workspace.slug, asked.pk)  # type: ignore[attr-defined]


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop refreshing the feed until somebody resumes it."""
    feed = _feed(request, pk)
    try:
        schedules.pause(feed=feed, now=timezone.now(), by=request.member)  # type: ignore[attr-defined]
        messages.success(request, _("“%(feed)s” is paused. Its last figures stay.") % {"feed": feed})
    except schedules.FeedReadsFiles as problem:
        messages.error(request, str(problem))
    return _back(request, feed)


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Refresh the feed again, beginning now."""
    feed = _feed(request, pk)
    try:
        schedules.resume(feed=feed, now=timezone.now(), by=request.member)  # type: ignore[attr-defined]
        messages.success(request, _("“%(feed)s” goes on.") % {"feed": feed})
    except schedules.FeedReadsFiles as problem:
        messages.error(request, str(problem))
    return _back(request, feed)


def _feed(request: HttpRequest, pk: int) -> Any:
    return access.load(request, Feed.objects.select_related("source", "connection"), pk, Permission.CONNECTION_MANAGE)


def _back(request: HttpRequest, feed: Feed) -> HttpResponse:
    """Go back to the page that the button was on: the feed's own, or the list as it was filtered."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    back = request.POST.get("next", "")
    if back == "feed":
        return redirect("feed", slug, feed.pk)
    return redirect(f"{reverse('connections', args=[slug])}{back if back.startswith('?') else ''}")

"""Filling days of a feed again: choose them, watch how far it has come, stop it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from connectors.forms_feed import BackfillForm
from connectors.models import Feed
from connectors.queries import backfills, feeds
from connectors.services import runs, schedules
from connectors.views.feeds import crumbs
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from orgs import access
from orgs.permissions import Permission

REFUSED = (schedules.BadDays, schedules.FeedIsPaused, schedules.FeedReadsFiles, runs.RunGoesOn)


@varies_on_htmx
def backfill(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the days that are being filled, and take others; 422 with the form and the reason when they are refused."""
    feed = access.load(request, feeds.listed(), pk, Permission.CONNECTION_MANAGE)
    if request.method != "POST":
        return _page(request, feed, BackfillForm())
    form = BackfillForm(request.POST)
    if form.is_valid():
        try:
            schedules.backfill(feed=feed, today=request.workspace.today, by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("feed_backfill", request.workspace.slug, pk)  # type: ignore[attr-defined]
        except REFUSED as problem:
            form.add_error(None, str(problem))
    return _page(request, feed, form)


def _page(request: HttpRequest, feed: Feed, form: BackfillForm) -> HttpResponse:
    latest = backfills.latest(feed)
    context: dict[str, Any] = {
        "feed": feed,
        "form": form,
        "latest": latest,
        "refused": "" if feeds.fetches(feed.connection.kind) else str(schedules.FeedReadsFiles()),
        "lead": _("Fetch days once more, whatever was fetched before. Figures of other days stay."),
        "crumbs": crumbs(request, feed),
    }
    template = "connectors/backfill.html"
    part = "#progress" if wants_fragment(request) and latest and request.method != "POST" else ""
    return render(request, f"{template}{part}", context, status=422 if form.errors else 200)

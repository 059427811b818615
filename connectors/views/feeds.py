"""The page of one feed: its health, its runs, what it fills; its timetable and its connection's limits to change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from connectors.forms_feed import LimitsForm, ScheduleForm, TellsForm
from connectors.models import Feed, SyncRun
from connectors.queries import feed_pages, feeds
from connectors.services import connections, schedules
from cxhub.web.asked import asked
from cxhub.web.filters import select
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from insights.services import sources
from orgs import access
from orgs.permissions import Permission

PER_PAGE = 25


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the feed to everybody; the forms to who may manage it."""
    return _page(request, access.load(request, feeds.listed(), pk, Permission.WORKSPACE_READ))


@require_POST
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Refresh the feed at another interval or within other hours; 422 with the form where something is wrong."""
    feed = access.load(request, feeds.listed(), pk, Permission.CONNECTION_MANAGE)
    form = ScheduleForm(request.POST, interval_minutes=feed.interval_minutes)
    if form.is_valid():
        how = {"interval_minutes": form.interval_minutes(), "hours": form.hours()}
        try:
            schedules.keep(feed=feed, now=timezone.now(), by=request.member, **how)  # type: ignore[attr-defined]
            return _done(request, feed, _("The timetable of “%(feed)s” is changed.") % {"feed": feed})
        except (schedules.BadInterval, schedules.FeedReadsFiles) as problem:
            form.add_error(None, str(problem))
    return _page(request, feed, schedule_form=form)


@require_POST
def limits(request: HttpRequest, pk: int) -> HttpResponse:
    """Limit how hard the system of the feed's connection is asked; 422 with the form where something is wrong."""
    feed = access.load(request, feeds.listed(), pk, Permission.CONNECTION_MANAGE)
    form = LimitsForm(request.POST)
    if form.is_valid():
        connections.limit(connection=feed.connection, by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
        return _done(request, feed, _("The limits of “%(name)s” are changed.") % {"name": feed.connection})
    return _page(request, feed, limits_form=form)


@require_POST
def telling(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the feed's numbers tell of their channels; 422 with the form where something is wrong."""
    feed = access.load(request, feeds.listed(), pk, Permission.CONNECTION_MANAGE)
    form = TellsForm(request.POST)
    if not form.is_valid():
        return _page(request, feed, tells_form=form)
    told = sources.tell(source=feed.source, by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
    words = ngettext("%(n)d KPI of “%(feed)s” tells it now.", "%(n)d KPIs of “%(feed)s” tell it now.", told)
    changed = _("What “%(feed)s” tells of channels is changed.")
    return _done(request, feed, " ".join(each % {"feed": feed, "n": told} for each in (changed, words)))


def _page(
    request: HttpRequest,
    feed: Any,
    *,
    schedule_form: ScheduleForm | None = None,
    limits_form: LimitsForm | None = None,
    tells_form: TellsForm | None = None,
) -> HttpResponse:
    state, now, zone = asked(request, "state"), timezone.now(), request.workspace.tzinfo  # type: ignore[attr-defined]
    outcome = select("state", _("Outcome"), state, SyncRun.State.choices)
    shown = feed_pages.page(feed, now=now, zone=zone)
    context = {
        "shown": shown,
        "feed": shown.feed,
        "runs": paginate(request, feed_pages.runs(feed, state), per_page=PER_PAGE),
        "outcome": outcome,
        "is_filtered": bool(outcome["chosen"]),
        "crumbs": crumbs(request),
        **_what_may_be_done(request, feed, shown, schedule_form, limits_form, tells_form),
    }
    template = "connectors/feed.html"
    is_refused = bool(schedule_form or limits_form or tells_form)
    part = "#runs" if wants_fragment(request) and not is_refused else ""
    return render(request, f"{template}{part}", context, status=422 if is_refused else 200)


def _what_may_be_done(
    request: HttpRequest, feed: Feed, shown: feed_pages.FeedPage, schedule: Any, limits: Any, tells: Any
) -> dict[str, Any]:
    """Return the forms of those who may manage connections; for others, and for feeds of files, there are none."""
    may_manage = access.may(request.member, Permission.CONNECTION_MANAGE)  # type: ignore[attr-defined]
    if not may_manage:
        return {"may_manage": False}
    may = {"may_manage": True, "tells_form": tells or TellsForm(initial={"tells": feed.source.tells})}
    if not shown.feed.fetches or shown.feed.is_sent:
        return may
    timetable = ScheduleForm(initial=ScheduleForm.initial_of(feed), interval_minutes=feed.interval_minutes)
    return {
        **may,
        "schedule_form": schedule or timetable,
        "limits_form": limits or LimitsForm(initial=LimitsForm.initial_of(feed.connection)),
    }


def crumbs(request: HttpRequest, feed: Feed | None = None) -> list[dict[str, str]]:
    """Return the way to a feed's page, or to a page below it."""
    slug = request.workspace.slug  # type: ignore[attr-defined]
    found = [{"label": _("Connections"), "url": reverse("connections", args=[slug])}]
    return [*found, {"label": feed.name, "url": reverse("feed", args=[slug, feed.pk])}] if feed else found


def _done(request: HttpRequest, feed: Feed, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("feed", request.workspace.slug, feed.pk)  # type: ignore[attr-defined]

"""The channel register, for everybody to read: what is known of each channel, and where nobody measures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, sort_of
from journeys.exports import channels_csv
from journeys.models import Channel
from journeys.panels import channel_register as words
from journeys.queries import channel_register
from journeys.queries.channel_register import FIGURES, NONE, ORDERS, YES, Entry, Filters
from journeys.registry import CHANNEL_NUMBERS, COST, PARTICIPATION, PREFERENCE, SATISFACTION, USE, ChannelNumbers
from orgs import access
from orgs.panels import saved_views as saved
from orgs.permissions import Permission
from orgs.queries import saved_views
from orgs.views.frames import url

PER_PAGE = 25
KNOWN = {"kind": Channel.Kind.values, "state": Channel.State.values, "blind": [YES]}


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List the channels side by side, with the blind spots above."""
    access.require(request, Permission.WORKSPACE_READ)
    views = saved_views.of_list("channels", request.member)  # type: ignore[attr-defined]
    if opening := saved.opening(request, views):
        return redirect(opening)
    entries, filters, sort = _entries(request), _filters(request), _sort(request)
    page = paginate(request, channel_register.listed(entries, filters, sort=sort), per_page=PER_PAGE)
    manages = access.may(request.member, Permission.WORKSPACE_MANAGE)  # type: ignore[attr-defined]
    context = {
        "page": page,
        "rows": [words.row(request, each) for each in page.items],
        "headers": headers(request, _columns(), sort=sort),
        "saved": saved.bar(request, "channels", views, usual=_("All channels")),
        "filters": _bar(request, filters, entries),
        "is_filtered": filters.is_active,
        "blind": words.blind(request, entries),
        "crumbs": [{"label": _("Touchpoints"), "url": url(request, "touchpoints")}],
        "actions": [{"label": _("Edit channels"), "url": url(request, "channels"), "icon": "pencil"}] * manages,
        "csv_url": f"{url(request, 'channel_register_csv')}?{request.GET.urlencode()}",
    }
    return render_list(request, "journeys/channels.html", context)


@require_safe
def index_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the whole register, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    found = channel_register.listed(_entries(request), _filters(request), sort=_sort(request))
    response = StreamingHttpResponse(channels_csv.lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="channels.csv"'
    return response


def _entries(request: HttpRequest) -> list[Entry]:
    numbers: Mapping[int, ChannelNumbers] = {pk: one for load in CHANNEL_NUMBERS for pk, one in load(request).items()}
    today = request.workspace.today  # type: ignore[attr-defined]
    return channel_register.every(today=today, numbers=numbers)


def _sort(request: HttpRequest) -> str:
    return sort_of(request, {key: (key,) for key in ORDERS}, default="name")


def _filters(request: HttpRequest) -> Filters:
    """What the address asks for; a kind or state that there is not narrows nothing."""
    told = {name: asked(request, name) for name in ("kind", "state", "blind", "owner")}
    known = {name: text if text in KNOWN.get(name, [text]) else "" for name, text in told.items()}
    return Filters(search=asked(request, "q"), **known)


def _columns() -> list[Column]:
    return [
        Column(_("Channel"), "name"),
        Column(_("State"), "state"),
        Column(_("Monitored"), "monitored"),
        Column(_("Owner"), "owner"),
        Column(_("Touchpoints"), "touchpoints", is_number=True),
        Column(_("Participation"), PARTICIPATION),
        *(Column(str(FIGURES[what]), what) for what in (USE, COST, SATISFACTION, PREFERENCE)),
    ]


def _bar(request: HttpRequest, filters: Filters, entries: Sequence[Entry]) -> dict[str, Any]:
    kinds = Counter(each.channel.kind for each in entries)
    owners = {each.channel.owner_id: each.channel.owner for each in entries if each.channel.owner}
    named = sorted(owners.items(), key=lambda pair: str(pair[1]).casefold())
    selects = [
        select("kind", _("Kind"), filters.kind, [each for each in Channel.Kind.choices if kinds[each[0]]]),
        select("state", _("State"), filters.state, Channel.State.choices),
        select("owner", _("Owner"), filters.owner, [*named, (NONE, _("No owner"))]),
        select("blind", _("Blind spots"), filters.blind, [(YES, _("Blind spots only"))]),
    ]
    return bar(
        request,
        search=filters.search,
        search_label=_("Search channels"),
        selects=selects,
        is_active=filters.is_active,
    )

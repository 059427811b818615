"""The channel register in words: since when, who, what is measured, what is missing and what to do about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journeys.models import Channel
from journeys.queries.channel_register import (
    FIGURES,
    GAPS,
    NO_OWNER,
    NO_TOUCHPOINT,
    REASONS,
    SIGNALS,
    UNMONITORED,
    Entry,
    blind_spots,
)
from journeys.registry import EFFORT, PARTICIPATION, SATISFACTION, SIGNAL, USE, ChannelFigure
from orgs import access
from orgs.permissions import Permission
from orgs.views.frames import url

DOES = dict(
    zip(
        GAPS,
        (
            gettext_lazy("Read what they say"),
            gettext_lazy("Add a touchpoint, and let a feed fill a KPI of it"),
            gettext_lazy("Let a feed fill a KPI of a touchpoint"),
            gettext_lazy("See what became of its feeds"),
            gettext_lazy("Measure what customers get there, or say in its KPIs that they tell it"),
            gettext_lazy("Say who watches it"),
            gettext_lazy("Name an owner"),
        ),
        strict=True,
    )
)
MOST = 8
UNDER = {USE: SIGNAL, SATISFACTION: EFFORT}  # what stands below another figure, where it is told
SHORT = {SIGNAL: gettext_lazy("Signals"), EFFORT: gettext_lazy("Effort")}  # under a heading that says the rest


def row(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    """Return one channel as a row of the table."""
    channel, figures = entry.channel, entry.numbers.figures
    return {
        "channel": channel,
        "url": _touchpoints(request, entry) if entry.touchpoints else "",
        "kind": channel.get_kind_display(),
        "state": channel.get_state_display(),
        "since": waiting(entry) or since(entry),
        "monitored": _("Yes") if channel.is_monitored else _("Nobody"),
        "owner": owner(entry),
        "has_owner": entry.has_owner,
        "touchpoints": entry.touchpoints,
        "participation": figures.get(PARTICIPATION),
        "participation_status": entry.participation,
        "target": target(channel),
        "has_target": channel.participation_target is not None,
        "figures": [_cell(figures, what) for what in FIGURES],
        "is_blind": bool(entry.gaps),
    }


def _cell(figures: Mapping[str, ChannelFigure], what: str) -> dict[str, Any]:
    under = UNDER.get(what, "")
    beside = {"label": SHORT[under], "figure": figures[under]} if under in figures else None
    return {"label": FIGURES[what], "figure": figures.get(what), "beside": beside}


def since(entry: Entry) -> str:
    day = entry.channel.since
    return _("since %(day)s") % {"day": date_format(day, "j M Y")} if day else _("since when is not said")


def waiting(entry: Entry) -> str:
    """Say for how long it is live without being integrated; empty where it is not so."""
    days, channel = entry.days_not_integrated, entry.channel
    if days is None:
        is_unknown = channel.state == Channel.State.LIVE and channel.since is None
        return _("not integrated, since when is not said") if is_unknown else ""
    words = ngettext("not integrated for %(n)d day", "not integrated for %(n)d days", days)
    return words % {"n": days}


def owner(entry: Entry) -> str:
    """Return the department; one that is archived or has no people is said to answer for nothing."""
    department = entry.channel.owner
    if department is None:
        return _("No owner")
    if entry.has_owner:
        return department.name
    words = _("%(name)s, which is archived") if department.archived_at else _("%(name)s, where nobody is")
    return words % {"name": department.name}


def target(channel: Channel) -> str:
    wanted = channel.participation_target
    return _("Target %(n)d %%") % {"n": wanted} if wanted is not None else _("No target")


def blind(request: HttpRequest, entries: Sequence[Entry]) -> dict[str, Any]:
    """Return the blind spots: how many of the channels in use, and the first of them with reasons and steps."""
    found = blind_spots(entries)
    total = sum(each.is_in_use for each in entries)
    words = ngettext("%(n)d of %(total)d channel in use", "%(n)d of %(total)d channels in use", total)
    return {
        "count": len(found),
        "total": total,
        "words": words % {"n": len(found), "total": total},
        "rows": [_spot(request, each) for each in found[:MOST]],
        "more": max(0, len(found) - MOST),
        "url": f"{url(request, 'channel_register')}?blind=yes",
    }


def _spot(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.channel.name,
        "kind": entry.channel.get_kind_display(),
        "gaps": [
            {"reason": _reason(entry, gap), "do": DOES[gap], "url": _step(request, entry, gap)} for gap in entry.gaps
        ],
    }


def _reason(entry: Entry, gap: str) -> Any:
    """Say why; of signals how many, where that is known."""
    told = entry.numbers.figures.get(SIGNAL)
    return (
        _("Customers are here: %(signals)s in 30 days") % {"signals": told.text}
        if gap == SIGNALS and told
        else REASONS[gap]
    )


def _step(request: HttpRequest, entry: Entry, gap: str) -> str:
    """Return where a gap is closed; empty for who may not."""
    member = request.member  # type: ignore[attr-defined]
    if gap in {UNMONITORED, NO_OWNER}:
        may = access.may(member, Permission.WORKSPACE_MANAGE)
        return url(request, "channel", entry.channel.pk) if may else ""
    told = entry.numbers.figures.get(SIGNAL)
    if gap == SIGNALS and told:
        return told.url
    if gap == NO_TOUCHPOINT:
        return url(request, "touchpoint_new") if access.may(member, Permission.TOUCHPOINT_EDIT) else ""
    return _touchpoints(request, entry)


def _touchpoints(request: HttpRequest, entry: Entry) -> str:
    return f"{url(request, 'touchpoints')}?channel={entry.channel.pk}"

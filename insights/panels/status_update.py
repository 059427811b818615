"""What the owner says of a number, touchpoint or map, beside it: with its age, and the requests that wait."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.models import Kpi, StatusUpdate, UpdateRequest
from insights.panels import subjects
from insights.panels.looking import today_of
from insights.queries import acting, requests, updates
from insights.queries.updates import Answering, Subject, about_of
from journeys.models import Touchpoint
from journeys.registry import Panel
from orgs import access
from orgs.permissions import Permission


def of(request: HttpRequest, things: Sequence[Subject]) -> dict[int, dict[str, Any]]:
    """Return per id of things of one kind what insights/_status_update.html needs. Six queries, however many."""
    if not things:
        return {}
    about, ids = about_of(things[0]), [thing.pk for thing in things]
    said, waiting, who = updates.current(about, ids), requests.open_about(about, ids), updates.answering(things)
    may_ask = askable(request, things)
    told = [thing for thing in things if isinstance(thing, Kpi) and thing.pk in said]
    ends = acting.latest_ends(told, workspace=request.workspace, today=today_of(request)) if told else {}  # type: ignore[attr-defined]
    return {
        thing.pk: {
            "current": shown(request, said[thing.pk], ends.get(thing.pk)) if thing.pk in said else None,
            "waiting": [_waiting(request, each, who[thing.pk]) for each in waiting[thing.pk]],
            **_ways(request, thing, who[thing.pk], may_ask=thing.pk in may_ask),
        }
        for thing in things
    }


def shown(request: HttpRequest, update: StatusUpdate, latest_end: date | None = None) -> dict[str, Any]:
    """Return one update as people read it. `latest_end` is the last day of the KPI's latest figure."""
    day = update.at.astimezone(request.workspace.tzinfo).date()  # type: ignore[attr-defined]
    expected = _("Recovery expected by %(day)s") if update.recovery_on else _("No recovery expected")
    is_over = bool(update.recovery_on and update.recovery_on < today_of(request))
    if is_over:
        expected = _("Recovery was expected by %(day)s")
    return {
        "id": update.pk,
        "sentence": update.sentence,
        "cause": update.get_cause_display(),
        "cause_words": update.cause_words,
        "expected": (expected % {"day": date_format(update.recovery_on, "j M Y")}) if update.recovery_on else expected,
        "is_recovery_over": is_over,
        "says_nothing_is_wrong": update.cause == StatusUpdate.Cause.NOTHING,
        "who": str(update.by),
        "at": update.at,
        "age": age(today_of(request), day),
        "is_before_figure": latest_end is not None and day <= latest_end,
    }


def age(today: date, day: date) -> str:
    """Return "today", "yesterday" or "12 days ago"."""
    days = (today - day).days
    if days < 1:
        return _("today")
    return _("yesterday") if days == 1 else ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def due(today: date, day: date) -> str:
    """Return "due today", "due 3 May" or "2 days overdue"."""
    days = (today - day).days
    if days > 0:
        return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
    return _("due %(day)s") % {"day": date_format(day, "j M Y")} if days else _("due today")


def _waiting(request: HttpRequest, asked: UpdateRequest, who: Answering) -> dict[str, Any]:
    me, today = request.member.pk, today_of(request)  # type: ignore[attr-defined]
    return {
        "id": asked.pk,
        "who": str(asked.by),
        "note": asked.note,
        "due": due(today, asked.due_on),
        "is_overdue": asked.due_on < today,
        "may_decline": me in who.may_write,
        "may_withdraw": me == asked.by_id,
    }


def _ways(request: HttpRequest, thing: Subject, who: Answering, *, may_ask: bool) -> dict[str, Any]:
    """What the member may do, and where."""
    slug, member = request.workspace.slug, request.member  # type: ignore[attr-defined]
    may_write = member.pk in who.may_write
    return {
        "url": subjects.updates_url(slug, thing),
        "ask_url": subjects.ask_url(slug, thing) if may_ask and not may_write else "",
        "may_write": may_write,
    }


def askable(request: HttpRequest, things: Sequence[Subject]) -> set[int]:
    """Return the ids of what the member may ask about: by role everything, as a sponsor what stands on the map."""
    if access.may(request.member, Permission.UPDATE_REQUEST):  # type: ignore[attr-defined]
        return {thing.pk for thing in things}
    return updates.sponsored(request.member, things)  # type: ignore[attr-defined]


def load(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    return {"update": of(request, [touchpoint])[touchpoint.pk]}


def load_map(request: HttpRequest, grid: Any) -> dict[str, Any]:
    return {"update": of(request, [grid.map])[grid.map.pk]}


ON_TOUCHPOINTS = Panel("status_update", "insights/_status_update_panel.html", 30, load)
ON_MAPS = Panel("status_update", "insights/_status_update_panel.html", 3, load_map)

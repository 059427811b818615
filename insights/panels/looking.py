"""How a page looks at numbers: the period its URL asks for, as the period control shows it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cxhub.lib.periods import DateOutOfRange, Grain, Period, period_of
from insights.models import Kpi
from insights.queries.periods import OFFERED, Choice, choose

NAMES = {
    Grain.DAY: _("Day"),
    Grain.WEEK: _("Week"),
    Grain.MONTH: _("Month"),
    Grain.QUARTER: _("Quarter"),
    Grain.YEAR: _("Year"),
}


def choice_of(request: HttpRequest, kpis: Sequence[Kpi] | None = None, usual: Grain = Grain.YEAR) -> Choice:
    """Return the period that `?per=` and `?at=` ask for, of the `usual` length where they do not."""
    workspace = request.workspace  # type: ignore[attr-defined]
    return choose(
        grain=request.GET.get("per", ""),
        at=request.GET.get("at", ""),
        workspace=workspace,
        today=today_of(request),
        kpis=kpis,
        usual=usual.value,
    )


def today_of(request: HttpRequest) -> date:
    """Return the day it is in the workspace's zone."""
    return request.workspace.today  # type: ignore[attr-defined]


def control(request: HttpRequest, choice: Choice, finest: Grain = Grain.DAY) -> dict[str, Any]:
    """Return what components/period_control.html needs; every other parameter of the URL is kept."""
    return {
        "label": choice.period.label,
        "previous_url": _url(request, choice.previous),
        "next_url": _url(request, choice.next),
        "latest_url": "" if choice.period == choice.latest else _url(request, choice.latest),
        "grains": [_grain(request, choice, grain, finest) for grain in OFFERED],
    }


def control_with_latest(request: HttpRequest, choice: Choice, finest: Grain = Grain.DAY) -> dict[str, Any]:
    """Return a period control that also offers each KPI's latest finished period, which is what nobody asked for."""
    return _offering_latest(request, control(request, choice, finest), is_asked=choice.is_asked)


def kept(request: HttpRequest) -> str:
    """Return the query that takes the period along to another page; empty where none was asked for."""
    asked = {name: request.GET[name] for name in ("per", "at") if request.GET.get(name)}
    return f"?{urlencode(asked)}" if asked else ""


def _grain(request: HttpRequest, choice: Choice, grain: Grain, finest: Grain) -> dict[str, Any]:
    is_current = grain == choice.period.grain
    url = _with(request, grain, choice.of_grain(grain)) if finest.fills(grain) else ""
    return {"label": NAMES[grain], "url": url, "is_current": is_current}


def _url(request: HttpRequest, period: Period | None) -> str:
    return _with(request, period.grain, period.starts_on) if period else ""


def _with(request: HttpRequest, grain: Grain, day: date) -> str:
    query = request.GET.copy()
    query["per"], query["at"] = grain.value, day.isoformat()
    query.pop("page", None)
    return f"?{query.urlencode()}"


def _without_period(request: HttpRequest) -> str:
    """An address that asks for nothing opens a member's default view, with its period: this one asks for no view."""
    query = request.GET.copy()
    for name in ("per", "at", "page"):
        query.pop(name, None)
    return f"?{query.urlencode() or 'view=none'}"


def asked_period(request: HttpRequest, today: date) -> Period | None:
    """Return the period that the URL names; None where it names none, or nothing readable."""
    workspace, grain = request.workspace, request.GET.get("per", "")  # type: ignore[attr-defined]
    if grain not in set(OFFERED):
        return None
    year = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    try:
        return period_of(date.fromisoformat(request.GET.get("at", "")), Grain(grain), **year)
    except (ValueError, DateOutOfRange):
        return period_of(today, Grain(grain), **year).previous()


def latest_control(request: HttpRequest, period: Period | None, today: date) -> dict[str, Any]:
    """Return the same for `asked_period`, which limits nothing to the days there are data of."""
    workspace = request.workspace  # type: ignore[attr-defined]
    year = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    inside = min(period.ends_on, today) if period else None
    days = {grain: inside or period_of(today, grain, **year).previous().starts_on for grain in OFFERED}
    later = period.next() if period and period.ends_on < today else None
    now = period.grain if period else None
    usual = {
        "label": period.label if period else "",
        "previous_url": _url(request, period.previous() if period else None),
        "next_url": _url(request, later),
        "latest_url": "",
        "grains": [
            {"label": NAMES[grain], "url": _with(request, grain, days[grain]), "is_current": grain == now}
            for grain in OFFERED
        ],
    }
    return _offering_latest(request, usual, is_asked=period is not None)


def _offering_latest(request: HttpRequest, usual: dict[str, Any], *, is_asked: bool) -> dict[str, Any]:
    latest = {"label": _("Latest"), "url": _without_period(request), "is_current": not is_asked}
    if is_asked:
        return usual | {"grains": [latest, *usual["grains"]]}
    grains = [each | {"is_current": False} for each in usual["grains"]]
    none = {"previous_url": "", "next_url": "", "latest_url": ""}
    return {"label": _("Latest finished"), **none, "grains": [latest, *grains]}

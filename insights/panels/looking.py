"""How a page looks at numbers: the period its URL asks for, as the period control shows it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cxhub.lib.periods import Grain, Period
from insights.queries.periods import OFFERED, Choice, choose

NAMES = {
    Grain.DAY: _("Day"),
    Grain.WEEK: _("Week"),
    Grain.MONTH: _("Month"),
    Grain.QUARTER: _("Quarter"),
    Grain.YEAR: _("Year"),
}


def choice_of(request: HttpRequest, kpi_ids: list[int] | None = None, usual: Grain = Grain.YEAR) -> Choice:
    """Return the period that `?per=` and `?at=` ask for, of the `usual` length where they do not."""
    workspace = request.workspace  # type: ignore[attr-defined]
    return choose(
        grain=request.GET.get("per", ""),
        at=request.GET.get("at", ""),
        workspace=workspace,
        today=today_of(request),
        kpi_ids=kpi_ids,
        usual=usual.value,
    )


def today_of(request: HttpRequest) -> date:
    """Return the day it is in the workspace's zone."""
    return timezone.localdate(timezone=request.workspace.tzinfo)  # type: ignore[attr-defined]


def control(request: HttpRequest, choice: Choice, finest: Grain = Grain.DAY) -> dict[str, Any]:
    """Return what components/period_control.html needs; every other parameter of the URL is kept."""
    return {
        "label": choice.period.label,
        "previous_url": _url(request, choice.previous),
        "next_url": _url(request, choice.next),
        "latest_url": "" if choice.period == choice.latest else _url(request, choice.latest),
        "grains": [_grain(request, choice, grain, finest) for grain in OFFERED],
    }


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

"""The reviews of a month as a calendar."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from governance.queries import months
from governance.queries.months import Entry
from governance.views.reviews import today_of
from orgs import access
from orgs.permissions import Permission

SHOWN = 3  # of a day at once; the others are folded below


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the month that the address asks for, this one without any."""
    access.require(request, Permission.WORKSPACE_READ)
    workspace, today, whose = request.workspace, today_of(request), asked(request, "whose")  # type: ignore[attr-defined]
    first = months.read(asked(request, "month"), today)
    told = {"member": request.member, "whose": whose, "today": today, "zone": workspace.tzinfo}  # type: ignore[attr-defined]
    placed = months.placed(first, **told)
    context = {
        "title": date_format(first, "F Y"),
        "weekdays": [{"short": WEEKDAYS_ABBR[day], "long": WEEKDAYS[day]} for day in _days(workspace.week_start)],
        "weeks": [
            [_day(day, first, today, placed.get(day, ())) for day in week]
            for week in months.weeks(first, workspace.week_start)
        ],
        "count": sum(map(len, placed.values())),
        "before": _overdue(request, months.earlier(first, **told), whose),
        "filters": _bar(request, whose),
        "ways": _ways(first, today, whose),
        "crumbs": [{"label": _("Reviews"), "url": reverse("reviews", args=[workspace.slug])}],
        "actions": [{"label": _("Queue"), "url": reverse("reviews", args=[workspace.slug]), "icon": "list"}],
    }
    return render(request, "governance/month.html", context)


def _day(day: date, first: date, today: date, entries: Any) -> dict[str, Any]:
    rows: list[Entry] = list(entries)
    return {
        "day": day,
        "number": day.day,
        "name": date_format(day, "l, j F"),
        "is_here": day.month == first.month,
        "is_today": day == today,
        "entries": rows[:SHOWN],
        "more": rows[SHOWN:],
    }


def _days(week_start: int) -> list[int]:
    return [(week_start + each) % 7 for each in range(7)]


def _overdue(request: HttpRequest, count: int, whose: str) -> dict[str, str]:
    """The line about what was due before this month, with where it stands."""
    if not count:
        return {}
    words = ngettext("%(n)d review is overdue from before", "%(n)d reviews are overdue from before", count)
    query = urlencode({"when": "overdue", **({"whose": whose} if whose in months.WHOSE else {})})
    url = reverse("reviews", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return {"text": words % {"n": count}, "url": f"{url}?{query}"}


def _bar(request: HttpRequest, whose: str) -> dict[str, Any]:
    selects = [select("whose", _("Maps"), whose, months.WHOSE.items())]
    active = whose in months.WHOSE
    return bar(request, search="", search_label="", selects=selects, is_active=active, kept=("month",))


def _ways(first: date, today: date, whose: str) -> list[dict[str, str]]:
    last, after = months.beside(first, today)
    this = today.replace(day=1)
    kept = {"whose": whose} if whose in months.WHOSE else {}
    shown = [(last, _("Previous month"), "chevron-left"), (this if first != this else None, _("This month"), "")]
    return [
        {"label": label, "icon": icon, "url": "?" + urlencode({"month": f"{day:%Y-%m}", **kept}), "name": _name(day)}
        for day, label, icon in [*shown, (after, _("Next month"), "chevron-right")]
        if day
    ]


def _name(day: date) -> str:
    return date_format(day, "F Y")

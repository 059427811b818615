"""How reviews go, in words: as numbers of the governance page, and as one line of the Overview."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.queries import programme
from governance.queries.programme import Programme
from insights.queries.overview import Known
from insights.registry import OverviewPanel


def numbers(request: HttpRequest, found: Programme) -> list[dict[str, str]]:
    """Return the four numbers, each with what it means and the rows behind it."""
    queue = reverse("reviews", args=[request.workspace.slug])  # type: ignore[attr-defined]
    share = "–" if found.share is None else _("%(share)d %% (%(n)d of %(all)d)") % _shared(found)
    return [
        {"label": _("Maps that are current"), "text": share, "url": queue},
        {"label": _("Reviews overdue"), "text": str(found.overdue), "url": f"{queue}?when=overdue"},
        {"label": _("Due in 14 days"), "text": str(found.due), "url": f"{queue}?when=due"},
        {"label": _("A review takes, usually"), "text": _days(found) or _("None closed yet")},
    ]


def load(request: HttpRequest, known: Known) -> dict[str, Any] | None:
    """Return the line for executives; nothing where no map is reviewed. One query."""
    found = programme.programme(today=known.today, now=known.now, zone=known.workspace.tzinfo)
    if not found.maps:
        return None
    parts = [_of(found)]
    if found.overdue:
        parts.append(ngettext("%(n)d review overdue", "%(n)d reviews overdue", found.overdue) % {"n": found.overdue})
    if found.due:
        parts.append(ngettext("%(n)d due in 14 days", "%(n)d due in 14 days", found.due) % {"n": found.due})
    if found.cycle_days:
        parts.append(_("a review takes %(days)s") % {"days": _days(found)})
    url = reverse("governance", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return {"parts": parts, "is_late": bool(found.overdue), "url": url}


def _of(found: Programme) -> str:
    words = ngettext("%(n)d of %(all)d map is current", "%(n)d of %(all)d maps are current", found.maps)
    return words % {"n": found.current, "all": found.maps}


def _shared(found: Programme) -> dict[str, Any]:
    return {"share": found.share, "n": found.current, "all": found.maps}


def _days(found: Programme) -> str:
    days = found.cycle_days
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else ""


PANEL = OverviewPanel("governance", gettext_lazy("Maps kept true"), "governance/_overview.html", 95, load)

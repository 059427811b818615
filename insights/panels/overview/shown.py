"""Health and KPIs as the fragments of the Overview print them."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxhub.web.marks import MARKS
from insights.panels import actions
from insights.panels import off_target as off_target_panel
from insights.panels.overview import links
from insights.panels.status_update import age, due
from insights.queries import figures, health_words, names
from insights.queries.acting import OffTarget
from insights.queries.health import Health
from insights.queries.overview import Known
from insights.queries.standings import Standing


def health(found: Health, url: str = "") -> dict[str, Any]:
    """Return a status with its word, coverage and the worst KPI with its gap."""
    word = str(MARKS[found.status].word)
    is_provisional = found.is_provisional and found.status != "unmeasured"
    return {
        "status": "provisional" if is_provisional else found.status,
        "tone": found.status,
        "word": _("Provisional: %(status)s") % {"status": word.lower()} if is_provisional else word,
        "coverage": found.coverage,
        "sentence": found.sentence,
        "worst": names.short(found.worst.kpi) if found.worst else "",
        "worst_at": str(found.worst.kpi.touchpoint) if found.worst else "",
        "gap": found.worst_gap,
        "url": url,
    }


def lasting(days: int) -> str:
    """Return how long something has been so."""
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days} if days else _("less than a day")


def value(standing: Standing) -> str:
    """Return "13.5 days", "4.15", "87.4 %"."""
    number = figures.number(standing.now.value, standing.now.measure.decimals)
    return f"{number} {figures.suffix(standing.kpi)}".strip()


def owner(known: Known, standing: Standing) -> str:
    """Return who answers for a KPI: its owner, else the department that accepted its touchpoint; empty for nobody."""
    kpi = standing.kpi
    if kpi.owner_id:
        return str(kpi.owner)
    touchpoint = known.touchpoints.get(kpi.touchpoint_id or 0)
    return answering(touchpoint) if touchpoint else ""


def answering(touchpoint: Any) -> str:
    """Return the department that accepted a touchpoint; empty for none, and "no one in Billing" where all left."""
    department = str(touchpoint.accountable_department)
    if touchpoint.why == "empty":
        return off_target_panel.nobody_in(department)
    return "" if touchpoint.why else department


def off_target(request: HttpRequest, known: Known, off: OffTarget) -> dict[str, Any]:
    """Return a KPI off target as a row: value, gap, owner, what was said, and the way to ask."""
    standing = known.standings[off.kpi.pk]
    return {
        "id": off.kpi.pk,
        "name": names.name(off.kpi),
        "url": links.kpi(request, off.kpi),
        "value": value(standing),
        "period": off.point.period.label,
        "gap": health_words.gap(standing),
        "owner": owner(known, standing),
        "said": off.update.sentence if off.update and off.is_acted_on else "",
        "said_age": said_age(known, off),
        "is_acted_on": off.is_acted_on,
        "key": f"kpi-{off.kpi.pk}",
        "act_url": actions.url(request, "kpi", off.kpi.pk),
        "asked": asked(known, standing),
        "ask_url": "" if off.is_acted_on else links.ask(request, known, off.kpi),
    }


def asked(known: Known, standing: Standing) -> str:
    """Say whom the member waits for, and until when; empty where the member did not ask."""
    day = standing.kpi.asked  # type: ignore[attr-defined]
    if not day:
        return ""
    words = {"who": owner(known, standing) or _("the administrators"), "due": due(known.today, day)}
    return _("Asked %(who)s, %(due)s") % words


def said_age(known: Known, off: OffTarget) -> str:
    if off.update is None:
        return ""
    return age(known.today, off.update.at.astimezone(known.workspace.tzinfo).date())

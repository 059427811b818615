"""What makes the state of a hand-off, and what it is measured by, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.queries.handoffs import MEASURED, Measured, Side, Standing
from insights.measures.registry import measure
from insights.queries import figures

HOUR, DAY = 60, 24 * 60


def why(standing: Standing) -> str:
    """Say what makes its state, in a sentence or two."""
    found = [_objection(side) for side in standing.sides if side.is_objected]
    found = found or [_waits(side) for side in standing.sides if not side.is_agreed]
    found += [measured(each) for each in standing.measured if each.is_broken]
    if found:
        return " ".join(dict.fromkeys(found))
    return "" if standing.measured else _("Nothing measures it yet.")


def measured(found: Measured) -> str:
    """Return what one of its numbers says, a wait beside what was agreed: "Wait: 13.5 days (agreed: 10 days).\""""
    value = "–" if found.point is None or found.point.value is None else _figure(found)
    text = _("%(label)s: %(value)s") % {"label": MEASURED[found.kind], "value": value}
    if found.kind == "wait":
        text += " " + _("(agreed: %(limit)s)") % {"limit": duration(found.limit_minutes)}
    return f"{text}."


def duration(minutes: int) -> str:
    """Return minutes in the largest unit that leaves no rest: "90 minutes", "2 hours", "3 days"."""
    if minutes % DAY == 0:
        return ngettext("%(n)d day", "%(n)d days", minutes // DAY) % {"n": minutes // DAY}
    if minutes % HOUR == 0:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // HOUR) % {"n": minutes // HOUR}
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def _objection(side: Side) -> str:
    said = side.word.reason if side.word else ""
    return _("%(department)s: “%(reason)s”") % {"department": side.department, "reason": said}


def _waits(side: Side) -> str:
    if side.department is None:
        return _("%(touchpoint)s has no owner who could agree.") % {"touchpoint": side.touchpoint}
    return _("%(department)s has not agreed yet.") % {"department": side.department}


def _figure(found: Measured) -> str:
    value = found.point.value if found.point else None
    return f"{figures.number(value, measure(found.kpi.measure).decimals)} {figures.suffix(found.kpi)}".strip()

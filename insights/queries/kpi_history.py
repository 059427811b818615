"""How a KPI came to be what it is, from the audit, worded for people. Restatements stand beside the chart instead."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from insights.measures.registry import measure
from insights.models import Kpi
from insights.models.kpis import DIRECTIONS
from insights.models.telling import TELLS
from insights.queries import counting, figures
from orgs.models import AuditEntry

MOST = 50


@dataclass(frozen=True)
class Line:
    """One change, ready to print."""

    at: datetime
    sentence: str


def of(kpi: Kpi) -> list[Line]:
    """Return the latest changes of the KPI's definition, the newest first, in one query."""
    found = AuditEntry.objects.filter(subject_type="kpi", subject_id=kpi.pk, action__in=WORDS)
    return [Line(each.at, _sentence(kpi, each)) for each in found.select_related("actor__user").order_by("-pk")[:MOST]]


def _sentence(kpi: Kpi, entry: AuditEntry) -> str:
    who = str(entry.actor) if entry.actor else entry.origin or _("CX Hub")
    return WORDS[entry.action](kpi, who, entry.before, entry.after)


def _made(kpi: Kpi, who: str, before: Any, after: Any) -> str:
    return _("%(who)s made this KPI, from %(source)s") % {"who": who, "source": after.get("source", "…")}


def _defined(kpi: Kpi, who: str, before: Any, after: Any) -> str:
    changes = [_change(kpi, name, before.get(name), value) for name, value in after.items() if name in FIELDS]
    told = _("%(who)s changed %(changes)s") % {"who": who, "changes": "; ".join(changes)}
    if "official" not in before:
        return told
    return _("%(told)s. %(source)s is the official source no more") % {"told": told, "source": before["official"]}


def _change(kpi: Kpi, name: str, was: Any, now: Any) -> str:
    label, say = FIELDS[name]
    words = {"field": str(label), "before": say(kpi, was), "after": say(kpi, now)}
    return _("%(field)s from %(before)s to %(after)s") % words


def said(kpi: Kpi, name: str, value: Any) -> str:
    """Return a part of a definition as the history words it."""
    return FIELDS[name][1](kpi, value)


def _targeted(kpi: Kpi, who: str, before: Any, after: Any) -> str:
    words = {"who": who, "day": _day(after.get("from")), "after": _number(kpi, after.get("value"), before.get("value"))}
    if not before:
        return _("%(who)s set the target %(after)s, from %(day)s") % words
    words["before"] = _number(kpi, before.get("value"), after.get("value"))
    if before.get("value") == after.get("value"):
        return _("%(who)s kept the target %(after)s, from %(day)s") % words
    return _("%(who)s changed the target from %(before)s to %(after)s, from %(day)s") % words


def _owned(kpi: Kpi, who: str, before: Any, after: Any) -> str:
    names = {"before": before.get("owner") or _("nobody"), "after": after.get("owner") or _("nobody")}
    return _("%(who)s changed the owner from %(before)s to %(after)s") % ({"who": who} | names)


def _certified(kpi: Kpi, who: str, before: Any, after: Any) -> str:
    if not after.get("definition"):
        return _("%(who)s certified the number") % {"who": who}
    return _("%(who)s certified the number as “%(definition)s”") % {"who": who, "definition": after["definition"]}


def _unconfirmed(kpi: Kpi, who: str, before: Any, after: Any) -> str:
    words = {"owner": before.get("certified_by") or _("its owner"), "because": after.get("because", "…")}
    return _("The certificate of %(owner)s ended: %(because)s") % words


def _disputed(kpi: Kpi, who: str, before: Any, after: Any) -> str:
    return _("%(who)s disputed the number: %(reason)s") % {"who": who, "reason": after.get("reason", "…")}


def _chosen(kpi: Kpi, who: str, before: Any, after: Any) -> str:
    words = {"who": who, "after": after.get("official", "…"), "before": before.get("official")}
    words["reason"] = after.get("reason", "…")
    if words["before"]:
        return _("%(who)s changed the official source from %(before)s to %(after)s: %(reason)s") % words
    return _("%(who)s made %(after)s the official source: %(reason)s") % words


def _moved(kpi: Kpi, who: str, before: Any, after: Any) -> str:
    return _("%(who)s merged its touchpoint into %(into)s") % {"who": who, "into": after.get("touchpoint", "…")}


WORDS: dict[str, Callable[[Kpi, str, Any, Any], str]] = {
    "kpi.create": _made,
    "kpi.define": _defined,
    "kpi.set_target": _targeted,
    "kpi.name_owner": _owned,
    "kpi.certify": _certified,
    "kpi.unconfirm": _unconfirmed,
    "kpi.dispute": _disputed,
    "kpi.make_official": _chosen,
    "kpi.move": _moved,
}


def _quoted(kpi: Kpi, held: Any) -> str:
    return _("“%(name)s”") % {"name": held} if held else _("none of its own")


def _choice(choices: Any) -> Callable[[Kpi, Any], str]:
    return lambda kpi, held: _("“%(name)s”") % {"name": dict(choices).get(held, held)}


def _answers(kpi: Kpi, held: Any) -> str:
    count = int(held or 0)
    return ngettext("%(n)s answer", "%(n)s answers", count) % {"n": figures.whole(count)}


FIELDS: dict[str, tuple[Any, Callable[[Kpi, Any], str]]] = {
    "name": (gettext_lazy("the name"), _quoted),
    "unit": (gettext_lazy("the unit"), _quoted),
    "direction": (gettext_lazy("which way is good"), _choice(DIRECTIONS)),
    "reporting_period": (gettext_lazy("the reporting period"), _choice(Kpi.Grain.choices)),
    "smallest_sample": (gettext_lazy("the smallest sample"), _answers),
    "is_outcome": (gettext_lazy("whether it sets health"), lambda kpi, held: _quoted(kpi, counting.said(kpi, held))),
    "tells": (gettext_lazy("what it tells of its channel"), _choice(TELLS)),
    "watch_threshold": (gettext_lazy("the watch distance"), lambda kpi, held: _number(kpi, held, None)),
}


def _number(kpi: Kpi, value: Any, other: Any) -> str:
    """Write a value with the measure's decimals; with more where it would look the same as the other, or lose some."""
    if value is None:
        return "…"
    usual = measure(kpi.measure).decimals
    enough = (
        at
        for at in range(usual, usual + 4)
        if _says(value, at) and (other in (None, value) or _differ(value, other, at))
    )
    return figures.number(value, next(enough, usual + 3))


def _says(value: float, decimals: int) -> bool:
    return abs(round(value, decimals) - value) < 1e-9


def _differ(value: float, other: float, decimals: int) -> bool:
    return round(value, decimals) != round(other, decimals)


def _day(held: Any) -> str:
    """Return "1 March 2026"."""
    return str(date_format(date.fromisoformat(held), "j F Y")) if held else "…"

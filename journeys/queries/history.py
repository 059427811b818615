"""The history of a touchpoint, and of those merged into it, worded for people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.fields import FIELDS
from journeys.models import Touchpoint
from journeys.registry import HISTORY_WORDS
from orgs.models import AuditEntry

MOST_NAMED = 4  # more fields than these are counted
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d)\Z")
UNDOABLE = {"touchpoint.edit", "touchpoint.undo"}
WORDS = {
    "touchpoint.create": gettext_lazy("%(who)s made this touchpoint"),
    "touchpoint.offer": gettext_lazy("%(who)s offered it to %(department)s"),
    "touchpoint.archive": gettext_lazy("%(who)s archived it"),
    "touchpoint.restore": gettext_lazy("%(who)s restored it"),
    "touchpoint.merge": gettext_lazy("%(who)s merged “%(merged)s” into this one"),
    "touchpoint.merge_away": gettext_lazy("%(who)s merged it into “%(into)s”"),
}


@dataclass(frozen=True)
class FieldChange:
    """One field of an entry, before and after, in words ("" when it was empty)."""

    key: str
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One entry of a history."""

    entry: AuditEntry
    at: datetime
    who: str
    sentence: str
    changes: Sequence[FieldChange]
    of: str  # the name of the merged touchpoint it happened to, "" for this one
    can_be_undone: bool


def entries(touchpoint: Touchpoint) -> QuerySet[AuditEntry]:
    """The audit entries of a touchpoint and of all that were merged into it, newest first."""
    merged = list(Touchpoint.objects.filter(merged_into=touchpoint).values_list("pk", flat=True))
    found = AuditEntry.objects.filter(subject_type="touchpoint", subject_id__in=[touchpoint.pk, *merged])
    return found.select_related("actor__user").order_by("-pk")


def lines(touchpoint: Touchpoint, found: Sequence[AuditEntry]) -> list[Line]:
    """Word the entries of a page. No query per entry."""
    return [_line(touchpoint, entry) for entry in found]


def _line(touchpoint: Touchpoint, entry: AuditEntry) -> Line:
    is_own = entry.subject_id == touchpoint.pk
    return Line(
        entry=entry,
        at=entry.at,
        who=who(entry),
        sentence=sentence(entry),
        changes=[_change(entry, key) for key in FIELDS if key in entry.after],
        of="" if is_own else entry.subject_label,
        can_be_undone=is_own and entry.action in UNDOABLE and touchpoint.archived_at is None,
    )


def who(entry: AuditEntry) -> str:
    """The person, or the job that acted."""
    return str(entry.actor) if entry.actor else entry.origin or _("CX Hub")


def sentence(entry: AuditEntry) -> str:
    """Say what happened: “Lea changed the promise”."""
    names = {"who": who(entry)}
    if entry.action in UNDOABLE:
        fields = [str(FIELDS[key].named) for key in FIELDS if key in entry.after]
        words = _("%(who)s undid a change of %(fields)s") if entry.action == "touchpoint.undo" else ""
        return (words or _("%(who)s changed %(fields)s")) % {**names, "fields": listed(fields)}
    pattern = str({**WORDS, **HISTORY_WORDS}.get(entry.action, _("%(who)s changed it")))
    return pattern % _Told({**{key: _day(value) for key, value in entry.after.items()}, **names})


def _day(value: object) -> object:
    """A day is kept as year-month-day and read as people write it."""
    return date_format(date.fromisoformat(value), "j M Y") if isinstance(value, str) and DAY.match(value) else value


class _Told(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def listed(names: Sequence[str]) -> str:
    """Name a few things in a sentence; many are counted."""
    if len(names) < 2:
        return "".join(names)
    if len(names) > MOST_NAMED:
        return _("%(names)s and %(n)d more") % {"names": ", ".join(names[:2]), "n": len(names) - 2}
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _change(entry: AuditEntry, key: str) -> FieldChange:
    field = FIELDS[key]
    before = field.words(entry.before[key]) if key in entry.before else ""
    return FieldChange(key, str(field.label), before, field.words(entry.after[key]))


def people(found: QuerySet[AuditEntry]) -> list[tuple[str, str]]:
    """The people who acted in these entries, as (id, name)."""
    rows = found.exclude(actor=None).order_by("actor__user__name", "actor")
    return [(str(pk), name) for pk, name in rows.values_list("actor", "actor__user__name").distinct()]


def narrowed(found: QuerySet[AuditEntry], *, person: str = "", key: str = "") -> QuerySet[AuditEntry]:
    """The entries of one person (an id of `people`), of one field, or of both; "" narrows nothing."""
    if person:
        found = found.filter(actor=int(person))
    if key in FIELDS:
        found = found.filter(after__has_key=key)
    return found

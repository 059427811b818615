"""Since when a touchpoint has had each design status, read off its history."""

from dataclasses import dataclass, replace
from datetime import date, tzinfo

from journeys.models import Touchpoint
from orgs.models import AuditEntry

STATUS, SINCE = "design_status", "design_status_since"


@dataclass(frozen=True)
class Spell:
    """One status, and the day it holds from; None where nobody said."""

    status: str
    since: date | None

    @property
    def word(self) -> str:
        return str(Touchpoint.DesignStatus(self.status).label)


def spells(touchpoint: Touchpoint, *, zone: tzinfo) -> list[Spell]:
    """Return the statuses it has had, the first first; the last is today's. One query.

    A day that is corrected counts as corrected; what a later status says to have held before is taken back.
    """
    entries = AuditEntry.objects.filter(subject_type="touchpoint", subject_id=touchpoint.pk)
    told: list[Spell] = []
    for entry in entries.filter(after__has_any_keys=[STATUS, SINCE]).order_by("pk"):
        since = date.fromisoformat(entry.after[SINCE]) if entry.after.get(SINCE) else None
        if STATUS not in entry.after:
            told = [*told[:-1], replace(told[-1], since=since)] if told else []
        elif entry.after[STATUS]:
            told = _with(told, Spell(entry.after[STATUS], since or entry.at.astimezone(zone).date()))
    if not touchpoint.design_status:
        return told
    now = Spell(touchpoint.design_status, touchpoint.design_status_since)
    return told if told and told[-1] == now else _with(told, now)


def _with(told: list[Spell], new: Spell) -> list[Spell]:
    """Add a status: those that began after it were said in error, and the same one again says its day anew."""
    kept = [each for each in told if not (new.since and each.since and each.since > new.since)]
    if kept and kept[-1].status == new.status:
        kept = kept[:-1]
    return [*kept, new]

"""Another department answers for a touchpoint of a map than when the map was reviewed, or none any more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from governance.queries import early
from governance.registry import Occasion, Trigger
from journeys.models import Map
from orgs.models import AuditEntry, Workspace

GIVEN_UP = "touchpoint.give_up"
DECIDED = ("touchpoint.accept", "touchpoint.claim", GIVEN_UP)


def find(maps: Sequence[Map], workspace: Workspace, now: datetime) -> Iterator[Occasion]:
    """Yield each touchpoint whose department is another one; the first it ever has is none. Two queries."""
    for map_id, entries in early.changes(maps, DECIDED, key="department", zone=workspace.tzinfo, now=now):
        last, (before, _first), (_was, after) = entries[-1], _departments(entries[0]), _departments(entries[-1])
        if before and before != after:
            words = {"what": last.subject_label, "from": before, "to": after}
            yield Occasion(map_id, str(last.pk), last.at, last.subject_id, words)


def sentence(words: Mapping[str, Any]) -> str:
    if not words["to"]:
        return _("%(from)s answers for %(what)s no more") % words
    return _("%(to)s answers for %(what)s now, not %(from)s") % words


def _departments(entry: AuditEntry) -> tuple[str, str]:
    """Which department answered before, and after."""
    named = str(entry.after["department"])
    return (named, "") if entry.action == GIVEN_UP else (str(entry.before.get("department", "")), named)


TRIGGER = Trigger("owner", sentence, find, "touchpoint")

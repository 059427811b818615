"""A touchpoint of a map runs on other systems than when the map was reviewed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from governance.queries import early
from governance.registry import Occasion, Trigger
from journeys.fields import FIELDS
from journeys.models import Map
from orgs.models import Workspace

EDITS = ("touchpoint.edit", "touchpoint.undo")


def find(maps: Sequence[Map], workspace: Workspace, now: datetime) -> Iterator[Occasion]:
    """Yield each touchpoint whose systems are other ones now: what was changed and put back is none. Two queries."""
    field = FIELDS["systems"]
    for map_id, entries in early.changes(maps, EDITS, key="systems", zone=workspace.tzinfo, now=now):
        last, before, after = entries[-1], entries[0].before["systems"], entries[-1].after["systems"]
        if not field.is_same(before, after):
            words = {"what": last.subject_label, "from": field.words(before), "to": field.words(after)}
            yield Occasion(map_id, str(last.pk), last.at, last.subject_id, words)


def sentence(words: Mapping[str, Any]) -> str:
    if not words["from"]:
        return _("%(what)s runs on %(to)s now") % words
    if not words["to"]:
        return _("%(what)s runs on %(from)s no more") % words
    return _("%(what)s runs on %(to)s now, not on %(from)s") % words


TRIGGER = Trigger("system", sentence, find, "touchpoint")

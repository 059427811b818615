"""Publishes a map: keeps it as it is, under a number, for good. Restoring one writes the draft."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib.one_line import one_line
from journeys.models import Map, MapVersion
from journeys.queries import documents, maps
from journeys.services import drafts, structures
from journeys.services import maps as details
from orgs.models import Member
from orgs.services import audit

LONGEST_NOTE = 500


class NothingChanged(Exception):
    """The map is what its newest version says."""

    def __init__(self) -> None:
        super().__init__(_("Nothing has changed since the newest version."))


class DraftChanged(Exception):
    """The map is no longer what the person looked at when they asked to restore."""

    def __init__(self) -> None:
        super().__init__(_("The map changed since you looked. See what differs now, then restore again."))


class NoSponsor(Exception):
    """A published map needs somebody who answers for it."""

    def __init__(self) -> None:
        super().__init__(_("Name who sponsors this map. A published map needs an executive who answers for it."))


class BadNote(Exception):
    """The note is too long; str() is the sentence for the person."""


@transaction.atomic
def publish(
    *, drawn: Map, note: str, is_major: bool, by: Member, now: datetime, sponsor: Member | None = None
) -> MapVersion:
    """Keep the map as it is as its next version. `sponsor` is named with it where the map has none.

    Raises NoSponsor, NothingChanged, BadNote, structures.MapIsArchived.
    """
    clean = one_line(note, LONGEST_NOTE, BadNote)
    held = structures.hold(drawn.pk)
    if not maps.has_sponsor(held):
        if sponsor is None:
            raise NoSponsor
        details.edit(drawn=held, version=held.version, by=by, sponsor=sponsor)
    drafts.lock(drawn)
    made = _kept(drawn, note=clean, is_major=is_major, by=by, now=now)
    if made is None:
        raise NothingChanged
    return made


@transaction.atomic
def restore(*, version: MapVersion, seen: str, by: Member, now: datetime) -> list[str]:
    """Write the draft as this version says. What was not published is kept as a version of its own first.

    `seen` names the document of the map that the person looked at. All that is drafted comes back; who answers for the
    map stays as it is now. Returns in sentences what could not come back as it was. Raises DraftChanged,
    structures.MapIsArchived, stages.StageIsMeasured.
    """
    drawn = version.map
    with structures.changing(drawn.pk) as held:
        drafts.lock(held)
        if documents.sha256(documents.document(maps.one().get(pk=held.pk))) != seen:
            raise DraftChanged
        _kept(held, note=_("Before version %(n)d was restored") % {"n": version.number}, is_major=False, by=by, now=now)
        missed = drafts.write(held, version.document)
        structures.moved(held, *held.stages.all(), order=True)
        told = {"version": version.number, "sha256": version.sha256, **({"missed": missed} if missed else {})}
        audit.record("map.restore_version", held, by=by, after=told)
    return missed


def _kept(drawn: Map, *, note: str, is_major: bool, by: Member, now: datetime) -> MapVersion | None:
    told = documents.document(maps.one().get(pk=drawn.pk))
    name = documents.sha256(told)
    newest = MapVersion.objects.filter(map=drawn).first()
    if newest and newest.sha256 == name:
        return None
    number = newest.number + 1 if newest else 1
    own = {"number": number, "note": note, "is_major": is_major, "sha256": name}
    made: MapVersion = MapVersion.objects.create(map=drawn, document=told, by=by, at=now, **own)
    audit.record("map.publish", drawn, by=by, after=own)
    return made

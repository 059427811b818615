"""Personas, products and markets: makes, describes, archives, restores and removes them. One way for all three."""

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import ngettext

from journeys.models import Map, Persona, Registered
from orgs.models import Member
from orgs.services import audit, naming, stale

Kind = TypeVar("Kind", bound=Registered)
DESCRIBED_BY = ("name", "description")


class IsUsed(ValueError):
    """Maps refer to it, so it can be archived but not removed."""

    def __init__(self, name: str, maps: int) -> None:
        words = ngettext(
            "%(n)d map is about “%(name)s”, so it cannot be removed. Archive it: it leaves the choices, and the map "
            "keeps it.",
            "%(n)d maps are about “%(name)s”, so it cannot be removed. Archive it: it leaves the choices, and the maps "
            "keep it.",
            maps,
        )
        super().__init__(words % {"n": maps, "name": name})


def find_or_create(kind: type[Kind], name: str, *, by: Member | None, origin: str = "") -> tuple[Kind, bool]:
    """Return the persona, product or market of this name, made if it is new."""
    found, is_new = naming.find_or_create(kind.objects, name)
    if is_new:
        audit.record(_action(found, "create"), found, by=by, after={"name": found.name}, origin=origin)
    return found, is_new


def values_of(record: Registered) -> dict[str, str]:
    """What its form shows, to find out whether somebody else changed it meanwhile."""
    return {name: getattr(record, name) for name in DESCRIBED_BY}


@transaction.atomic
def describe(*, record: Registered, name: str, description: str, was: str, by: Member) -> None:
    """Give it another name and description. Raises ChangedMeanwhile, naming.NameIsTaken, naming.NoName."""
    locked = _locked(record)
    before = values_of(locked)
    stale.refuse(was, before)
    naming.rename(locked, name)
    locked.description = description
    locked.save(update_fields=["description"])
    after = values_of(locked)
    changed = [name for name in DESCRIBED_BY if before[name] != after[name]]
    if changed:
        told = [{name: values[name] for name in changed} for values in (before, after)]
        audit.record(_action(locked, "describe"), locked, by=by, before=told[0], after=told[1])


@transaction.atomic
def archive(*, record: Registered, by: Member, now: datetime) -> None:
    """Take it out of every choice; the maps that are about it keep it."""
    if type(record).objects.filter(pk=record.pk, archived_at=None).update(archived_at=now):
        audit.record(_action(record, "archive"), record, by=by, after={"archived": True})


@transaction.atomic
def restore(*, record: Registered, by: Member) -> None:
    """Bring it back into the choices."""
    if type(record).objects.filter(pk=record.pk).exclude(archived_at=None).update(archived_at=None):
        audit.record(_action(record, "restore"), record, by=by, after={"archived": False})


def why_it_stays(record: Registered) -> str:
    """Say why one cannot be removed; "" when it can."""
    maps = _maps(record)
    return str(IsUsed(record.name, maps)) if maps else ""


@transaction.atomic
def remove(*, record: Registered, by: Member) -> None:
    """Remove one that no map is about. Raises IsUsed."""
    locked = _locked(record)
    maps = _maps(locked)
    if maps:
        raise IsUsed(locked.name, maps)
    audit.record(_action(locked, "remove"), locked, by=by, before=values_of(locked))
    locked.delete()


def _maps(record: Registered) -> int:
    """How many maps are about it, or keep a lane of it."""
    found = Q(pk__in=record.map_links.values("map"))  # type: ignore[attr-defined]
    if isinstance(record, Persona):
        found |= Q(pk__in=record.map_lanes.values("map"))
    return Map.objects.filter(found).count()


def _locked(record: Registered) -> Registered:
    """Held against a map that takes it up meanwhile: the link's foreign key waits for this row."""
    found: Registered = type(record).objects.select_for_update().get(pk=record.pk)
    return found


def _action(record: Registered, verb: str) -> str:
    return f"{record._meta.model_name}.{verb}"

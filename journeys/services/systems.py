"""Makes and renames systems."""

from django.db import transaction

from journeys.models import System
from orgs.models import Member
from orgs.services import audit, naming, stale


def find_or_create(name: str, *, by: Member | None, origin: str = "") -> tuple[System, bool]:
    """Return the system of this name, made if it is new."""
    system, is_new = naming.find_or_create(System.objects, name)
    if is_new:
        audit.record("system.create", system, by=by, after={"name": system.name}, origin=origin)
    return system, is_new


def values_of(system: System) -> dict[str, str]:
    """What its form shows, to find out whether somebody else changed it meanwhile."""
    return {"name": system.name}


@transaction.atomic
def rename(*, system: System, name: str, was: str, by: Member) -> None:
    """Give a system another name. Raises ChangedMeanwhile, naming.NameIsTaken, naming.NoName."""
    locked = System.objects.select_for_update().get(pk=system.pk)
    before = values_of(locked)
    stale.refuse(was, before)
    naming.rename(locked, name)
    if locked.name != before["name"]:
        audit.record("system.rename", locked, by=by, before=before, after={"name": locked.name})

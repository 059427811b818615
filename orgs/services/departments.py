"""Makes, renames, archives and restores departments."""

from datetime import datetime

from django.db import transaction

from orgs.models import Department, Member
from orgs.services import audit, naming, stale


def find_or_create(name: str, *, by: Member | None, origin: str = "") -> tuple[Department, bool]:
    """Return the department of this name, made if it is new."""
    department, is_new = naming.find_or_create(Department.objects, name)
    if is_new:
        audit.record("department.create", department, by=by, after={"name": department.name}, origin=origin)
    return department, is_new


def values_of(department: Department) -> dict[str, str]:
    """What its form shows, to find out whether somebody else changed it meanwhile."""
    return {"name": department.name}


@transaction.atomic
def rename(*, department: Department, name: str, was: str, by: Member) -> None:
    """Give a department another name; what refers to it follows. Raises ChangedMeanwhile, naming.NameIsTaken."""
    locked = Department.objects.select_for_update().get(pk=department.pk)
    before = values_of(locked)
    stale.refuse(was, before)
    naming.rename(locked, name)
    if locked.name != before["name"]:
        audit.record("department.rename", locked, by=by, before=before, after={"name": locked.name})


@transaction.atomic
def archive(*, department: Department, by: Member, now: datetime) -> None:
    """Take a department out of every choice; what refers to it keeps it."""
    if Department.objects.filter(pk=department.pk, archived_at=None).update(archived_at=now):
        audit.record("department.archive", department, by=by, after={"archived": True})


@transaction.atomic
def restore(*, department: Department, by: Member) -> None:
    """Bring an archived department back into the choices."""
    if Department.objects.filter(pk=department.pk).exclude(archived_at=None).update(archived_at=None):
        audit.record("department.restore", department, by=by, after={"archived": False})

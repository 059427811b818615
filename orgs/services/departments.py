"""Makes departments."""

from orgs.models import Department, Member
from orgs.services import audit, naming


def find_or_create(name: str, *, by: Member | None, origin: str = "") -> tuple[Department, bool]:
    """Return the department of this name, made if it is new."""
    department, is_new = naming.find_or_create(Department.objects, name)
    if is_new:
        audit.record("department.create", department, by=by, after={"name": department.name}, origin=origin)
    return department, is_new

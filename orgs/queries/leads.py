"""Who leads which department, of those who are still here."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from orgs.models import MemberRole
from orgs.roles import Role


def roles() -> QuerySet[MemberRole]:
    """The roles of everybody who leads a department now."""
    found: QuerySet[MemberRole] = MemberRole.objects.filter(role=Role.DEPARTMENT_LEAD, member__left_at=None)
    return found


def of_departments(ids: Iterable[int | None]) -> dict[int | None, list[int]]:
    """Return the members who lead each of these departments, in one query; nobody leads no department."""
    found: dict[int | None, list[int]] = defaultdict(list)
    wanted = {pk for pk in ids if pk}
    if wanted:
        held = roles().filter(department_id__in=wanted).order_by("member_id")
        for department, member in held.values_list("department_id", "member_id"):
            found[department].append(member)
    return found

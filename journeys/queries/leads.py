"""Who leads the department that a touchpoint belongs to."""

from collections import defaultdict
from collections.abc import Iterable

from journeys.models import Touchpoint
from orgs.models import MemberRole
from orgs.roles import Role


def leads_of(touchpoint: Touchpoint) -> list[int]:
    """Return the members who lead the department that accepted the touchpoint."""
    return of_departments([touchpoint.owning_department_id])[touchpoint.owning_department_id]


def of_departments(ids: Iterable[int | None]) -> dict[int | None, list[int]]:
    """Return the members who lead each of these departments, in one query; nobody leads no department."""
    found: dict[int | None, list[int]] = defaultdict(list)
    wanted = {pk for pk in ids if pk}
    if wanted:
        held = MemberRole.objects.filter(role=Role.DEPARTMENT_LEAD, department_id__in=wanted, member__left_at=None)
        for department, member in held.order_by("member_id").values_list("department_id", "member_id"):
            found[department].append(member)
    return found

"""Who leads the department that a touchpoint belongs to."""

from journeys.models import Touchpoint
from orgs.queries.leads import of_departments


def leads_of(touchpoint: Touchpoint) -> list[int]:
    """Return the members who lead the department that accepted the touchpoint."""
    return of_departments([touchpoint.owning_department_id])[touchpoint.owning_department_id]

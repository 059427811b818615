"""How the workspace in scope counts days."""

from connectors.base import Calendar
from orgs.models import Workspace
from orgs.scope import workspace_id


def calendar_here() -> Calendar:
    """Return the calendar of the workspace in scope."""
    here = Workspace.objects.get(pk=workspace_id())
    return Calendar(here.tzinfo, here.week_start, here.fiscal_year_start)

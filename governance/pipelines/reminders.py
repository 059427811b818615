"""Reminds of reviews in every workspace: what is due is found in the database, each map in a transaction of its own."""

from datetime import datetime, tzinfo
from itertools import chain

from governance.queries import reminding
from governance.services import reminders
from journeys.models import Map
from orgs.models import Workspace
from orgs.queries import leads
from orgs.scope import scope, workspace_ids

MOST = 200  # of one workspace in one sweep; the next one goes on


def sweep(now: datetime) -> int:
    """Give every reminder that is due; return how many were given."""
    return sum(_remind(workspace_id, pk, now) for workspace_id in workspace_ids() for pk in _due(workspace_id, now))


def _due(workspace_id: int, now: datetime) -> list[int]:
    with scope(workspace_id):
        zone = _zone(workspace_id)
        found = reminding.due(reminders.DAYS, today=reminding.day_of(now, zone), zone=zone)
        return list(found.order_by("due_on", "pk").values_list("pk", flat=True)[:MOST])


def _remind(workspace_id: int, pk: int, now: datetime) -> bool:
    """Remind of one map. It is held first and then looked at anew: its review may have another day by now."""
    with scope(workspace_id):
        if not Map.objects.filter(pk=pk).select_for_update(no_key=True, skip_locked=True, of=("self",)).exists():
            return False
        zone = _zone(workspace_id)
        today = reminding.day_of(now, zone)
        drawn = reminding.due(reminders.DAYS, today=today, zone=zone).filter(pk=pk).first()
        if drawn is None:
            return False
        owing = leads.of_departments(reminding.owing(drawn, today=today, zone=zone))
        days = reminding.days_of(drawn.due_on, reminders.DAYS, today)
        owners = reminding.owing_findings(drawn, today=today, zone=zone)
        owed = set(chain.from_iterable(owing.values())) | owners
        return reminders.remind(drawn=drawn, due_on=drawn.due_on, days=days, owing=owed, now=now)


def _zone(workspace_id: int) -> tzinfo:
    return Workspace.objects.get(pk=workspace_id).tzinfo

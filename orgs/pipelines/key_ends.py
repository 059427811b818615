"""Tells the makers of API keys that a key ends soon, while there is time to put a new one in its place."""

from datetime import datetime, timedelta

from orgs.models import ApiKey
from orgs.scope import scope, workspace_ids
from orgs.services import notifications

WARNED_DAYS = (14, 3)
KIND = "key.ending"


def warn(now: datetime) -> None:
    """Tell of each key that ends within 14 and within 3 days, in every workspace; nobody hears the same twice."""
    for workspace_id in workspace_ids():
        with scope(workspace_id):
            for key in ApiKey.objects.usable(now).filter(expires_at__lte=now + timedelta(days=WARNED_DAYS[0])):
                _tell(key, now)


def _tell(key: ApiKey, now: datetime) -> None:
    days = min(days for days in WARNED_DAYS if key.expires_at <= now + timedelta(days=days))
    if key.lasts_days > days:  # who made a key for three days knows
        notifications.tell(members=[key.member_id], kind=KIND, thing=key, occasion=f"ends in {days} days", by=None)

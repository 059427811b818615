"""Lets sponsors and executives know, once, of an offer that nobody decided in time."""

from datetime import datetime

from django.db import transaction

from journeys.models import Offer
from journeys.queries import offers
from orgs.scope import scope, workspace_ids
from orgs.services import notifications

AT_ONCE = 200


def sweep(now: datetime) -> int:
    """Remind in every workspace; returns how many offers were late. Two at once never remind of the same offer."""
    return sum(_remind(workspace_id, now) for workspace_id in workspace_ids())


def _remind(workspace_id: int, now: datetime) -> int:
    with scope(workspace_id), transaction.atomic():
        waiting = Offer.objects.waiting_since(offers.late_before(now)).filter(reminded_at=None)
        free = waiting.select_for_update(of=("self",), skip_locked=True).order_by("offered_at", "pk")
        late = list(free.select_related("touchpoint")[:AT_ONCE])
        for each in late:
            members = offers.overseers_of(each.touchpoint)
            notifications.tell(members=members, kind="offer.undecided", thing=each, occasion="undecided", by=None)
        Offer.objects.filter(pk__in=[each.pk for each in late]).update(reminded_at=now)
    return len(late)

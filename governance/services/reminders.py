"""Reminds people of the review of a map, once per day that they are to be; and lets it be once it is not to do."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from governance.models import Reminder
from governance.queries import reviewers
from journeys.models import Map
from orgs.services import audit, notifications

DAYS = (-14, -3, 0, 3, 7)
"""So many days after the day a review is due (before it: below 0) people are reminded of it."""

TO_SPONSOR = 7
DUE, LATE, OWED, NOBODYS, DELEGATED = "review.due", "review.late", "review.owed", "review.nobodys", "review.delegated"
HANDED_BACK, TAKEN_BACK = "review.handed_back", "review.taken_back"
EARLY, DECLINED = "review.early", "review.early_declined"
REMINDERS = (DUE, LATE, OWED, NOBODYS, EARLY)


@transaction.atomic
def remind(*, drawn: Map, due_on: date, days: int, owing: Collection[int], now: datetime) -> bool:
    """Tell whoever reviews the map, the leads who owe confirmations, and at last its sponsor. Return whether this did.

    Who is told one thing of a day is not told another: whoever reviews comes first. Earlier reminders are settled.
    """
    made = {"map": drawn, "due_on": due_on, "days": days}
    _row, is_new = Reminder.objects.get_or_create(**made, defaults={"at": now})
    if not is_new:
        return False
    notifications.settle(thing=drawn, kinds=REMINDERS, now=now)
    whose = reviewers.of(drawn)
    told = [(DUE if whose.members else NOBODYS, whose.ids or {each.pk for each in reviewers.administrators()})]
    if days >= TO_SPONSOR:
        told.append((LATE, {drawn.sponsor_id} - {None}))  # type: ignore[arg-type]
    told.append((OWED, set(owing)))
    words = {"due_on": due_on.isoformat(), "days": days}
    for kind, members in told:
        occasion = f"review {due_on.isoformat()} {days:+d}"
        notifications.tell(members=members, kind=kind, thing=drawn, occasion=occasion, by=None, data=words)
    audit.record("map.remind_of_review", drawn, by=None, after={"due_on": due_on.isoformat(), "days": days})
    return True


def let_be(maps: Sequence[Map], *, delegated: bool = False) -> None:
    """Settle what people were reminded of: the review has another day, or is done. `delegated`: it has no delegate."""
    notifications.settle_all(things=maps, kinds=(*REMINDERS, DELEGATED) if delegated else REMINDERS)

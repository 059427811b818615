"""Offers many touchpoints to one department: what can be offered is, and the rest is told with why."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from journeys.models import Touchpoint
from journeys.services import accountability
from journeys.services.left_out import LeftOut
from orgs.models import Department, Member


@transaction.atomic
def offer_many(
    *, touchpoints: Sequence[Touchpoint], department: Department, by: Member, now: datetime, message: str = ""
) -> list[LeftOut]:
    """Offer what nobody answers for to a department; its leads get one message. Returns what was left out.

    Each is looked at once it is locked: what found an owner since the list was shown is left out, too.
    """
    left, origin = [], f"{by}, {now:%Y-%m-%d %H:%M:%S}"
    for each in touchpoints:
        try:
            accountability.offer(
                touchpoint=each,
                department=department,
                by=by,
                now=now,
                message=message,
                origin=origin,
                is_for_unowned=True,
            )
        except accountability.CannotOffer as problem:
            left.append(LeftOut(each, str(problem)))
    return left

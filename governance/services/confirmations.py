"""Says that records are still right, as they were when the person looked at them."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from governance.models import Confirmation
from journeys.models import Touchpoint
from orgs.models import Member
from orgs.services import audit


@transaction.atomic
def confirm(*, seen: Mapping[int, int], by: Member, now: datetime) -> list[Confirmation]:
    """Confirm touchpoints in use: `seen` is the version of each that the person looked at.

    What changed meanwhile is left out, so that nobody confirms what they did not see. Returns what was confirmed.
    """
    held = Touchpoint.objects.current().filter(pk__in=seen).order_by("pk").select_for_update(no_key=True, of=("self",))
    same = [each for each in held if each.version == seen[each.pk]]
    made = [Confirmation(touchpoint=each, version=each.version, by=by, at=now) for each in same]
    told = {each.pk: {"version": each.version} for each in same}
    audit.record_many("touchpoint.confirm", same, by=by, after=told)
    return Confirmation.objects.bulk_create(made)

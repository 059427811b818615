"""Says that records are still right, as they were when the person looked at them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from governance.models import Confirmation
from journeys.models import Finding, Touchpoint
from orgs.models import Member
from orgs.services import audit


@transaction.atomic
def confirm(
    *, by: Member, now: datetime, seen: Mapping[int, int] | None = None, findings: Mapping[int, int] | None = None
) -> list[Confirmation]:
    """Confirm touchpoints (`seen`) and findings in use: each with the version of it that the person looked at.

    What changed meanwhile is left out, so that nobody confirms what they did not see. Returns what was confirmed.
    """
    return _of(Touchpoint, seen or {}, by, now) + _of(Finding, findings or {}, by, now)


def _of(model: Any, seen: Mapping[int, int], by: Member, now: datetime) -> list[Confirmation]:
    of = model._meta.model_name
    held = model.objects.current().filter(pk__in=seen).order_by("pk").select_for_update(no_key=True, of=("self",))
    same = [each for each in held if each.version == seen[each.pk]]
    made = [Confirmation(**{of: each}, version=each.version, by=by, at=now) for each in same]
    told = {each.pk: {"version": each.version} for each in same}
    audit.record_many(f"{of}.confirm", same, by=by, after=told)
    return Confirmation.objects.bulk_create(made)

"""What happens to status updates and requests when one touchpoint is merged into another: they follow."""

from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from insights.models import StatusUpdate, UpdateRequest
from insights.services import requests
from journeys.models import Touchpoint
from journeys.registry import MergeStep
from orgs.models import Member


def preview(stays: Touchpoint, goes: Touchpoint) -> list[str]:
    """Say how many status updates and open requests follow."""
    count = StatusUpdate.objects.filter(touchpoint=goes).count() + _waiting(goes).count()
    words = ngettext(
        "%(n)d status update or request for one follows.", "%(n)d status updates and requests for one follow.", count
    )
    return [words % {"n": count}] if count else []


def move(*, stays: Touchpoint, goes: Touchpoint, by: Member, now: datetime) -> dict[str, Any]:
    """Give them to `stays`. Who asked both is asked for one: the request to the one that goes is withdrawn."""
    asked_there = set(_waiting(stays).values_list("by_id", flat=True))
    for request in _waiting(goes).filter(by_id__in=asked_there):
        requests.withdraw(request=request, by=by, now=now)
    count = StatusUpdate.objects.filter(touchpoint=goes).update(touchpoint=stays)
    count += UpdateRequest.objects.filter(touchpoint=goes).update(touchpoint=stays)
    return {"updates": count} if count else {}


def _waiting(touchpoint: Touchpoint) -> Any:
    return UpdateRequest.objects.filter(touchpoint=touchpoint, outcome="")


STEP = MergeStep("updates", preview, move)

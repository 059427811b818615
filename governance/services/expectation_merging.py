"""What follows for expectations when one touchpoint is merged into another."""

from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from governance.models import Expectation
from journeys.models import Touchpoint
from journeys.registry import MergeStep
from orgs.models import Member


def _preview(stays: Touchpoint, goes: Touchpoint) -> list[str]:
    count = Expectation.objects.filter(touchpoint=goes, ended_at=None).count()
    words = ngettext("%(n)d expectation moves along.", "%(n)d expectations move along.", count)
    return [words % {"n": count}] if count else []


def _move(*, stays: Touchpoint, goes: Touchpoint, by: Member, now: datetime) -> dict[str, Any]:
    """Let all go on at the one that stays, with their history; their numbers follow as well."""
    moved = Expectation.objects.filter(touchpoint=goes).update(touchpoint=stays)
    return {"expectations": moved} if moved else {}


STEP = MergeStep("expectations", _preview, _move)

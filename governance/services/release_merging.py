"""What follows for releases when one touchpoint is merged into another."""

from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from governance.models import Release
from journeys.models import Touchpoint
from journeys.registry import MergeStep
from orgs.models import Member


def _moving(stays: Touchpoint, goes: Touchpoint) -> Any:
    """A name that both have was one release of both: the one that stays keeps its own."""
    there = Release.objects.filter(touchpoint=stays).values("name")
    return Release.objects.filter(touchpoint=goes).exclude(name__in=there)


def _preview(stays: Touchpoint, goes: Touchpoint) -> list[str]:
    count = _moving(stays, goes).count()
    words = ngettext("%(n)d release moves along.", "%(n)d releases move along.", count)
    return [words % {"n": count}] if count else []


def _move(*, stays: Touchpoint, goes: Touchpoint, by: Member, now: datetime) -> dict[str, Any]:
    """Let the charts of the one that stays tell what went live at both."""
    moved = _moving(stays, goes).update(touchpoint=stays)
    return {"releases": moved} if moved else {}


STEP = MergeStep("releases", _preview, _move)

"""What follows for hand-offs when one touchpoint is merged into another."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import HandOff
from governance.queries import handoffs as reads
from journeys.models import Touchpoint
from journeys.registry import MergeStep
from orgs.models import Member


def _preview(stays: Touchpoint, goes: Touchpoint) -> list[str]:
    count = reads.of(goes).count()
    words = ngettext("%(n)d hand-off moves along.", "%(n)d hand-offs move along.", count)
    return [words % {"n": count}] if count else []


def _move(*, stays: Touchpoint, goes: Touchpoint, by: Member, now: datetime) -> dict[str, Any]:
    """Let what holds go on at the one that stays; what would double one there, or lead to itself, ends."""
    there = {(each.giver_id, each.taker_id) for each in HandOff.objects.filter(ended_at=None)}
    moved = 0
    for each in HandOff.objects.select_for_update().filter(reads.touching(goes), ended_at=None).order_by("pk"):
        pair = tuple(stays.pk if pk == goes.pk else pk for pk in (each.giver_id, each.taker_id))
        if pair[0] == pair[1] or pair in there:
            each.ended_at, each.ended_by = now, by
            each.end_reason = _("Its touchpoints were merged.")
        else:
            each.giver_id, each.taker_id = pair
            there.add(pair)
            moved += 1
        each.save()
    return {"handoffs": moved} if moved else {}


STEP = MergeStep("handoffs", _preview, _move)

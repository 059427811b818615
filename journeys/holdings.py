"""What a member answers for in this app: maps owned and sponsored, and touchpoints kept as their steward."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models import Map, Touchpoint
from journeys.services import maps, touchpoints
from orgs.models import Member
from orgs.registry import Holding


def _owned(member: Member) -> list[Map]:
    return list(Map.objects.current().filter(owner=member))


def _sponsored(member: Member) -> list[Map]:
    return list(Map.objects.current().filter(sponsor=member))


def _kept(member: Member) -> list[Touchpoint]:
    return list(Touchpoint.objects.current().filter(steward=member))


def _give_map(role: str) -> Any:
    def hand_over(drawn: Map, *, to: Member | None, by: Member) -> None:
        news = {name: getattr(drawn, name) for name in maps.DETAILS} | {role: to}
        maps.edit(drawn=drawn, version=drawn.version, by=by, **news)

    return hand_over


def _give_touchpoint(touchpoint: Touchpoint, *, to: Member | None, by: Member) -> None:
    now: datetime = timezone.now()
    changes = {"steward": str(to.pk) if to else ""}
    touchpoints.edit(touchpoint=touchpoint, version=touchpoint.version, changes=changes, by=by, now=now)


HOLDINGS = [
    Holding("maps_owned", _("Maps owned"), _owned, _give_map("owner"), lambda drawn: ("map", [drawn.pk])),
    Holding("maps_sponsored", _("Maps sponsored"), _sponsored, _give_map("sponsor"), lambda drawn: ("map", [drawn.pk])),
    Holding("touchpoints_kept", _("Touchpoints kept"), _kept, _give_touchpoint, lambda one: ("touchpoint", [one.pk])),
]

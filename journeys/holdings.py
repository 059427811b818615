"""The maps that a member owns and sponsors, to be handed over."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from journeys.models import Map
from journeys.services import maps
from orgs.models import Member
from orgs.registry import Holding


def _owned(member: Member) -> list[Map]:
    return list(Map.objects.current().filter(owner=member))


def _sponsored(member: Member) -> list[Map]:
    return list(Map.objects.current().filter(sponsor=member))


def _give_map(role: str) -> Any:
    def hand_over(drawn: Map, *, to: Member | None, by: Member) -> None:
        news = {name: getattr(drawn, name) for name in maps.DETAILS} | {role: to}
        maps.edit(drawn=drawn, version=drawn.version, by=by, **news)

    return hand_over


HOLDINGS = [
    Holding("maps_owned", _("Maps owned"), _owned, _give_map("owner"), lambda drawn: ("map", [drawn.pk])),
    Holding("maps_sponsored", _("Maps sponsored"), _sponsored, _give_map("sponsor"), lambda drawn: ("map", [drawn.pk])),
]

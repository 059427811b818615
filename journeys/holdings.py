"""The maps that a member owns and sponsors, and the findings that a member owns, to be handed over."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from journeys.models import Finding, Map
from journeys.services import findings, maps
from orgs.models import Member
from orgs.registry import Holding


def _owned(member: Member) -> list[Map]:
    return list(Map.objects.current().filter(owner=member))


def _sponsored(member: Member) -> list[Map]:
    return list(Map.objects.current().filter(sponsor=member))


def _give_map(role: str) -> Any:
    def hand_over(drawn: Map, *, to: Member | None, by: Member) -> None:
        maps.edit(drawn=drawn, version=drawn.version, by=by, **{role: to})

    return hand_over


def _findings(member: Member) -> list[Finding]:
    return list(Finding.objects.current().filter(owner=member).order_by("name", "pk"))


def _give_finding(finding: Finding, *, to: Member | None, by: Member) -> None:
    findings.edit(finding=finding, version=finding.version, changes={"owner": to or ""}, by=by)


HOLDINGS = [
    Holding("findings", _("Findings owned"), _findings, _give_finding, lambda one: ("finding", [one.pk])),
    Holding("maps_owned", _("Maps owned"), _owned, _give_map("owner"), lambda drawn: ("map", [drawn.pk])),
    Holding("maps_sponsored", _("Maps sponsored"), _sponsored, _give_map("sponsor"), lambda drawn: ("map", [drawn.pk])),
]

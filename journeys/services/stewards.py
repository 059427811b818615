"""Stewardship as something that is handed over when a member leaves."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journeys.models import Touchpoint
from journeys.services import touchpoints
from orgs.models import Member
from orgs.registry import Holding


def held(member: Member) -> list[Touchpoint]:
    """The touchpoints in use whose steward a member is."""
    return list(Touchpoint.objects.current().filter(steward=member).order_by("name", "pk"))


def hand_over(touchpoint: Touchpoint, *, to: Member | None, by: Member) -> None:
    """Make somebody else the steward, or nobody."""
    changes: dict[str, Any] = {"steward": to or ""}
    touchpoints.edit(touchpoint=touchpoint, version=touchpoint.version, changes=changes, by=by, now=timezone.now())


HOLDING = Holding(
    "stewardships", _("Touchpoints kept as steward"), held, hand_over, lambda one: ("touchpoint", [one.pk])
)

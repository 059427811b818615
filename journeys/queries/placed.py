"""What is placed at a step in the same lane: touchpoints, or findings of one kind, in their order."""

from journeys.models import Finding, FindingPlacement, Touchpoint, TouchpointPlacement

Placement = FindingPlacement | TouchpointPlacement


def record_of(placement: Placement) -> Finding | Touchpoint:
    """Return the record that is placed."""
    return placement.finding if isinstance(placement, FindingPlacement) else placement.touchpoint


def neighbours(placement: Placement) -> list[Placement]:
    """Return what stands in the same cell, itself among it."""
    found = type(placement).objects.filter(step=placement.step_id).order_by("position", "pk")
    if isinstance(placement, FindingPlacement):
        found = found.filter(finding__kind=placement.finding.kind)
    return list(found)


def after(placement: Placement) -> int | None:
    """Return the id of what stands right after it in its cell; None where it is the last."""
    own = [one.pk for one in neighbours(placement)]
    return next(iter(own[own.index(placement.pk) + 1 :]), None)

"""Which touchpoints stand beside which needs, read flat and put together in memory.

Nested as conditions of one query, these are guessed badly by PostgreSQL: a page took seconds for 10,000 touchpoints.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from journeys.models import FindingPlacement, Step, TouchpointPlacement
from journeys.queries import portfolio


@dataclass(frozen=True)
class Standing:
    """What stands on maps in use, and where on those of the current state."""

    steps: Mapping[int, list[int]]
    """By need: its steps of current maps."""
    beside: Mapping[int, set[int]]
    """By need at a step of a current map: the touchpoints at its steps."""
    drawn_needs: set[int]
    """On any map in use."""
    current_touchpoints: set[int]
    drawn_touchpoints: set[int]

    def lists_need(self, pk: int) -> bool:
        """Whether a need in use is listed: one at a step of a current map, or on no map in use at all."""
        return pk in self.beside or pk not in self.drawn_needs

    def lists_touchpoint(self, pk: int) -> bool:
        """Whether a touchpoint in use is listed, unless a listed need stands beside it."""
        return pk in self.current_touchpoints or pk not in self.drawn_touchpoints


def standing() -> Standing:
    """Return where needs and touchpoints stand. Four queries, each over a whole table of the workspace, none nested."""
    current = set(portfolio.current_maps().order_by().values_list("pk", flat=True))
    drawn = Step.objects.filter(stage__map__archived_at=None).order_by().values_list("pk", "stage__map")
    is_current = {step: on in current for step, on in drawn}
    at_step: dict[int, set[int]] = {}
    drawn_touchpoints, drawn_needs = set(), set()
    for pk, step in TouchpointPlacement.objects.order_by().values_list("touchpoint", "step"):
        if step in is_current:
            drawn_touchpoints.add(pk)
            if is_current[step]:
                at_step.setdefault(step, set()).add(pk)
    steps: dict[int, list[int]] = {}
    for pk, step in FindingPlacement.objects.order_by().values_list("finding", "step"):
        if step in is_current:
            drawn_needs.add(pk)
            if is_current[step]:
                steps.setdefault(pk, []).append(step)
    beside = {pk: {each for step in held for each in at_step.get(step, ())} for pk, held in steps.items()}
    current_touchpoints = {pk for held in at_step.values() for pk in held}
    return Standing(steps, beside, drawn_needs, current_touchpoints, drawn_touchpoints)

"""Copies a stage of a map with its steps."""

from journeys.models import Stage
from journeys.services import names, stages, steps, structures
from orgs.models import Member
from orgs.services import audit


def of_stage(*, stage: Stage, by: Member) -> Stage:
    """Put a copy of a stage after it, with its steps, their words and touchpoints. Raises structures.MapIsArchived."""
    with structures.changing(stage.map_id) as held:
        place = stage.position + 1
        made = stages.put(Stage(map=held, name=names.copied(stage.name), phase=stage.phase), place)
        for position, step in enumerate(stage.steps.all()):
            same = steps.like(step, stage=made, name=step.name, position=position)
            same.save()
            steps.fill(same, of=step)
        after = {"name": made.name, "copy_of": stage.name, "phase": made.phase.name, "map": held.pk}
        audit.record("stage.create", made, by=by, after=after)
    return made

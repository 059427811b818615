"""Copies maps and their stages. A copy has uids of its own; records stay one, words are copied."""

from typing import Any

from django.db import transaction

from journeys.models import Journey, Map, MapTemplate, Stage, Step
from journeys.queries import documents, maps
from journeys.services import drafts, names, planned_paths, stages, steps, structures
from orgs.models import Member
from orgs.services import audit


def of_stage(*, stage: Stage, by: Member) -> Stage:
    """Put a copy of a stage after it, with its steps, their words, touchpoints and paths.

    Raises structures.PartIsGone, structures.MapIsArchived.
    """
    with structures.changing(stage.map_id) as held:
        stage = structures.anew(held.stages.select_related("phase"), stage.pk)
        place = stage.position + 1
        made = stages.put(
            Stage(map=held, name=names.copied(stage.name), phase=stage.phase, is_overlapping=stage.is_overlapping),
            place,
        )
        twins: dict[int, Step] = {}
        for position, step in enumerate(stage.steps.all()):
            same = steps.like(step, stage=made, name=step.name, position=position)
            same.save()
            steps.fill(same, of=step)
            twins[step.pk] = same
        planned_paths.copy(twins)
        structures.moved(held, made, order=True)
        after = {"name": made.name, "copy_of": stage.name, "phase": made.phase.name, "map": held.pk}
        audit.record("stage.create", made, by=by, after=after)
    return made


@transaction.atomic
def of_map(*, drawn: Map, title: str, journey: Journey | None, state: str, by: Member) -> tuple[Map, list[str]]:
    """Make a map that says the same, of a journey or of a new one; versions and comments stay with the first.

    Returns it, and in sentences what could not be copied as it is. Raises names.BadName.
    """
    told = documents.document(maps.one().get(pk=drawn.pk))
    people = {"owner": drawn.owner, "sponsor": drawn.sponsor}
    return _draw(told, title, journey, state, by, {"copy_of": drawn.title}, people)


@transaction.atomic
def of_template(
    *, template: MapTemplate, title: str, journey: Journey | None, state: str, by: Member
) -> tuple[Map, list[str]]:
    """Begin a map with what a template holds; who begins it owns it.

    Returns it, and in sentences what could not be copied as it was. Raises names.BadName, stages.NoPhases.
    """
    return _draw(template.document, title, journey, state, by, {"template": template.name}, {"owner": by})


def _draw(
    told: dict[str, Any],
    title: str,
    journey: Journey | None,
    state: str,
    by: Member,
    origin: dict[str, str],
    people: dict[str, Member | None],
) -> tuple[Map, list[str]]:
    clean = names.clean(title)
    if journey is None:
        journey = Journey.objects.create(name=clean)
        audit.record("journey.create", journey, by=by, after={"name": clean})
    made: Map = Map.objects.create(journey=journey, title=clean, state=state, **people)
    missed = drafts.write(made, {**documents.renewed(told), "title": clean})
    audit.record("map.create", made, by=by, after={"title": clean, "state": state, **origin})
    return made, missed

"""Plans how customers go from step to step of a map: then, or, back to. Both ends are steps of the same map."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cxhub.lib.one_line import one_line
from journeys.models import Map, PlannedPath, Step
from journeys.queries.planned_paths import of, place
from journeys.services import structures
from orgs.models import AuditEntry, Member
from orgs.services import audit

LONGEST = 200
Told = dict[str, Any]


class BadPath(Exception):
    """The path cannot be planned; says why."""


def add(*, source: Step, target: Step | None, kind: str, label: str, by: Member) -> PlannedPath:
    """Plan a path between two steps of one map; there is one at most. Raises BadPath, structures.MapIsArchived."""
    clean = _clean(label)
    with structures.changing(source.stage.map_id) as held:
        here = Step.objects.select_related("stage").filter(stage__map=held)
        begin, end = here.filter(pk=source.pk).first(), here.filter(pk=target.pk).first() if target else None
        if begin is None or end is None:
            raise BadPath(_("Choose a step of this map."))
        _check(begin, end, kind)
        made: PlannedPath = PlannedPath.objects.create(source=begin, target=end, kind=kind, label=clean)
        told = {"source": begin.name, "target": end.name, "kind": kind, "label": clean}
        audit.record("planned_path.create", made, by=by, after={**told, "map": held.pk})
    return made


@transaction.atomic
def relabel(*, path: PlannedPath, was: str, label: str, by: Member) -> PlannedPath:
    """Say on which other condition a path is taken. `was` is the label the person saw.

    Raises BadPath, structures.NameChanged, structures.PartIsGone, structures.MapIsArchived.
    """
    clean = _clean(label)
    structures.hold(path.source.stage.map_id)
    held: PlannedPath = structures.anew(PlannedPath.objects.select_related("source", "target"), path.pk)
    if held.label not in {was, clean}:
        raise structures.NameChanged(held.label, clean)
    if held.label != clean:
        before, held.label = held.label, clean
        held.save(update_fields=["label"])
        audit.record("planned_path.relabel", held, by=by, before={"label": before}, after={"label": clean})
    return held


def remove(*, path: PlannedPath, by: Member) -> AuditEntry:
    """Plan a path no more. Returns the entry that can undo it.

    Raises structures.PartIsGone, structures.MapIsArchived.
    """
    with structures.changing(path.source.stage.map_id) as held:
        row: PlannedPath = structures.anew(PlannedPath.objects.select_related("source", "target"), path.pk)
        before = {"map": held.pk, "paths": [_told(row)]}
        entry = audit.record("planned_path.delete", row, by=by, before=before)
        row.delete()
    return entry


def of_steps(steps: Iterable[Step]) -> list[Told]:
    """Return the paths that begin or end at these steps, as plain values that `again` takes."""
    held = list(steps)
    found = PlannedPath.objects.filter(Q(source__in=held) | Q(target__in=held)).select_related("source", "target")
    return [_told(path) for path in found.order_by("pk")]


def again(held: Map, told: Iterable[Told]) -> list[PlannedPath]:
    """Plan these paths anew, as far as both ends are on the map and no other path joins them."""
    steps = {str(step.uid): step for step in Step.objects.filter(stage__map=held)}
    there = set(PlannedPath.objects.filter(source__stage__map=held).values_list("source__uid", "target__uid"))
    joined = {(str(source), str(target)) for source, target in there}
    wanted = {
        (one["source"], one["target"]): one for one in reversed(list(told))
    }  # the first of two that join the same
    return PlannedPath.objects.bulk_create(
        [
            PlannedPath(source=steps[source], target=steps[target], kind=one["kind"], label=one["label"])
            for (source, target), one in reversed(wanted.items())
            if {source, target} <= set(steps) and (source, target) not in joined
        ]
    )


def lacking_an_end(held: Map, told: Iterable[Told]) -> list[Told]:
    """Return those of these paths that cannot be planned, since a step of theirs is not on the map."""
    there = {str(uid) for uid in Step.objects.filter(stage__map=held).values_list("uid", flat=True)}
    return [one for one in told if not {one["source"], one["target"]} <= there]


def write(held: Map, told: Iterable[Told]) -> None:
    """Plan exactly these paths, of a map that a version is written into."""
    wanted = list(told)
    if wanted != [_told(path) for path in of(held)]:
        PlannedPath.objects.filter(source__stage__map=held).delete()
        again(held, wanted)


def copy(twins: Mapping[int, Step]) -> None:
    """Give copies of steps (by the id of what they are copies of) the paths that leave those.

    Between two that were both copied it joins the copies. What led to a step does not lead to its copy.
    """
    PlannedPath.objects.bulk_create(
        [
            PlannedPath(
                source=twins[path.source_id],
                target=twins.get(path.target_id, path.target),
                kind=path.kind,
                label=path.label,
            )
            for path in PlannedPath.objects.filter(source__in=list(twins)).select_related("target").order_by("pk")
        ]
    )


def _check(source: Step, target: Step, kind: str) -> None:
    """Raises BadPath."""
    if kind not in PlannedPath.Kind.values:
        raise BadPath(_("Choose how it goes on: then, or, or back to."))
    if source.pk == target.pk:
        raise BadPath(_("A path leads to another step. Choose one."))
    if kind == PlannedPath.Kind.LOOP and place(target) > place(source):
        raise BadPath(_("A way back leads to an earlier step. Choose one, or “Or”."))
    if PlannedPath.objects.filter(source=source, target=target).exists():
        raise BadPath(_("There is a path to this step already. Change on which condition it is taken."))


def _clean(label: str) -> str:
    """Return the label with single blanks. Raises BadPath."""
    return one_line(label, LONGEST, BadPath)


def _told(path: PlannedPath) -> Told:
    ends = {"source": str(path.source.uid), "target": str(path.target.uid)}
    return {**ends, "kind": path.kind, "label": path.label}

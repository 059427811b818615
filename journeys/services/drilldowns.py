"""Leads steps to child maps: a map of a lower level that shows a step in detail. Never round in a circle."""

from django.utils.translation import gettext as _

from journeys.models import Map, Step
from journeys.queries import drilldowns
from journeys.services import structures
from orgs.models import Member, Workspace
from orgs.scope import workspace_id
from orgs.services import audit


class BadChild(Exception):
    """The map cannot be led to; says why."""


def lead(*, step: Step, child: Map | None, by: Member) -> Step:
    """Lead a step to a child map; None takes it back. Raises BadChild, structures.PartIsGone, MapIsArchived."""
    with structures.changing(step.stage.map_id) as held:
        _take_turns()
        row: Step = structures.anew(Step.objects.select_related("child"), step.pk)
        if child is not None:
            _check(held, child)
        before, row.child = row.child, child
        row.save(update_fields=["child"])
        told = [{"child": str(one or ""), "child_id": one.pk if one else None} for one in (before, child)]
        audit.record("step.lead", row, by=by, before=told[0], after={**told[1], "map": held.pk})
    return row


def again(held: Map, child_id: int | None) -> Map | None:
    """Return the map that a step which comes back leads to; None where it is gone or would lead round in a circle."""
    found: Map | None = Map.objects.filter(pk=child_id).first() if child_id else None
    if found is None:
        return None
    _take_turns()
    return None if held.pk in drilldowns.below(found.pk) else found


def _take_turns() -> None:
    """Two people who lead two maps to each other at once go one after the other."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id())


def _check(parent: Map, child: Map) -> None:
    """Raises BadChild."""
    if child.pk == parent.pk:
        raise BadChild(_("A step leads to another map, not to its own."))
    if child.archived_at is not None:
        raise BadChild(_("That map is archived. Restore it first, or choose another."))
    if not drilldowns.is_lower(child, than=parent):
        raise BadChild(_("A step leads to a map of a lower level: from lifecycle to macro, from macro to micro."))
    if parent.pk in drilldowns.below(child.pk):
        words = _("“%(child)s” leads to this map already, by itself or through others. It would go round in a circle.")
        raise BadChild(words % {"child": child})

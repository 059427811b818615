"""Holds a map while its stages and steps change, so that two people never move things past each other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from journeys.models import Map, Stage


class StructureChanged(Exception):
    """Somebody else added, moved or deleted stages or steps meanwhile."""

    def __init__(self) -> None:
        words = _("Somebody changed the stages or steps of this map meanwhile. See how it is now, then do it again.")
        super().__init__(words)


class PartIsGone(Exception):
    """A stage, step or path was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This was deleted meanwhile."))


class NameChanged(Exception):
    """Somebody else gave this another name meanwhile; `theirs` is it, `yours` was not saved."""

    def __init__(self, theirs: str, yours: str) -> None:
        super().__init__(
            _("Somebody changed this meanwhile to “%(theirs)s”. Yours was not saved.") % {"theirs": theirs}
        )
        self.theirs, self.yours = theirs, yours


class MapIsArchived(Exception):
    """An archived map is not changed."""

    def __init__(self) -> None:
        super().__init__(_("This map is archived. Restore it first."))


@contextmanager
def changing(map_id: int) -> Iterator[Map]:
    """Hold the map for one change of its structure; its structure version goes up by one. Raises MapIsArchived."""
    with transaction.atomic():
        held = hold(map_id)
        yield held
        held.structure_version += 1
        held.save(update_fields=["structure_version", "order_version"])


def check(held: Map, version: int, *stages: Stage, order: bool = False) -> None:
    """Compare what a change meets with what the person saw at a structure version: the steps of these stages, and the
    order of all stages where that matters. What others did elsewhere is no conflict. Raises StructureChanged.
    """
    since = max((stage.steps_version for stage in stages), default=0)
    since = max(since, held.order_version) if order else since
    if not since <= version <= held.structure_version:
        raise StructureChanged


def moved(held: Map, *stages: Stage, order: bool = False) -> None:
    """Note that other steps stand in these stages from now on, or stand in another order; or the stages do."""
    now = held.structure_version + 1
    for stage in stages:
        stage.steps_version = now
    Stage.objects.filter(pk__in=[stage.pk for stage in stages]).update(steps_version=now)
    if order:
        held.order_version = now


def anew(rows: QuerySet[Any], pk: int) -> Any:
    """Read a row of a map that is held: what was read before may be another by now, or gone. Raises PartIsGone."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise PartIsGone
    return found


def hold(map_id: int) -> Map:
    """Lock a map in use until the transaction ends. Raises MapIsArchived."""
    held: Map = Map.objects.select_for_update(no_key=True, of=("self",)).get(pk=map_id)
    if held.archived_at is not None:
        raise MapIsArchived
    return held


def number(rows: Sequence[Any], **news: Any) -> None:
    """Write the order of stages or steps as their positions, and what else is new on all of them."""
    for position, row in enumerate(rows):
        row.position = position
        for name, value in news.items():
            setattr(row, name, value)
    if rows:
        type(rows[0]).objects.bulk_update(rows, ["position", *news])

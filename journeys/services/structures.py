"""Holds a map while its stages and steps change, so that two people never move things past each other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Map


class StructureChanged(Exception):
    """Somebody else added, moved or deleted stages or steps meanwhile."""

    def __init__(self) -> None:
        words = _("Somebody changed the stages or steps of this map meanwhile. See how it is now, then do it again.")
        super().__init__(words)


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
def changing(map_id: int, version: int | None = None) -> Iterator[Map]:
    """Hold the map for one change of its structure; its structure version goes up by one.

    `version` is the one the person saw; None where the change goes well with any other, such as adding at the end.
    Raises StructureChanged, MapIsArchived.
    """
    with transaction.atomic():
        held = hold(map_id)
        if version is not None and held.structure_version != version:
            raise StructureChanged
        yield held
        held.structure_version += 1
        held.save(update_fields=["structure_version"])


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

"""Planned paths of a map's document. They are read after the stages: they join steps."""

from typing import Any

from django.utils.translation import gettext as _

from journeys.models import PlannedPath
from journeys.pipelines.map_import.parts.values import (
    BadPart,
    Path,
    Reader,
    Seen,
    a_text,
    kind_of,
    read_listed,
    read_object,
    read_parts,
)

MOST_PATHS = 2000


def paths(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]] | None:
    """Planned paths between steps of the map, each way once; left out where there are none."""
    made = []
    for at, each in enumerate(read_listed(value, path, MOST_PATHS)):
        way = read_parts(read_object(each, (*path, at)), (*path, at), seen, PATH)
        ends = (way["source"], way["target"])
        if ends[0] == ends[1]:
            raise BadPart((*path, at, "target"), _("A path leads to another step than it comes from."))
        if ends in seen.ways:
            raise BadPart((*path, at), _("This path stands twice. Keep one."))
        seen.ways.add(ends)
        made.append(way)
    return made or None


def _end(value: Any, path: Path, seen: Seen) -> str:
    if not isinstance(value, str) or value not in seen.step_uids:
        raise BadPart(path, _("This is the id of no step of this map."))
    return value


PATH: dict[str, Reader] = {
    "source": _end,
    "target": _end,
    "kind": kind_of(PlannedPath.Kind.values),
    "label": a_text(200),
}

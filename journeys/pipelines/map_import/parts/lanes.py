"""Lanes of a map's document. Those of a kind that is not known here are named and left out."""

from typing import Any

from django.utils.translation import gettext as _

from journeys.pipelines.map_import.parts.values import (
    BadPart,
    Path,
    Reader,
    Seen,
    flag,
    place,
    read_listed,
    read_object,
    read_parts,
    record_name,
    some_name,
    uid,
)
from journeys.queries.lanes import text_kind
from journeys.registry import LANES

MOST_LANES = 100


def lanes(value: Any, path: Path, seen: Seen) -> list[dict[str, Any]]:
    """Lanes of a kind that is not known here are named and left out, with what was written in them."""
    kept, derived = [], {lane.key for lane in LANES}
    for at, each in enumerate(read_listed(value, path, MOST_LANES)):
        lane = read_parts(read_object(each, (*path, at)), (*path, at), seen, LANE)
        kind = lane["kind"]
        if kind in derived and kind in seen.lanes.values():
            raise BadPart((*path, at, "kind"), _("A map has one lane of this kind. Keep one."))
        if kind in derived or text_kind(kind):
            seen.lanes[lane["uid"]] = kind
            kept.append(lane)
        else:
            seen.lost_lanes.add(lane["uid"])
            seen.left_out[_("lanes of the kind “%(kind)s”") % {"kind": kind}] = None
    return kept


def _persona(value: Any, path: Path, seen: Seen) -> dict[str, str] | None:
    """Whose lane it is, by name; left out where it is nobody's."""
    if value is None:
        return None
    found = {key: told for key, told in read_object(value, path).items() if key != "id"}
    return read_parts(found, path, seen, {"name": record_name(100)})


LANE: dict[str, Reader] = {
    "uid": uid,
    "kind": record_name(40),
    "name": some_name,
    "position": place,
    "is_hidden": flag,
    "is_pinned": flag,
    "persona": _persona,
}

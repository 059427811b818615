"""The lanes of one map: those registered for all maps, and those it keeps of its own, in their order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from journeys.models import Map, MapCell, MapLane, Persona
from journeys.registry import LANES, TEXT_LANES, Lane, TextLane

Kind = Lane | TextLane


@dataclass(frozen=True)
class Row:
    """A lane as a map has it. `kept` is None for a derived lane that this map does nothing of its own with."""

    kind: Kind
    kept: MapLane | None
    cells: Mapping[int, MapCell] = field(default_factory=dict)
    """What was written in it, by step."""

    @property
    def is_text(self) -> bool:
        return isinstance(self.kind, TextLane)

    @property
    def name(self) -> str:
        return (self.kept.name if self.kept else "") or self.usual_name

    @property
    def usual_name(self) -> str:
        """What it is called unless the map calls it otherwise: by its kind, and by the persona whose lane it is."""
        persona = self.kept.persona if self.kept else None
        return f"{self.kind.name}: {persona.name}" if persona else str(self.kind.name)

    @property
    def key(self) -> str:
        """What names it in addresses and ids: its kind where there is one of it in every map, else its number."""
        return str(self.kept.pk) if self.kept and self.is_text else self.kind.key

    @property
    def is_hidden(self) -> bool:
        return self.kept.is_hidden if self.kept else self.is_added

    @property
    def is_added(self) -> bool:
        """Whether its kind stands only on maps that it was added to, and this one does not have it."""
        return isinstance(self.kind, Lane) and self.kind.is_added and self.kept is None

    @property
    def is_pinned(self) -> bool:
        return bool(self.kept and self.kept.is_pinned)

    @property
    def position(self) -> tuple[bool, int, int]:
        at = self.kept.position if self.kept else self.kind.position
        return (not self.is_pinned, at, self.kept.pk if self.kept else 0)


def rows(drawn: Map, cells: Iterable[MapCell] = ()) -> list[Row]:
    """Return all lanes of a map, hidden ones too, with these cells in them. Pinned ones stand first.

    A lane whose kind is registered no more is left out; what was written in it stays.
    """
    kept = kept_by(drawn)
    written: dict[int, dict[int, MapCell]] = {}
    for cell in cells:
        written.setdefault(cell.lane_id, {})[cell.step_id] = cell
    texts = {kind.key: kind for kind in TEXT_LANES}
    own = {lane.kind: lane for lane in kept}
    found = [Row(kind, own.get(kind.key)) for kind in LANES]
    found += [Row(texts[lane.kind], lane, written.get(lane.pk, {})) for lane in kept if lane.kind in texts]
    return sorted(found, key=lambda row: row.position)


def kept_by(drawn: Map) -> list[MapLane]:
    """Return the lanes that a map keeps: those it was loaded with (`loaded`), else by asking."""
    told = getattr(drawn, "told_lanes", None)
    if told is None:
        return list(MapLane.objects.filter(map=drawn).select_related("persona"))
    return [_lane(drawn, **lane) for lane in told]


def _lane(drawn: Map, *, persona_name: str | None, **told: Any) -> MapLane:
    lane = MapLane(map_id=drawn.pk, workspace_id=drawn.workspace_id, **told)
    if lane.persona_id:
        lane.persona = Persona(pk=lane.persona_id, workspace_id=drawn.workspace_id, name=persona_name)
    return lane


def loaded() -> ArraySubquery:
    """Return what a query of maps is annotated with as `told_lanes`, so that drawing one asks no further."""
    names = ("id", "uid", "kind", "name", "position", "is_hidden", "is_pinned", "persona_id")
    found = MapLane.objects.filter(map=OuterRef("pk")).order_by("position", "pk")
    return ArraySubquery(found.values(told=JSONObject(**{name: name for name in names}, persona_name="persona__name")))


def find(found: Sequence[Row], key: str) -> Row | None:
    """Return the lane that a key names."""
    return next((row for row in found if row.key == key), None)


def text_kind(key: str) -> TextLane | None:
    """Return a kind of lane that people write in."""
    return next((kind for kind in TEXT_LANES if kind.key == key), None)


def kind_showing(kind: str) -> Lane:
    """Return the lane that shows findings of a kind."""
    return next(lane for lane in LANES if lane.shows == kind)


def beside(found: Sequence[Row], key: str, way: int) -> int:
    """Return the place of the next lane shown above (-1) or below (1), its own at the end; -1 for a key of none."""
    places = [place for place, row in enumerate(found) if not row.is_hidden or row.key == key]
    here = next((place for place in places if found[place].key == key), None)
    if here is None:
        return -1
    there = places.index(here) + way
    return places[there] if 0 <= there < len(places) else here


def place(found: Sequence[Row], key: str) -> int:
    """Return the place of a lane among all; -1 for a key of none."""
    return next((at for at, row in enumerate(found) if row.key == key), -1)


def before(found: Sequence[Row], key: str, other: str) -> int:
    """Return the place at which a lane stands right before another one, after all those shown for ""; -1 for none."""
    keys = [row.key for row in found if row.key != key]
    if not other:
        shown = [at for at, row in enumerate(row for row in found if row.key != key) if not row.is_hidden]
        return shown[-1] + 1 if shown else 0
    return keys.index(other) if other in keys else -1

"""Changes the lanes of one map: adds, names, orders, hides, pins, copies and deletes them. Deleting can be undone."""

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Map, MapCell, MapLane, Persona
from journeys.queries import lanes
from journeys.registry import TextLane
from journeys.services import lane_order, names, snapshots, structures
from orgs.models import AuditEntry, Member
from orgs.services import audit

MOST = 40


class LaneIsGone(Exception):
    """The lane was deleted meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This lane was deleted meanwhile."))


class LaneIsDerived(Exception):
    """A derived lane stores nothing: there is nothing to copy or delete."""

    def __init__(self) -> None:
        super().__init__(_("This lane is read off the touchpoints. Hide it instead."))


class TooManyLanes(Exception):
    """More lanes than anybody reads."""

    def __init__(self) -> None:
        super().__init__(_("A map has at most %(most)d lanes.") % {"most": MOST})


class NotOfPersona(Exception):
    """The map is not about this persona, or a lane of this kind is nobody's."""

    def __init__(self) -> None:
        super().__init__(_("This lane can only be of a persona that the map is about. Its details say of whom it is."))


@transaction.atomic
def add(*, drawn: Map, kind: TextLane, name: str = "", persona: Persona | None = None, by: Member) -> MapLane:
    """Add a lane to write in, at the place of its kind, of a persona of the map where its kind allows that.

    Raises TooManyLanes, NotOfPersona, names.BadName, MapIsArchived.
    """
    held = structures.hold(drawn.pk)
    _check(held, kind, persona)
    found = lanes.rows(held)
    if _count(found) >= MOST:
        raise TooManyLanes
    clean = names.clean(name) if name.strip() else ""
    made = lane_order.put(MapLane(map=held, kind=kind.key, name=clean, persona=persona), found, kind.position)
    told = {"kind": kind.key, "name": clean, "persona": str(persona or ""), "map": held.pk}
    audit.record("lane.create", made, by=by, after=told)
    return made


@transaction.atomic
def give(*, drawn: Map, key: str, persona: Persona | None, by: Member) -> MapLane:
    """Say which persona of the map a lane is of; None for nobody in particular.

    Raises LaneIsGone, LaneIsDerived, NotOfPersona, MapIsArchived.
    """
    held = structures.hold(drawn.pk)
    row = _written(held, key)
    _check(held, row.kind, persona)  # type: ignore[arg-type]
    kept: MapLane = row.kept  # type: ignore[assignment]
    if kept.persona_id != (persona.pk if persona else None):
        before, kept.persona = str(kept.persona or ""), persona
        kept.save()
        audit.record("lane.persona", kept, by=by, before={"persona": before}, after={"persona": str(persona or "")})
    return kept


def _check(held: Map, kind: TextLane, persona: Persona | None) -> None:
    """Lock the persona, against one who removes it meanwhile. Raises NotOfPersona."""
    if persona is None:
        return
    about = Persona.objects.select_for_update(no_key=True, of=("self",)).filter(pk=persona.pk, map_links__map=held)
    if not kind.is_of_persona or not about.exists():
        raise NotOfPersona


@transaction.atomic
def rename(*, drawn: Map, key: str, was: str, name: str, by: Member) -> MapLane:
    """Give a lane another name on this map; an empty one is that of its kind. `was` is the name the person saw.

    Raises LaneIsGone, structures.NameChanged, names.BadName, MapIsArchived.
    """
    row, kept = _kept(structures.hold(drawn.pk), key)
    clean = names.clean(name) if name.strip() else ""
    clean = "" if clean == row.usual_name else clean
    if row.name not in {was, clean}:
        raise structures.NameChanged(row.name, clean)
    if kept.name != clean:
        before, kept.name = kept.name, clean
        kept.save()
        audit.record("lane.rename", kept, by=by, before={"name": before}, after={"name": clean})
    return kept


@transaction.atomic
def move(*, drawn: Map, key: str, to: int, by: Member) -> MapLane:
    """Put a lane at a place among all of its map, counted from 0. Raises LaneIsGone, MapIsArchived."""
    held = structures.hold(drawn.pk)
    _row, kept = _kept(held, key)
    found = lanes.rows(held)
    before = next(place for place, row in enumerate(found) if row.key == key)
    place = max(0, min(to, len(found) - 1))
    found.insert(place, found.pop(before))
    lane_order.number(held, found)
    audit.record("lane.move", kept, by=by, before={"place": before + 1}, after={"place": place + 1})
    return kept


@transaction.atomic
def show(*, drawn: Map, key: str, by: Member, is_hidden: bool | None = None, is_pinned: bool | None = None) -> MapLane:
    """Hide a lane on this map or pin it to the top, or take that back. Raises LaneIsGone, MapIsArchived."""
    _row, kept = _kept(structures.hold(drawn.pk), key)
    wanted = {"is_hidden": is_hidden, "is_pinned": is_pinned}
    news = {name: value for name, value in wanted.items() if value not in (None, getattr(kept, name))}
    if news:
        before = {name: getattr(kept, name) for name in news}
        for name, value in news.items():
            setattr(kept, name, value)
        kept.save()
        audit.record("lane.show", kept, by=by, before=before, after=news)
    return kept


@transaction.atomic
def copy(*, drawn: Map, key: str, by: Member) -> MapLane:
    """Add a lane with the same words below. Raises LaneIsGone, LaneIsDerived, TooManyLanes, MapIsArchived."""
    held = structures.hold(drawn.pk)
    row = _written(held, key)
    found = lanes.rows(held)
    if _count(found) >= MOST:
        raise TooManyLanes
    made = MapLane(map=held, kind=row.kind.key, name=names.copied(row.name))
    made = lane_order.put(made, found, row.kind.position, below=row)
    MapCell.objects.bulk_create(
        [MapCell(lane=made, step_id=step, text=cell.text, version=1) for step, cell in row.cells.items() if cell.text]
    )
    audit.record("lane.create", made, by=by, after={"kind": made.kind, "copy_of": row.name, "map": held.pk})
    return made


@transaction.atomic
def delete(*, drawn: Map, key: str, by: Member) -> AuditEntry:
    """Take a lane and what was written in it off the map. Returns the entry that can undo it.

    Raises LaneIsGone, LaneIsDerived, MapIsArchived.
    """
    held = structures.hold(drawn.pk)
    row = _written(held, key)
    kept = MapLane.objects.select_for_update().get(pk=row.kept.pk)  # type: ignore[union-attr]
    entry = audit.record("lane.delete", kept, by=by, before=snapshots.of_lane(kept))
    kept.delete()
    return entry


def _count(found: list[lanes.Row]) -> int:
    """Those that stand on the map; what could be added to it does not count."""
    return sum(not row.is_added for row in found)


def _kept(held: Map, key: str) -> tuple[lanes.Row, MapLane]:
    found = lanes.rows(held)
    row = lanes.find(found, key)
    if row is None:
        raise LaneIsGone
    return row, lane_order.row_of(held, row, found)


def _written(held: Map, key: str) -> lanes.Row:
    row = lanes.find(lanes.rows(held, MapCell.objects.filter(lane__map=held)), key)
    if row is None:
        raise LaneIsGone
    if row.kept is None or not row.is_text:
        raise LaneIsDerived
    return row

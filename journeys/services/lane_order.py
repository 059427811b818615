"""Where lanes stand on a map: on one scale, no two at one position, so that what comes back stands where it stood."""

from journeys.models import Map, MapLane
from journeys.queries.lanes import Row, rows

SPACE = 10  # between two lanes, so that a newly registered one finds its place among them


def put(made: MapLane, found: list[Row], kind_position: int, below: Row | None = None) -> MapLane:
    """Save a new lane among these, its map's: below one of them, else below the last whose kind stands before its own.

    Where no position is left there, all lanes make room.
    """
    in_order = sorted((row for row in found if not row.is_added), key=lambda row: row.position[1:])
    before = [row for row in in_order if row.kind.position <= kind_position]
    above = next((row for row in in_order if below and row.key == below.key), before[-1] if before else None)
    rest = in_order[in_order.index(above) + 1 :] if above else in_order
    low = above.position[1] if above else -1
    high = rest[0].position[1] if rest else low + 2 * SPACE
    made.position = kind_position if low < kind_position < high else low + (high - low) // 2
    if made.position <= low:
        _make_room(made, in_order, len(in_order) - len(rest))
    made.save(force_insert=True)
    return made


def put_back(made: MapLane, kind_position: int) -> MapLane:
    """Save a lane that comes back at the position it has; below one that stands there by now."""
    found = rows(made.map)
    there = next((row for row in found if row.position[1] == made.position and not row.is_added), None)
    if there:
        return put(made, found, kind_position, below=there)
    made.save(force_insert=True)
    return made


def row_of(held: Map, row: Row, found: list[Row]) -> MapLane:
    """Return the row that a map keeps for a lane of these; makes it for a derived one that has none yet."""
    if row.kept:
        return row.kept
    made = MapLane(map=held, kind=row.kind.key, is_hidden=row.is_hidden, position=row.kind.position)
    if row.is_added:  # it has no place yet
        return put(made, [each for each in found if each is not row], row.kind.position)
    made.save()
    return made


def number(held: Map, in_order: list[Row]) -> None:
    """Give lanes positions in this order, far enough apart. One that was never added to the map stays without a row:
    so that it is known not to be hidden by anybody."""
    ordered = [row_of(held, row, in_order) for row in in_order if not row.is_added]
    for at, lane in enumerate(ordered):
        lane.position = (at + 1) * SPACE
    MapLane.objects.bulk_update(ordered, ["position"])


def _make_room(made: MapLane, in_order: list[Row], place: int) -> None:
    """Give all lanes of a map positions apart from each other, with room for a new one at its place among them."""
    number(made.map, in_order)
    made.position = place * SPACE + SPACE // 2

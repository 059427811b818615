"""Where lanes stand on a map: on one scale, no two at one position, so that what comes back stands where it stood."""

from journeys.models import Map, MapLane
from journeys.queries.lanes import Row, rows

SPACE = 10  # between two lanes, so that a newly registered one finds its place among them


def put(made: MapLane, found: list[Row], kind_position: int, below: Row | None = None) -> MapLane:
    """Save a new lane among these, its map's: below one of them, else below the last whose kind stands before its own.

    Where no position is left there, all lanes make room.
    """
    in_order = sorted(found, key=lambda row: row.position[1:])
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
    there = next((row for row in found if row.position[1] == made.position), None)
    if there:
        return put(made, found, kind_position, below=there)
    made.save(force_insert=True)
    return made


def row_of(held: Map, row: Row) -> MapLane:
    """Return the row that a map keeps for a lane; makes it for a derived one that has none yet."""
    if row.kept:
        return row.kept
    own = {"kind": row.kind.key, "position": row.kind.position, "is_hidden": row.is_hidden}
    made: MapLane = MapLane.objects.create(map=held, **own)
    return made


def _make_room(made: MapLane, in_order: list[Row], place: int) -> None:
    """Give all lanes of a map positions apart from each other, and a new one its place among them."""
    ordered = [row_of(made.map, row) for row in in_order]
    for at, lane in enumerate(ordered):
        lane.position = (at + (at >= place)) * SPACE
    MapLane.objects.bulk_update(ordered, ["position"])
    made.position = place * SPACE

"""Makes room for a new delivery: what it says again takes the place of what the feed said before."""

import hashlib
from collections.abc import Set
from datetime import date, datetime

from connectors.models import Feed, FilePart
from insights.measures.parts import parts_from_json
from insights.models import ReadingPart
from insights.pipelines import readings
from insights.pipelines.readings import Entry


def make(feed: Feed, starts: Set[date], *, replaces_all: bool, now: datetime) -> set[date]:
    """Take out of the feed's earlier parts the periods that start on these days, or everything they hold.

    Returns the first days of the periods taken out.
    """
    parts = feed.file_parts.order_by("id")
    if not replaces_all:  # a feed that is fetched every hour has hundreds of parts, and touches one or two
        parts = parts.filter(first_day__lte=max(starts), last_day__gte=min(starts)) if starts else parts.none()
    taken: set[date] = set()
    for part in parts:
        said = ReadingPart.objects.filter(part_of=part.uid)
        gone = said if replaces_all else said.filter(starts_on__in=starts)
        days = set(gone.values_list("starts_on", flat=True).distinct())
        taken |= days
        if replaces_all or days:
            _shrink(part, [] if replaces_all else list(said.exclude(starts_on__in=starts)), now)
    return taken


def _shrink(part: FilePart, kept: list[ReadingPart], now: datetime) -> None:
    """Leave the part with what is kept. It is no longer its file as a whole, so that file may be given again."""
    readings.replace(part.uid, [_entry(row) for row in kept], now=now)
    if not kept:
        part.delete()
        return
    part.content_key = hashlib.sha256(part.uid.bytes).hexdigest()
    part.save()


def _entry(row: ReadingPart) -> Entry:
    return Entry(row.kpi_id, row.grain, row.starts_on, row.segment, parts_from_json(row.parts))

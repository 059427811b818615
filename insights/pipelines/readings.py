"""Turns the parts a connector brings into readings, for every period they touch. Runs in the caller's transaction."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from insights.measures.parts import Parts, ReadyValue, combine, parts_from_json
from insights.measures.registry import measure
from insights.models import Kpi, Reading, ReadingPart
from insights.pipelines import restating, rows
from insights.pipelines.calendars import Calendar, Slot
from insights.pipelines.restating import Told
from insights.queries.scales import scale_of


@dataclass(frozen=True)
class Entry:
    """What a source says of one KPI, period and segment. `grain` is the KPI's own."""

    kpi_id: int
    grain: str
    starts_on: date
    segment: str
    parts: Parts


@dataclass(frozen=True)
class Written:
    parts: int
    readings: int


class WrongGrain(ValueError):
    """A KPI takes parts of one grain only: two grains would count the same answers twice."""


def replace(part_of: UUID, entries: Iterable[Entry], *, now: datetime, reason: str = "", run_path: str = "") -> Written:
    """Make `entries` all that this file part says, and rebuild each reading that it touched before or touches now.

    Reason and run go into the restatements of finished periods whose numbers change. Several calls that are one
    delivery to people stand inside one `restating.delivery()`. Raises WrongGrain.
    """
    fresh = list(entries)
    old = ReadingPart.objects.filter(part_of=part_of)
    # Locked, those of the parts that go too, so that two runs never rebuild the same reading side by side.
    ids = {entry.kpi_id for entry in fresh} | set(old.values_list("kpi_id", flat=True))
    kpis = {kpi.pk: kpi for kpi in Kpi.objects.select_for_update().order_by("pk").filter(pk__in=ids)}
    for entry in fresh:
        if kpis[entry.kpi_id].grain != entry.grain:
            raise WrongGrain(f"This KPI is measured by {kpis[entry.kpi_id].grain}, not by {entry.grain}.")
    before = set(old.values_list("kpi_id", "grain", "starts_on", "segment"))
    said = {(entry.kpi_id, entry.grain, entry.starts_on, entry.segment) for entry in fresh}
    rows.delete_parts(part_of, before - said)
    rows.put_parts(part_of, fresh)
    return Written(parts=len(fresh), readings=rebuild(before | said, now=now, reason=reason, run_path=run_path))


def rebuild(
    touched: Iterable[tuple[int, str, date, str]], *, now: datetime, reason: str = "", run_path: str = ""
) -> int:
    """Compute again every reading that covers these (KPI, grain, day, segment). Returns how many there are now."""
    calendar = Calendar.of_workspace()
    by_kpi: dict[int, list[tuple[int, str, date, str]]] = defaultdict(list)
    for part in touched:
        by_kpi[part[0]].append(part)
    with restating.delivery(at=now, reason=reason, run_path=run_path) as delivery:
        return sum(_rebuild(parts, calendar, delivery, now) for parts in by_kpi.values())


def _rebuild(
    touched: list[tuple[int, str, date, str]], calendar: Calendar, delivery: restating.Delivery, now: datetime
) -> int:
    """Compute one KPI's readings: memory goes by the longest history, not by how many KPIs a file fills."""
    slots = {slot for part in touched for slot in calendar.slots(*part)}
    held = _parts_by_slot(slots, calendar)
    kpi = Kpi.objects.get(pk=touched[0][0])
    figures = {slot: _figures(kpi, parts) for slot, parts in held.items()}
    told = {slot: Told(found.value, found.answered, now) for slot, found in figures.items()}
    before = _told_before(slots)
    delivery.note(slots, before, told)
    rows.delete_readings(slots - held.keys())
    settled = {slot for slot, said in before.items() if calendar.is_over(slot, said.written_at)}
    rows.upsert_readings(((*slot, *figures[slot], now) for slot in figures.keys() & settled), is_settled=True)
    rows.upsert_readings((*slot, *figures[slot], now) for slot in figures.keys() - settled)
    return len(figures)


def _told_before(slots: set[Slot]) -> dict[Slot, Told]:
    """What the readings say that are about to be written, in one query."""
    found = Reading.objects.filter(
        kpi_id__in={slot[0] for slot in slots},
        starts_on__gte=min(slot[2] for slot in slots),
        starts_on__lte=max(slot[2] for slot in slots),
    ).values_list("kpi_id", "grain", "starts_on", "segment", "value", "answered", "written_at")
    told = ((row[:4], Told(*row[4:])) for row in found.iterator())
    return {slot: said for slot, said in told if slot in slots}


def _parts_by_slot(slots: set[Slot], calendar: Calendar) -> dict[Slot, list[Parts]]:
    found = ReadingPart.objects.filter(
        kpi_id__in={slot[0] for slot in slots},
        starts_on__gte=min(slot[2] for slot in slots),
        starts_on__lte=max(calendar.last_day(slot) for slot in slots),
    ).order_by("id")
    held: dict[Slot, list[Parts]] = defaultdict(list)
    for kpi_id, grain, day, segment, data in found.values_list("kpi_id", "grain", "starts_on", "segment", "parts"):
        parts = parts_from_json(data)
        is_ready = type(parts) is ReadyValue
        for slot in calendar.slots(kpi_id, grain, day, segment):
            # A ready value cannot be combined: it stands for its own period alone.
            if slot in slots and (not is_ready or slot[1] == grain):
                held[slot].append(parts)
    return held


class Figures(NamedTuple):
    """The numbers of a reading, in the order of rows.NUMBERS."""

    parts: dict[str, Any]
    value: float | None
    low: float | None
    high: float | None
    weighted_value: float | None
    answered: int | None
    asked: int | None


def _figures(kpi: Kpi, parts: list[Parts]) -> Figures:
    together = _together(parts)
    definition, scale = measure(kpi.measure), scale_of(kpi)
    interval = definition.interval(together, scale)
    return Figures(
        parts=together.to_json(),
        value=definition.value(together, scale),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        weighted_value=definition.weighted_value(together, scale),
        answered=definition.answered(together),
        asked=together.asked,
    )


def _together(parts: list[Parts]) -> Parts:
    """Combine what can be. A ready value cannot: it counts if it was said last, and is left out if it was not."""
    last = parts[-1]
    together = last if type(last) is ReadyValue else combine([p for p in parts if type(p) is not ReadyValue])
    assert together is not None  # noqa: S101  a slot is only held when it has parts
    return together

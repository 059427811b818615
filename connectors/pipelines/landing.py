"""Writes what a run found: all of it in the caller's transaction, or nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from connectors import registry
from connectors.base import Plan, SetupProblem
from connectors.models import FilePart, SyncRun
from connectors.pipelines import room
from connectors.pipelines.deliveries import Delivery
from connectors.pipelines.register import Register
from connectors.pipelines.subjects import Subject
from connectors.pipelines.tallies import Tally
from cxhub.lib.periods import Grain
from insights.measures.parts import NotCombinable, Parts
from insights.pipelines import readings, restating
from insights.pipelines.readings import Entry
from insights.services import sources

LOCK = 0x63786C64  # "cxld": landings of one workspace take turns, or two that name the same things could deadlock

PERIODS = {
    Grain.DAY: ngettext_lazy("%(n)d day", "%(n)d days", "n"),
    Grain.WEEK: ngettext_lazy("%(n)d week", "%(n)d weeks", "n"),
    Grain.MONTH: ngettext_lazy("%(n)d month", "%(n)d months", "n"),
    Grain.QUARTER: ngettext_lazy("%(n)d quarter", "%(n)d quarters", "n"),
    Grain.YEAR: ngettext_lazy("%(n)d year", "%(n)d years", "n"),
}


@dataclass
class Landed:
    """What a landing made, counted, and how far its data go."""

    made: Counter[str] = field(default_factory=Counter)
    map_id: int | None = None
    data_through: date | None = None
    restated: int = 0
    """Finished periods that show another number from now on."""

    def to_json(self) -> dict[str, int]:
        return {**self.made, **({"map_id": self.map_id} if self.map_id else {})}


def take_turn(workspace_id: int) -> None:
    """Wait until no other run of the workspace lands, and keep others waiting until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, workspace_id % 2**31])


def land(run: SyncRun, delivery: Delivery, *, now: datetime) -> Landed:
    """Create what the records name, take the place of what they replace, and write their parts and readings.

    Raises SetupProblem.
    """
    plan, tally = delivery.plan, delivery.tally
    register = Register(run, plan, now=now)
    touchpoints = register.touchpoints(tally.subjects)
    kpis = register.kpis(touchpoints)
    map_id = register.map(tally.subjects, touchpoints)
    entries = list(_entries(tally, kpis, plan))
    starts = {entry.starts_on for entry in entries}
    is_silent = delivery.is_moved and registry.is_made_up(run.feed.connection.kind)
    with restating.delivery(at=now, run_path=run.path, by=run.asked_by, origin=str(run), is_silent=is_silent) as told:
        taken = room.make(run.feed, starts, replaces_all=plan.replaces_all, now=now)
        told.reason = _reason(run, taken, starts, plan.grain, delivery.because)
        part = _part(run, entries, delivery)
        written = readings.replace(part.uid, entries, now=now)
    register.made.update(readings=written.readings, parts=written.parts)
    through = run.feed.file_parts.aggregate(last=Max("last_day"))["last"]
    # Old days that are filled say nothing about how fresh the newest are.
    at = (run.feed.source.refreshed_at if run.is_backfill else delivery.fresh_at(now)) or now
    sources.refreshed(run.feed.source, at=at, data_through=through, run_path=run.path)
    return Landed(register.made, map_id, through, told.restated)


def _reason(run: SyncRun, taken: set[date], starts: set[date], grain: Grain, because: str) -> str:
    """Say why a finished period shows another number now: "“may.csv” replaced 1 day", and the source's own words."""
    words = _("“%(file)s” replaced %(periods)s") if taken else _("“%(file)s” added %(periods)s")
    said = words % {"file": run.file or run.feed.name, "periods": PERIODS[grain] % {"n": len(taken or starts)}}
    return f"{said}: {because}" if because else said


def _entries(tally: Tally, kpis: dict[Subject, list[int]], plan: Plan) -> Iterator[Entry]:
    """Yield one entry per KPI and period: names that turned out to be the same touchpoint are put together."""
    held: dict[tuple[int, date], Parts] = {}
    for subject, starts_on, parts in tally.told():
        for kpi_id in kpis[subject]:
            key = (kpi_id, starts_on)
            held[key] = _together(held[key], parts, subject) if key in held else parts
    for (kpi_id, starts_on), parts in held.items():
        yield Entry(kpi_id, plan.grain.value, starts_on, "", parts)


def _together(one: Parts, other: Parts, subject: Subject) -> Parts:
    try:
        return one + other
    except NotCombinable:
        raise SetupProblem(
            _("“%(name)s” has two values for one period, one with a channel and one without. Name it one way.")
            % {"name": subject.touchpoint}
        ) from None


def _part(run: SyncRun, entries: list[Entry], delivery: Delivery) -> FilePart:
    calendar, grain = delivery.calendar, delivery.plan.grain
    periods = [calendar.period(day, grain) for day in {entry.starts_on for entry in entries}]
    return FilePart.objects.create(
        feed=run.feed,
        file=run.file,
        run=run,
        content_key=delivery.name(run),
        first_day=min((period.starts_on for period in periods), default=None),
        last_day=max((period.ends_on for period in periods), default=None),
    )

"""A KPI as a card shows it: value, status, target, change, sample, age, each ready to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cxhub.lib.periods import Grain, Period, period_of
from insights.measures.base import Direction
from insights.measures.change import change
from insights.measures.registry import measure
from insights.models import Kpi
from insights.queries import figures, freshness, names, standings
from insights.queries.freshness import Age
from insights.queries.scales import scale_of
from insights.queries.series import Point, latest_with_value, point, series
from insights.queries.targets import Targets
from orgs.models import Workspace


@dataclass(frozen=True)
class Tile:
    """What components/kpi_tile.html needs. Everything is text but the sparkline's values."""

    kpi_id: int
    slug: str
    name: str
    value_text: str
    value_suffix: str
    status: str
    would_be: str  # the status of a provisional value if its period ended now
    period_text: str
    fallback_text: str
    target_text: str
    gap_text: str
    change_text: str
    change_direction: str
    sample_text: str
    weighted_text: str
    spark: dict[str, Any] | None
    freshness: str
    stale_reason: str
    data_through_text: str
    trust: str  # certified, unconfirmed or disputed
    official: str  # "official" where it was chosen among several sources, "unofficial" where another one was
    seen: str  # changes when what the card says of its source does; empty where it never changes by itself
    owner_text: str
    source_text: str
    source_path: str
    formula: str
    shown: Point
    points: Sequence[Point]

    def plain(self) -> dict[str, Any]:
        """Return the figures unrounded, for a file."""
        reading = self.shown.reading
        return {
            _("period"): self.period_text,
            _("value"): self.shown.value,
            _("status"): self.status,
            _("target"): self.shown.target,
            _("95 % low"): reading.low if reading else None,
            _("95 % high"): reading.high if reading else None,
            _("answered"): reading.answered if reading else None,
            _("asked"): reading.asked if reading else None,
            _("weighted"): reading.weighted_value if reading else None,
            _("freshness"): self.freshness,
            _("why stale"): self.stale_reason if self.freshness == freshness.Freshness.STALE else "",
            _("trust"): self.trust,
            _("official"): self.official,
            _("data"): self.data_through_text,
        }


def tiles(
    kpis: Sequence[Kpi],
    period: Period | None,
    *,
    workspace: Workspace,
    today: date,
    now: datetime,
    length: int = 0,
    targets: Targets | None = None,
) -> list[Tile]:
    """Return a tile per KPI for this period; without one, each for its latest finished period, as the Overview judges.

    A KPI without a value in it falls back, labelled, to its latest one.
    """
    runs = series(kpis, period or _latest(kpis, workspace, today), today=today, length=length, targets=targets)
    empty = [kpi for kpi in kpis if runs[kpi.pk][-1].value is None]
    fallbacks = _fallbacks(empty, period or period_of(today, Grain.DAY), workspace, today)
    return [_tile(kpi, runs[kpi.pk], fallbacks.get(kpi.pk), _aged(kpi, now, workspace)) for kpi in kpis]


def _latest(kpis: Sequence[Kpi], workspace: Workspace, today: date) -> dict[int, Period]:
    """Each KPI's latest finished period with a value; the running one of a KPI that has none yet."""
    found = standings.periods([kpi.pk for kpi in kpis], workspace=workspace, today=today)
    year = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    return {kpi.pk: found.get(kpi.pk) or period_of(today, Grain(kpi.reporting_period), **year) for kpi in kpis}


class Aged(NamedTuple):
    """How old a KPI's source is, and the text that changes with it."""

    age: Age
    seen: str


def _aged(kpi: Kpi, now: datetime, workspace: Workspace) -> Aged:
    aged = freshness.age(kpi.source, now=now, zone=workspace.tzinfo)
    return Aged(aged, freshness.seen(kpi.source, aged))


def _fallbacks(kpis: Sequence[Kpi], period: Period, workspace: Workspace, today: date) -> dict[int, Point]:
    if not kpis:
        return {}
    found = latest_with_value([kpi.pk for kpi in kpis], period)
    targets = Targets(found)
    year = {"week_start": workspace.week_start, "fiscal_year_start": workspace.fiscal_year_start}
    shown = {pk: period_of(reading.starts_on, Grain(reading.grain), **year) for pk, reading in found.items()}
    return {kpi.pk: point(kpi, shown[kpi.pk], found[kpi.pk], targets, today) for kpi in kpis if kpi.pk in found}


def _tile(kpi: Kpi, run: Sequence[Point], fallback: Point | None, aged: Aged) -> Tile:
    asked_for = run[-1]
    shown = fallback or asked_for
    definition, scale = measure(kpi.measure), scale_of(kpi)
    change_text, change_direction = ("", "") if fallback else _change(run)
    reading = shown.reading
    return Tile(
        kpi_id=kpi.pk,
        slug=kpi.measure,
        name=names.short(kpi),
        value_text=figures.number(shown.value, definition.decimals),
        value_suffix=figures.suffix(kpi),
        status=shown.judged.status.value,
        would_be=shown.judged.would_be.value if shown.judged.would_be else "",
        period_text=shown.period.label,
        fallback_text=_fallback_text(asked_for, fallback),
        target_text=figures.target(shown.target, Direction(kpi.direction), definition),
        gap_text=_gap(shown),
        change_text=change_text,
        change_direction=change_direction,
        sample_text=figures.sample(reading),
        weighted_text=_weighted(shown),
        spark=_spark(names.short(kpi), run),
        freshness=aged.age.state.value,
        stale_reason=aged.age.reason,
        data_through_text=figures.data_through(kpi.source),
        trust=kpi.standing,
        official="official" if kpi.is_official else "unofficial" if getattr(kpi, "is_outvoted", False) else "",
        seen=aged.seen,
        owner_text=str(kpi.owner) if kpi.owner_id else "",
        source_text=kpi.source.name,
        source_path=kpi.source.run_path,
        formula=definition.explain(scale),
        shown=shown,
        points=run,
    )


def _change(run: Sequence[Point]) -> tuple[str, str]:
    if len(run) < 2:
        return "", ""
    before, now = run[-2], run[-1]
    moved = change(now=now.value, before=before.value, now_interval=now.interval, before_interval=before.interval)
    return figures.moved(moved, now.measure, before.period.inline)


def _gap(shown: Point) -> str:
    text = figures.gap(shown.judged, shown.measure)
    return _("%(gap)s, judged without an interval") % {"gap": text} if text and shown.judged.bare else text


def _weighted(shown: Point) -> str:
    if shown.reading is None or shown.reading.weighted_value is None:
        return ""
    return _("Weighted %(value)s") % {"value": figures.number(shown.reading.weighted_value, shown.measure.decimals)}


def _fallback_text(asked_for: Point, fallback: Point | None) -> str:
    if fallback is None:
        return ""
    words = {"when": asked_for.period.when, "asked": asked_for.period.inline, "shown": fallback.period.inline}
    if asked_for.reading is not None and asked_for.reading.asked == 0:
        return _("Not asked %(when)s; showing %(shown)s") % words
    if fallback.period.grain != asked_for.period.grain:
        return _("No value for %(asked)s as a whole; showing %(shown)s") % words
    return _("No answers %(when)s; showing %(shown)s") % words


def _spark(name: str, run: Sequence[Point]) -> dict[str, Any] | None:
    """The values from the first known one on; the periods before any data are no gap, there was nothing."""
    first = next((index for index, at in enumerate(run) if at.value is not None), len(run))
    known = run[first:]
    if len(known) < 2:
        return None
    label = _("%(name)s from %(first)s to %(last)s") % {
        "name": name,
        "first": known[0].period.inline,
        "last": known[-1].period.inline,
    }
    return {"values": [at.value for at in known], "target": known[-1].target, "label": label}

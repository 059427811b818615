"""A KPI's run of periods as components/trend_chart.html draws it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from insights.queries import figures
from insights.queries.restatements import Past, Restated
from insights.queries.series import Point
from insights.queries.tiles import Tile


def chart(
    tile: Tile, past: Past | None, happened: Mapping[date, Sequence[str]] | None = None, before: Sequence[Point] = ()
) -> dict[str, Any]:
    """The trend, from the first period with a reading on; `happened`: sentences by first day of the period."""
    notes = happened or {}
    restated = past.by_period if past else {}
    known = (index for index, at in enumerate(tile.points) if at.reading or at.period.starts_on in restated)
    first = next(known, len(tile.points))
    return {
        "label": _("%(name)s by period") % {"name": tile.name},
        "id": f"kpi-{tile.kpi_id}",
        "unit_text": tile.name,
        "watch_text": _watch_text(tile.shown),
        "target_text": tile.target_text,
        "points": [
            _point(at, restated.get(at.period.starts_on, []), notes.get(at.period.starts_on, ()))
            | (_before(before[index]) if index < len(before) else {})
            for index, at in list(enumerate(tile.points))[first:]
        ],
    }


def _point(at: Point, restated: list[Restated], notes: Sequence[str]) -> dict[str, Any]:
    decimals = at.measure.decimals
    weighted = figures.number(at.reading.weighted_value, decimals) if at.reading else ""
    return {
        "label": at.period.label,
        "value": at.value,
        "low": at.interval.low if at.interval else None,
        "high": at.interval.high if at.interval else None,
        "target": at.target,
        "watch": at.kpi.watch_threshold,
        "direction": at.kpi.direction,
        "value_text": figures.number(at.value, decimals),
        "interval_text": figures.interval(at.reading, decimals),
        "target_text": figures.number(at.target, decimals),
        "sample_text": figures.sample(at.reading),
        "status": at.judged.status.value,
        "status_word": "",
        "note_text": _("Weighted %(value)s") % {"value": weighted} if weighted else "",
        "happened_text": " ".join(notes),
        "restated_text": " ".join(each.sentence for each in restated),
    }


def _watch_text(at: Point) -> str:
    """Say how far from the target "watch" reaches; empty where a value is either on target or off."""
    if not at.kpi.watch_threshold:
        return ""
    return _("Watch: less than %(far)s better than the target") % {
        "far": figures.number(at.kpi.watch_threshold, at.measure.decimals)
    }


def _before(at: Point) -> dict[str, Any]:
    """What the run of as many periods before says at this place."""
    words = {"label": at.period.label, "value": figures.number(at.value, at.measure.decimals)}
    return {"before": at.value, "before_text": _("%(label)s: %(value)s") % words if at.value is not None else ""}

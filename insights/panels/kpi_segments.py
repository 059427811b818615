"""The segments of a KPI side by side, each leading to its own chart."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cxhub.web.marks import MARKS
from insights.panels.kpi_chart import Trend, with_
from insights.queries import figures
from insights.queries.segments import Segment
from insights.queries.series import Point


def of(request: HttpRequest, trend: Trend) -> dict[str, Any] | None:
    """Return what insights/_segments.html needs; None for a KPI that nobody tells apart."""
    if not trend.segments.found and not trend.segment:
        return None
    return {
        "rows": [_row(request, each, is_current=each.name == trend.segment) for each in trend.segments.found],
        "current": trend.segment,
        "everybody_url": with_(request, segment=""),
        "period": trend.choice.period.label,
        "is_cut": trend.segments.is_cut,
    }


def _row(request: HttpRequest, segment: Segment, *, is_current: bool) -> dict[str, Any]:
    now = segment.now
    would = now.judged.would_be
    return {
        "name": segment.name,
        "url": with_(request, segment=segment.name),
        "is_current": is_current,
        "value_text": figures.number(now.value, now.measure.decimals),
        "interval_text": figures.interval(now.reading, now.measure.decimals),
        "sample_text": figures.sample(now.reading),
        "status": now.judged.status.value,
        "word": _("Provisional: %(status)s") % {"status": str(MARKS[would.value].word).lower()} if would else "",
        "spark": _spark(segment),
    }


def _spark(segment: Segment) -> dict[str, Any] | None:
    known: list[Point] = [each for each in segment.points if each.value is not None]
    if len(known) < 2:
        return None
    words = {"name": segment.name, "first": known[0].period.label, "last": known[-1].period.label}
    return {
        "values": [each.value for each in segment.points],
        "target": segment.now.target,
        "label": _("%(name)s from %(first)s to %(last)s") % words,
    }

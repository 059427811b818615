"""What the picture of a KPI's chart says: the same as its page, and where its numbers come from."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxhub.web.marks import MARKS
from cxhub.web.picture import Picture
from insights.measures.base import Unit
from insights.models import Kpi
from insights.panels import kpi_chart, looking, subjects
from insights.panels.kpi_chart import Trend
from insights.queries.freshness import Freshness
from insights.queries.tiles import Tile, tiles


def of(request: HttpRequest, kpi: Kpi) -> tuple[str, Picture]:
    """Return the words of the file's name, and the picture."""
    workspace, trend = request.workspace, kpi_chart.for_file(request, kpi)  # type: ignore[attr-defined]
    times = {"workspace": workspace, "today": trend.choice.today, "now": timezone.now()}
    tile = tiles([kpi], trend.choice.period, **times, length=2)[0]
    name = " · ".join(filter(None, [subjects.name(kpi), trend.segment]))
    chart = kpi_chart.drawn(tile, trend)
    period = _period(chart, trend)
    lines = [_what(period, tile, trend), tile.formula]
    return f"{name[:60]} {period}", Picture(name, lines, chart, _foot(request, tile))


def _period(chart: Mapping[str, Any], trend: Trend) -> str:
    """Return "Nov 2025 to Nov 2026": what is drawn, which begins with the first number there is."""
    labels = [point["label"] for point in chart["points"]] or [at.period.label for at in trend.points]
    return _("%(first)s to %(last)s") % {"first": labels[0], "last": labels[-1]} if len(labels) > 1 else str(labels[0])


def _what(period: str, tile: Tile, trend: Trend) -> str:
    """Return "Nov 2025 to Nov 2026, by month · unit: points"."""
    grain = _("by %(grain)s") % {"grain": str(looking.NAMES[trend.choice.period.grain]).lower()}
    return f"{period}, {grain}{_unit(tile, trend)}"


def _unit(tile: Tile, trend: Trend) -> str:
    if not tile.value_suffix:
        return ""
    is_score = trend.points[0].measure.unit is Unit.SCORE and not trend.points[0].kpi.unit
    words = _("unit: score %(unit)s") if is_score else _("unit: %(unit)s")
    return f" · {words % {'unit': tile.value_suffix}}"


def _foot(request: HttpRequest, tile: Tile) -> list[str]:
    """Return source, age and trust; then whose picture it is, and of which day."""
    workspace = request.workspace  # type: ignore[attr-defined]
    stale = f"{MARKS['stale'].word}: {tile.stale_reason}" if tile.freshness == Freshness.STALE else ""
    historical = str(MARKS["historical"].word) if tile.freshness == Freshness.HISTORICAL else ""
    marks = [str(MARKS[each].word) for each in (tile.trust, tile.official) if each]
    owner = _("Owner: %(name)s") % {"name": tile.owner_text or _("nobody")}
    source = _("From %(source)s") % {"source": tile.source_text}
    day = _("Drawn on %(day)s") % {"day": date_format(looking.today_of(request), "j M Y")}
    example = _("Example data: nothing here is real.") if workspace.is_example else ""
    lines = [[source, historical, tile.data_through_text, stale, *marks, owner], [workspace.name, day, example]]
    return [" · ".join(filter(None, line)) for line in lines]

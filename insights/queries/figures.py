"""Numbers as people read them, in their own locale. The only place that rounds for display."""

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.measures.base import AnyMeasure, Direction
from insights.measures.change import Change, Movement
from insights.measures.registry import measure as measure_of
from insights.measures.status import Judgement
from insights.models import Kpi, Reading, Source
from insights.queries.scales import scale_of
from insights.queries.series import Numbers


def number(value: float | None, decimals: int) -> str:
    """Return "4.15"; empty for no value, which is never 0."""
    if value is None:
        return ""
    rounded = round(value, decimals) + 0.0  # -0.0 would print as "-0"
    return str(number_format(rounded, decimal_pos=decimals, use_l10n=True, force_grouping=True))


def suffix(kpi: Kpi) -> str:
    """Return what stands behind a KPI's figures: its own unit, or else its measure's, as in "4.39 of 5"."""
    return kpi.unit or measure_of(kpi.measure).suffix(scale_of(kpi))


def whole(count: int) -> str:
    return str(number_format(count, use_l10n=True, force_grouping=True))


def sample(reading: Reading | Numbers | None) -> str:
    """Return "2,746 of 2,831 answered (97 %)", "8,321 answers", or that nobody was asked."""
    if reading is None:
        return ""
    if reading.asked == 0:
        return _("Not asked in this period")
    if reading.answered is None:
        return ""
    if reading.asked is None:
        words = ngettext("%(n)s answer", "%(n)s answers", reading.answered)
        return words % {"n": whole(reading.answered)}
    share = 100 * reading.answered / reading.asked
    return _("%(answered)s of %(asked)s answered (%(share)s %%)") % {
        "answered": whole(reading.answered),
        "asked": whole(reading.asked),
        "share": number(share, 0 if share < 99.5 or share == 100 else 1),
    }


def gap(judged: Judgement, measure: AnyMeasure) -> str:
    """Return "5.16 worse": how far the value lies from its target, in the KPI's own unit."""
    if judged.gap is None:
        return ""
    if round(judged.gap, measure.decimals) == 0:
        return _("right at it")
    words = _("%(far)s better") if judged.gap > 0 else _("%(far)s worse")
    return words % {"far": number(abs(judged.gap), measure.decimals)}


def target(value: float | None, direction: Direction, measure: AnyMeasure) -> str:
    if value is None:
        return ""
    words = _("Target %(value)s") if direction is Direction.HIGHER else _("Target %(value)s or less")
    return words % {"value": number(value, measure.decimals)}


def moved(change: Change | None, measure: AnyMeasure, before: str) -> tuple[str, str]:
    """Return the words and the direction ("up", "down", "flat", "") of a change since the period `before`."""
    if change is None:
        return "", ""
    if change.movement is Movement.UNCLEAR:
        return _("No clear change since %(before)s") % {"before": before}, "flat"
    words = _("Up %(by)s since %(before)s") if change.movement is Movement.UP else _("Down %(by)s since %(before)s")
    return words % {"by": number(abs(change.amount), measure.decimals), "before": before}, str(change.movement)


def interval(reading: Reading | Numbers | None, decimals: int) -> str:
    if reading is None or reading.low is None or reading.high is None:
        return ""
    return f"{number(reading.low, decimals)} – {number(reading.high, decimals)}"


def data_through(source: Source) -> str:
    if source.data_through is None:
        return ""
    return _("Data through %(day)s") % {"day": date_format(source.data_through, "j M Y")}

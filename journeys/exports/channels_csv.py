"""The channel register as CSV."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from journeys.queries.channel_register import BESIDE, FIGURES, REASONS, Entry
from journeys.registry import PARTICIPATION


def lines(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the header and a line for each channel. What is not measured is an empty cell."""
    return csv_lines(_cells(entries))


def _cells(entries: Sequence[Entry]) -> Iterator[list[Any]]:
    head = [_("ID"), _("Channel"), _("Kind"), _("State"), _("Since"), _("Not integrated for days"), _("Monitored")]
    head += [_("Owner"), _("Touchpoints"), _("KPIs"), _("KPIs with a current value"), _("Participation target, %")]
    whats = {PARTICIPATION: _("Participation"), **FIGURES, **BESIDE}
    for label in whats.values():
        head += [str(label), _("%(what)s: told by") % {"what": label}]
    yield [*head, _("Blind spot")]
    for each in entries:
        yield [*_known(each), *_told(each, list(whats)), "; ".join(str(REASONS[gap]) for gap in each.gaps)]


def _known(entry: Entry) -> list[Any]:
    channel, days = entry.channel, entry.days_not_integrated
    return [
        channel.pk,
        channel.name,
        channel.get_kind_display(),
        channel.get_state_display(),
        channel.since.isoformat() if channel.since else "",
        "" if days is None else days,
        _("Yes") if channel.is_monitored else "",
        channel.owner.name if channel.owner and entry.has_owner else "",
        entry.touchpoints,
        entry.numbers.kpis,
        entry.numbers.current,
        "" if channel.participation_target is None else channel.participation_target,
    ]


def _told(entry: Entry, whats: Sequence[str]) -> list[Any]:
    cells: list[Any] = []
    for what in whats:
        figure = entry.numbers.figures.get(what)
        cells += [figure.value, f"{figure.text} ({figure.detail})"] if figure else ["", ""]
    return cells

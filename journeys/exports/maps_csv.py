"""The list of journeys and maps as CSV."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines
from journeys.registry import MAP_COLUMNS

Cells = Mapping[int, Sequence[Mapping[str, Any]]]


def lines(rows: Any, cells: Cells) -> Iterator[str]:
    """Yield the header and a line for each map; `cells` are what the registered columns say of it."""
    return csv_lines(_cells(rows, cells))


def _cells(rows: Any, cells: Cells) -> Iterator[list[Any]]:
    about = [_("Personas"), _("Products"), _("Markets"), _("Level"), _("Dimension")]
    head = [_("Map"), _("Journey"), _("State"), _("Owner"), _("Sponsor"), _("Stages"), _("Touchpoints"), _("Scenario")]
    yield [*head, *about, *(str(name) for each in MAP_COLUMNS for name in (each.label, each.detail))]
    for one in rows.iterator(chunk_size=500):
        people = [str(one.owner or ""), str(one.sponsor or "")]
        counts = [one.stage_count, one.touchpoint_count]
        lists = [", ".join(names) for names in (one.personas, one.products, one.markets)]
        about = [*lists, one.get_level_display(), one.get_dimension_display()]
        said = [text for each in cells[one.pk] for text in _said(each["said"])]
        yield [one.title, one.journey.name, one.get_state_display(), *people, *counts, one.scenario, *about, *said]


def _said(said: Any) -> tuple[str, str]:
    return (said.word, said.detail) if said else ("", "")

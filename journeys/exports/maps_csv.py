"""The list of journeys and maps as CSV."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from cxhub.web.csv_lines import csv_lines


def lines(rows: Any) -> Iterator[str]:
    """Yield the header and a line for each map."""
    return csv_lines(_cells(rows))


def _cells(rows: Any) -> Iterator[list[Any]]:
    about = [_("Personas"), _("Products"), _("Markets"), _("Level"), _("Dimension")]
    head = [_("Map"), _("Journey"), _("State"), _("Owner"), _("Sponsor"), _("Stages"), _("Touchpoints"), _("Scenario")]
    yield [*head, *about]
    for one in rows.iterator(chunk_size=500):
        people = [str(one.owner or ""), str(one.sponsor or "")]
        counts = [one.stage_count, one.touchpoint_count]
        lists = [", ".join(names) for names in (one.personas, one.products, one.markets)]
        about = [*lists, one.get_level_display(), one.get_dimension_display()]
        yield [one.title, one.journey.name, one.get_state_display(), *people, *counts, one.scenario, *about]

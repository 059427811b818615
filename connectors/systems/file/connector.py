"""The file kind: turns an uploaded CSV into plain records by its mapping."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Data
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connectors.base import Calendar, Plan, Record, SetupProblem
from connectors.systems.file.answers import answers
from connectors.systems.file.dates import Dates
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.problems import problems
from connectors.systems.file.reader import Row, column_names, rows
from connectors.systems.file.ready import ready_values
from cxhub.lib.periods import Grain
from insights.measures.registry import measure


class FileConnector:
    kind = "file"
    name = gettext_lazy("Uploaded files")

    def plan(self, settings: Data[str, Any]) -> Plan:
        mapping = _sound(Mapping.from_json(settings), None)
        is_answer = mapping.holds_answers
        return Plan(
            measures=tuple(measure(slug) for slug in mapping.measures),
            scale=mapping.scale,
            holds_answers=is_answer,
            grain=Grain.DAY if is_answer else Grain(mapping.grain),
            is_weighted=is_answer and bool(mapping.weight_column),
            knows_asked=is_answer and mapping.holds_everybody_asked,
            blank_year_is_not_asked=is_answer and mapping.blank_year_is_not_asked,
            replaces_all=mapping.replaces == "feed",
            map_title=mapping.map_title.strip() if mapping.places_on_map else "",
            phase_id=mapping.phase_id,
        )

    def records(self, settings: Data[str, Any], content: Iterable[bytes], calendar: Calendar) -> Iterator[Record]:
        mapping = Mapping.from_json(settings)
        every = rows(content, encoding=mapping.encoding, delimiter=mapping.delimiter)
        first = next(every, None)
        if first is None:
            raise SetupProblem(_("The file is empty."))
        header = column_names(first, has_header=mapping.has_header)
        _sound(mapping, header)
        yield from records_of(every if mapping.has_header else chain([first], every), mapping, header, calendar)


def records_of(body: Iterable[Row], mapping: Mapping, header: Sequence[str], calendar: Calendar) -> Iterator[Record]:
    """Yield one record per row, in order. The mapping must have no problems with this header."""
    takes_periods = not mapping.holds_answers
    # One date for all rows is always written like 2026-05-31, whatever the format of a column would be.
    date_format = mapping.date_format if mapping.date_column else "iso"
    dates = Dates(date_format, calendar.zone, takes_periods=takes_periods)
    read = answers if mapping.holds_answers else ready_values
    return read(body, mapping, header, dates)


def _sound(mapping: Mapping, header: list[str] | None) -> Mapping:
    """Return the mapping if it can read a file with this header (or with the columns it names). Raises SetupProblem."""
    found = problems(mapping, list(mapping.columns().values()) if header is None else header)
    if found:
        raise SetupProblem(found[0].sentence)
    return mapping

"""The child process that reads files (see bounded.py): what it can be asked to do."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from connectors.base import Calendar, SetupProblem
from connectors.systems.file import glimpse, totals, wire
from connectors.systems.file.contents import records_in
from connectors.systems.file.looking import Head
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.sniff import sniff
from cxhub.lib.bounded.serving import Does, Task, serve


def _records(task: Task, content: Iterator[bytes]) -> Iterator[Any]:
    yield from wire.packed(records_in(Mapping.from_json(task["settings"]), content, _calendar(task)))


def _glimpse(task: Task, content: Iterator[bytes]) -> Iterator[Any]:
    mapping = None if task["settings"] is None else Mapping.from_json(task["settings"])
    yield glimpse.take(content, mapping, _calendar(task), most_rows=task["rows"]).to_json()


def _totals(task: Task, content: Iterator[bytes]) -> Iterator[Any]:
    head = Head(content)
    if not head.is_workbook and head.sample.is_cut:
        raise SetupProblem(_("The file of control totals is too long. Leave its periods and totals alone in it."))
    yield totals.read(*sniff(head), _calendar(task), wanted=task["wanted"])


TASKS: dict[str, Does] = {
    "records": _records,
    "glimpse": _glimpse,
    "totals": _totals,
}


def _calendar(task: Task) -> Calendar:
    zone, week_start, fiscal_year_start = task["calendar"]
    return Calendar(ZoneInfo(zone), week_start, fiscal_year_start)


if __name__ == "__main__":
    serve(TASKS, refusal=SetupProblem)

"""Asks a system for its first rows and shows what would become of them. Stores nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from connectors.base import (
    Added,
    Answer,
    Ask,
    Checked,
    Corrected,
    Reached,
    Ready,
    Rejected,
    SetUp,
    SetupProblem,
    TryLater,
)
from connectors.calls import SECRET, SECRET_ORIGIN
from connectors.models import Connection
from connectors.queries import secrets as kept
from connectors.queries.calendars import calendar_here
from connectors.rows.reading import Rows
from connectors.systems.http_json.connector import window
from connectors.systems.http_json.paging import pages
from connectors.systems.http_json.settings import Settings
from cxhub.lib.http import origin_of

SHOWN = 20
MOST_NAMES = 40


@dataclass(frozen=True)
class ProbeRow:
    """A row as the settings read it: "used", "unanswered" or "rejected" with the reason."""

    number: int
    touchpoint: str = ""
    day: Any = None
    figure: str = ""
    verdict: str = "used"
    reason: str = ""


@dataclass(frozen=True)
class Probe:
    """What came back: a sentence on what to fix, or the first rows."""

    trouble: str = ""
    rows_on_page: int = 0
    names: list[str] = field(default_factory=list)
    """The fields of the first row, to choose from."""
    rows: list[ProbeRow] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return sum(row.verdict == "rejected" for row in self.rows)


def probe(settings: Settings, *, secret: str = "", connection: Connection | None = None, now: datetime) -> Probe:
    """Return the first rows of the first page. A typed secret goes before the kept one."""
    try:
        ask = Ask(now=now, secrets=_secrets(settings, secret, connection))
        calendar = calendar_here()
        page = next(pages(settings, ask, *window(settings, ask, calendar)), [])
    except (SetupProblem, TryLater) as problem:
        return Probe(trouble=problem.sentence)
    rows = Rows(settings, calendar)
    shown = [_row(rows.record(row), number) for number, row in enumerate(page[:SHOWN], 1)]
    first = page[0] if page else None
    names = sorted(str(name)[:60] for name in first)[:MOST_NAMES] if isinstance(first, dict) else []
    return Probe("", len(page), names, shown)


def first_rows(
    kind: SetUp, settings: Mapping[str, Any], *, typed: Mapping[str, str], connection: Connection | None, now: datetime
) -> Probe:
    """Return the first rows that a kind reads with these settings. A typed secret goes before the kept one."""
    try:
        ask = Ask(now=now, secrets=_with_kept(kind, settings, typed, connection))
        told = kind.pull(settings, ask, calendar_here())
        shown = [_row(record, number) for number, record in enumerate(islice(_rows_of(told), SHOWN), 1)]
    except (SetupProblem, TryLater) as problem:
        return Probe(trouble=problem.sentence)
    return Probe(rows_on_page=len(shown), rows=shown)


def _rows_of(told: Iterator[Any]) -> Iterator[Any]:
    return (record for record in told if not isinstance(record, Reached | Checked | Corrected))


def _with_kept(
    kind: SetUp, settings: Mapping[str, Any], typed: Mapping[str, str], connection: Connection | None
) -> dict[str, str]:
    origin = origin_of(kind.address(settings)) if kind.address(settings) else ""
    secrets = kept.opened(connection) if connection else {}
    for field_name, text in typed.items():
        secrets |= {field_name: text, f"{field_name}_origin": origin}
    return secrets


def _secrets(settings: Settings, secret: str, connection: Connection | None) -> dict[str, str]:
    if secret:
        return {SECRET: secret, SECRET_ORIGIN: origin_of(settings.url)}
    return kept.opened(connection) if connection else {}


def _row(record: Answer | Ready | Added | Rejected, number: int) -> ProbeRow:
    if isinstance(record, Rejected):
        return ProbeRow(number, figure=record.value, verdict="rejected", reason=record.reason)
    figure = _figure(record)
    verdict = "unanswered" if figure is None else "used"
    return ProbeRow(number, record.place.touchpoint, record.day, "" if figure is None else f"{figure:g}", verdict)


def _figure(record: Answer | Ready | Added) -> float | None:
    """The score, the value, or how many cases were added up."""
    if isinstance(record, Added):
        return record.parts.answered
    return record.score if isinstance(record, Answer) else record.value

"""What a person says about a file: what a row is, which column means what, and what blanks and codes mean."""

from collections.abc import Mapping as Data
from dataclasses import dataclass, fields, replace
from typing import Any, Self

from connectors import stored
from insights.measures.base import Scale

ENCODINGS = {"utf-8": "utf-8-sig", "cp1252": "cp1252", "latin-1": "latin-1", "utf-16": "utf-16"}
"""The encodings offered, each with the codec that reads it (a byte order mark is tolerated)."""

DELIMITERS = (",", ";", "\t", "|")
DATE_FORMATS = ("iso", "dmy", "mdy")
FORMATS = ("csv", "xlsx", "jsonl")
CHOICES: dict[str, tuple[str, ...]] = {
    "row_is": ("answer", "ready"),
    "format": FORMATS,
    "delimiter": DELIMITERS,
    "encoding": tuple(ENCODINGS),
    "date_format": DATE_FORMATS,
    "blank": ("no_answer", "not_asked", "reject"),
    "out_of_range": ("reject", "no_answer"),
    "grain": ("day", "week", "month", "quarter", "year"),
    "replaces": ("days", "feed"),
}


@dataclass(frozen=True)
class Mapping:
    """One file's reading instructions. Columns go by header name, so a later file may order them differently."""

    row_is: str = "answer"
    format: str = "csv"  # rows of text with any delimiter; a workbook; or JSON lines
    sheet: str = ""  # of a workbook; empty for the first
    delimiter: str = ","
    encoding: str = "utf-8"
    has_header: bool = True
    decimal_comma: bool = False

    # Each of these has a column, or one text for all rows.
    touchpoint_column: str = ""
    touchpoint: str = ""
    date_column: str = ""
    date_format: str = "iso"
    date: str = ""  # always written like 2026-05-31
    channel_column: str = ""
    channel: str = ""
    department_column: str = ""
    department: str = ""
    stage_column: str = ""
    stage: str = ""

    measures: tuple[str, ...] = ()
    scale_low: int | None = None
    scale_high: int | None = None

    # A row is an answer.
    score_column: str = ""
    weight_column: str = ""
    blank: str = "no_answer"
    blank_year_is_not_asked: bool = False
    holds_everybody_asked: bool = False
    """Rows without an answer are people who were asked, so the response rate is known. Where a file holds answers
    alone, asked would equal answered and the rate would read 100 %: then it must stay unknown."""
    no_answer_codes: tuple[str, ...] = ()
    out_of_range: str = "reject"

    # A row is a ready value.
    value_column: str = ""
    grain: str = "month"
    answered_column: str = ""
    asked_column: str = ""

    map_title: str = ""
    phase_id: int | None = None
    replaces: str = "days"
    """What a further file of the same feed takes the place of: the periods it contains, or all that came before."""

    same_as: tuple[tuple[str, str, int], ...] = ()
    """Touchpoints that the file calls by another name: that name, the channel beside it, and which touchpoint it is."""

    # Control totals: what the sums should be, so that a file which does not add up is seen.
    total_column: str = ""  # what is summed; empty: the values, or for answers the rows
    total: float | None = None  # of the whole file
    totals: tuple[tuple[str, float], ...] = ()  # of each period, written like 2026-05

    @property
    def has_totals(self) -> bool:
        return self.total is not None or bool(self.totals)

    @property
    def scale(self) -> Scale | None:
        """The scale of the question; None when it is not given or runs backwards."""
        low, high = self.scale_low, self.scale_high
        return Scale(low, high) if low is not None and high is not None and low < high else None

    @property
    def holds_answers(self) -> bool:
        return self.row_is == "answer"

    @property
    def places_on_map(self) -> bool:
        return bool(self.stage_column or self.stage)

    def columns(self) -> dict[str, str]:
        """Return the header name behind each field that reads a column and is in use for this kind of row."""
        other_kind = READY_COLUMNS if self.holds_answers else ANSWER_COLUMNS
        named = {name: getattr(self, name) for name in COLUMN_FIELDS if name not in other_kind}
        return {name: column for name, column in named.items() if column}

    def changed(self, **news: Any) -> Self:
        return replace(self, **news)

    def to_json(self) -> dict[str, Any]:
        """Return plain values; the same mapping always gives the same ones."""
        return stored.plain(self)

    @classmethod
    def from_json(cls, data: Data[str, Any]) -> Self:
        """Build a mapping from `to_json`; fields that are missing get their defaults. Raises SetupProblem."""
        return stored.checked(cls, data, CHOICES)


TYPES = {field.name: field.type for field in fields(Mapping)}
ANSWER_COLUMNS = ("score_column", "weight_column")
READY_COLUMNS = ("value_column", "answered_column", "asked_column")
COLUMN_FIELDS = tuple(name for name in TYPES if name.endswith("_column"))

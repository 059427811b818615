"""What a person says about a file: what a row is, which column means what, and what blanks and codes mean."""

from collections.abc import Callable
from collections.abc import Mapping as Data
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from connectors.base import SetupProblem
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
        return {key: _listed(value) for key, value in asdict(self).items()}

    @classmethod
    def from_json(cls, data: Data[str, Any]) -> Self:
        """Build a mapping from `to_json`; fields that are missing get their defaults. Raises SetupProblem."""
        values = {name: _checked(name, data[name]) for name in TYPES if name in data}
        return cls(**values)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)


def _are_rows(value: Any, *types: Any) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(row, list | tuple) and len(row) == len(types) and all(map(isinstance, row, types)) for row in value
    )


IS_OF_TYPE: dict[Any, Callable[[Any], bool]] = {
    str: lambda value: isinstance(value, str),
    bool: lambda value: isinstance(value, bool),
    int | None: lambda value: value is None or type(value) is int,
    float | None: lambda value: value is None or type(value) in {int, float},
    tuple[str, ...]: _is_texts,
    tuple[tuple[str, str, int], ...]: lambda value: _are_rows(value, str, str, int),
    tuple[tuple[str, float], ...]: lambda value: _are_rows(value, str, int | float),
}
TYPES = {field.name: field.type for field in fields(Mapping)}
ANSWER_COLUMNS = ("score_column", "weight_column")
READY_COLUMNS = ("value_column", "answered_column", "asked_column")
COLUMN_FIELDS = tuple(name for name in TYPES if name.endswith("_column"))


def _checked(name: str, value: Any) -> Any:
    """Return the value if it is of the field's type and among its choices. Stored JSON is data, not to be trusted."""
    if not IS_OF_TYPE[TYPES[name]](value) or (name in CHOICES and value not in CHOICES[name]):
        raise SetupProblem(_("The settings of this feed cannot be read. Set it up again."))
    return _fixed(value)


def _fixed(value: Any) -> Any:
    return tuple(map(_fixed, value)) if isinstance(value, list | tuple) else value


def _listed(value: Any) -> Any:
    return list(map(_listed, value)) if isinstance(value, tuple) else value

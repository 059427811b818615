"""Guesses what the columns of a file mean, by their names first and by what they hold second."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from connectors.systems.file.columns import Column
from connectors.systems.file.mapping import Mapping
from insights.measures.base import Scale
from insights.measures.registry import fits

NAMES = {
    "touchpoint": ("touchpoint", "touch point", "interaction type", "moment", "question"),
    "date": ("occurred at", "date", "day", "datum", "timestamp", "answered at", "created at", "month", "period"),
    "score": ("score", "rating", "nps", "csat", "ces", "satisfaction", "recommend", "likelihood", "effort"),
    "channel": ("channel", "kanal"),
    "department": ("department", "abteilung", "team", "division"),
    "stage": ("stage", "phase", "journey stage"),
    "weight": ("weight", "gewicht"),
    "value": ("value", "wert", "result"),
    "answered": ("answered", "responses", "response count", "respondents"),
    "asked": ("asked", "invited", "sent", "surveys offered", "offered"),
}
RECOMMEND = ("nps", "recommend", "likelihood", "promoter")
EFFORT = ("ces", "effort", "easy")
SCALES = (Scale(1, 5), Scale(1, 7), Scale(0, 10), Scale(1, 10), Scale(0, 100))


def guess(columns: Sequence[Column], base: Mapping) -> Mapping:
    """Return the mapping with every field filled that the columns suggest."""
    found = {name: _find(name, columns) for name in NAMES}
    date, score, value = found["date"], found["score"], found["value"]
    is_ready = bool(value) and not score
    named = {f"{name}_column": column.name if column else "" for name, column in found.items()}
    news: dict[str, Any] = {**named, "row_is": "ready" if is_ready else "answer"}
    if date:
        news["date_format"] = date.date_formats[0]
        news["grain"] = "month" if date.holds_periods else "day"
    if score and not is_ready:
        news |= _of_score(score)
    return base.changed(**news)


def _of_score(score: Column) -> dict[str, Any]:
    scale = scale_of(score)
    fitting = [measure.slug for measure in fits(scale)] if scale else []
    return {
        "scale_low": scale.low if scale else None,
        "scale_high": scale.high if scale else None,
        "measures": tuple(slug for slug in _wanted(score.name) if slug in fitting),
        # Rows without a score are only kept where somebody was asked and said nothing.
        "holds_everybody_asked": score.has_blanks,
    }


def scale_of(score: Column) -> Scale | None:
    """Return the smallest usual scale that holds every score; 0 to 10 for what is called NPS."""
    if not score.holds_whole_numbers:
        return None
    low, high = min(score.numbers), max(score.numbers)
    scales = (Scale(0, 10),) if _says(score.name, RECOMMEND) else SCALES
    return next((scale for scale in scales if scale.low <= low and high <= scale.high), None)


def _wanted(name: str) -> tuple[str, ...]:
    if _says(name, RECOMMEND):
        return ("nps",)
    return ("ces",) if _says(name, EFFORT) else ("csat_mean", "csat_top2")


def _find(name: str, columns: Sequence[Column]) -> Column | None:
    usable = [column for column in columns if FITS.get(name, _is_text)(column)]
    for is_called in (_is, _mentions):
        for word in NAMES[name]:
            for column in usable:
                if is_called(column.name, word):
                    return column
    alone = [column for column in usable if ALONE[name](column)] if name in ALONE else []
    return alone[0] if len(alone) == 1 else None


def _is_text(column: Column) -> bool:
    return column.kind in {"text", "number"}


def _is_number(column: Column) -> bool:
    return column.kind == "number"


FITS: dict[str, Callable[[Column], bool]] = {
    "date": lambda column: bool(column.date_formats),
    "score": _is_number,
    "weight": _is_number,
    "value": _is_number,
    "answered": _is_number,
    "asked": _is_number,
}
# Taken without a telling name, when just one column looks so.
ALONE: dict[str, Callable[[Column], bool]] = {
    "date": lambda column: column.kind == "date",
    "score": lambda column: (
        len(column.samples) > 2
        and column.holds_whole_numbers
        and min(column.numbers) >= 0
        and max(column.numbers) <= 10
    ),
}


def _words(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).casefold()))


def _is(name: str, word: str) -> bool:
    return _words(name) == word


def _mentions(name: str, word: str) -> bool:
    return f" {word} " in f" {_words(name)} "


def _says(name: str, words: Sequence[str]) -> bool:
    return any(word in _words(name) for word in words)

"""JSON lines: one object a line, each a row. Nested objects by dotted path. Runs in the child (bounded.py)."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _

from connectors.base import SetupProblem
from connectors.systems.file.reader import MOST_COLUMNS, Lines, Row
from connectors.systems.file.workbooks import number_text

LOOKED_AT = 1000
"""The columns are what so many first lines name: an object leaves out what it does not have."""

DEEPEST = 20
Object = dict[str, str]


def looks_like(text: str) -> bool:
    """Say whether the first line with anything in it is a JSON object."""
    first = next((line for line in text.lstrip("\ufeff").splitlines() if line.strip()), "")
    return first.lstrip().startswith("{") and _object(first, ".") is not None


def table(content: Iterable[bytes], *, encoding: str, decimal_comma: bool = False) -> tuple[list[str], Iterator[Row]]:
    """Return the column names and the rows; a line that is no object gives a row without cells."""
    every = _objects(content, encoding, "," if decimal_comma else ".")
    first = list(islice(every, LOOKED_AT))
    if not first:
        raise SetupProblem(_("The file is empty."))
    header = list(dict.fromkeys(name for _number, found in first for name in found or ()))
    if len(header) > MOST_COLUMNS:
        raise SetupProblem(_("The file has more than %(most)d columns.") % {"most": MOST_COLUMNS})
    return header, (Row(number, _cells(found, header)) for number, found in chain(first, every))


def _cells(found: Object | None, header: list[str]) -> list[str]:
    return [] if found is None else [found.get(name, "") for name in header]


def _objects(content: Iterable[bytes], encoding: str, mark: str) -> Iterator[tuple[int, Object | None]]:
    lines = Lines(content, encoding)
    number = 0
    try:
        for line in lines:
            number += 1
            lines.row_ends()
            if line.strip():
                yield number, _object(line, mark)
    except UnicodeError:
        raise SetupProblem(
            _("After row %(row)d there are characters that are not %(encoding)s. Choose another encoding.")
            % {"row": number, "encoding": encoding}
        ) from None


def _object(line: str, mark: str) -> Object | None:
    """Return the object as texts by dotted path; None for anything else, and for one that is nested too deep."""
    try:
        found = json.loads(line)
        return dict(_flat(found, "", mark)) if isinstance(found, dict) else None
    except (ValueError, RecursionError):
        return None


def _flat(found: dict[str, Any], path: str, mark: str) -> Iterator[tuple[str, str]]:
    if path.count(".") > DEEPEST:
        raise ValueError("Nested deeper than a table can show.")
    for key, value in found.items():
        name = " ".join(key.replace("\0", "").encode("utf-8", "replace").decode().split())
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{name}.", mark)
        else:
            yield f"{path}{name}", _text(value, mark)


def _text(value: Any, mark: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return number_text(value, mark)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text

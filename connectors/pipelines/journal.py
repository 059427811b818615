"""What happened in a run, line by line: codes and numbers, put into words by the page. No text of a row is in it."""

from datetime import datetime
from typing import Any

from django.db.models import F, Func, JSONField, Value
from django.utils import timezone

MOST_LINES = 200
LONGEST = 300
"""Sentences of a system that cannot answer are ours, and short."""

Line = tuple[str, str, dict[str, Any]]


class Journal:
    """Lines that are not written down yet."""

    def __init__(self, at: datetime | None = None) -> None:
        self._lines: list[Line] = []
        self._at = at

    def add(self, code: str, **values: int | str) -> None:
        """Note what happens now; the page knows the words of each code (connectors/queries/journals.py)."""
        plain = {name: value[:LONGEST] if isinstance(value, str) else value for name, value in values.items()}
        self._lines.append(((self._at or timezone.now()).isoformat(), code, plain))

    def take(self) -> list[Line]:
        """Return the lines and forget them."""
        lines, self._lines = self._lines[-MOST_LINES:], []
        return lines


def appended(lines: list[Line]) -> dict[str, Any]:
    """Return what to update on the run: these lines behind the others, and the oldest gone when there are too many."""
    if not lines:
        return {}
    together = Func(F("log"), Value(lines, JSONField()), arg_joiner=" || ", template="(%(expressions)s)")
    newest = Value(f"$[last-{MOST_LINES - 1} to last]")
    return {"log": Func(together, newest, template="jsonb_path_query_array(%(expressions)s::jsonpath)")}

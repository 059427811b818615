"""Reads the HTTP header Retry-After in every form that servers send. Pure: the clock is passed in."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil

LONGEST = 366 * 24 * 3600
"""What lies further off is a mistake of the server, like a date in the year 9999."""


def seconds(header: str | None, *, now: datetime) -> int | None:
    """Return how many seconds to wait; None when the header is absent or says nothing that can be used.

    "120" is 120; "Fri, 31 Dec 1999 23:59:59 GMT" one minute before that is 60; a date gone by is 0.
    """
    text = (header or "").strip()
    wait = _number(text) if text[:1].isdigit() else _until(text, now)
    return wait if wait is not None and 0 <= wait <= LONGEST else None


def _number(text: str) -> int | None:
    """Read whole seconds, or a fraction as some servers send it, rounded up."""
    whole, _, fraction = text.partition(".")
    if not (whole + fraction).isascii() or not (whole + fraction).isdigit() or len(text) > 20:
        return None
    return ceil(float(text))


def _until(text: str, now: datetime) -> int | None:
    """Read a date in any of HTTP's three forms; without a zone it is meant in GMT."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0, ceil((moment - now).total_seconds()))

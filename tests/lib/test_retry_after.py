"""Retry-After in the forms that servers send it."""

from datetime import UTC, datetime

import pytest

from cxhub.lib import retry_after

NOW = datetime(1999, 12, 31, 23, 58, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("1.2", 2),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 60),
        ("Fri, 31 Dec 1999 23:59:59", 60),
        ("Friday, 31-Dec-99 23:59:59 GMT", 60),
        ("Fri Dec 31 23:59:59 1999", 60),
        ("Sat, 01 Jan 2000 00:59:59 +0100", 60),
        ("Fri, 31 Dec 1999 23:00:00 GMT", 0),
    ],
)
def test_seconds_and_dates_are_read(header, seconds):
    assert retry_after.seconds(header, now=NOW) == seconds


@pytest.mark.parametrize(
    "header",
    [None, "", " ", "soon", "-5", "1e9", "12 s", "NaN", "٣", "9" * 40, "Fri, 31 Dec 9999 23:59:59 GMT", "Fri, 99 Foo"],
)
def test_anything_else_says_nothing(header):
    assert retry_after.seconds(header, now=NOW) is None

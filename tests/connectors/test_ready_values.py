"""Rows that are values a source has computed itself."""

from datetime import date

import pytest

from connectors.base import Place, Ready, Rejected
from connectors.systems.file.mapping import Mapping
from tests.connectors.desk import VALUES, csv_of, read

COLUMNS = ("touchpoint", "month", "value", "answered", "asked")
RATES = VALUES.changed(measures=("ratio",), answered_column="answered", asked_column="asked")


def values(row, mapping: Mapping = RATES):
    return read(csv_of(row, header=COLUMNS), mapping)


def test_a_row_is_a_value_for_a_period_with_its_sample():
    found = values(("Call", "2018-10", "87.4 %", "1,200", "2,000"))
    assert found == [Ready(2, Place("Call"), date(2018, 10, 1), 87.4, 1200, 2000)]


def test_the_sample_may_be_unknown():
    assert values(("Call", "2018-10", "87.4", "", ""))[0] == Ready(2, Place("Call"), date(2018, 10, 1), 87.4)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("Call", "2018-10", "", "", ""), Rejected(2, "No value", "")),
        (("Call", "2018-10", "many", "", ""), Rejected(2, "The value is not a number", "many")),
        (("Call", "2018-10", "101", "", ""), Rejected(2, "The value lies outside what this measure can be", "101")),
        (("Call", "2018-10", "9", "9", "3"), Rejected(2, "More answered than were asked", "9 / 3")),
        (
            ("Call", "2018-10", "9", "0", ""),
            Rejected(2, "The number of answers is not a whole number above 0", "0"),
        ),
        (
            ("Call", "2018-10", "9", "", "few"),
            Rejected(2, "The number of people asked is not a whole number above 0", "few"),
        ),
        (("Call", "October", "9", "", ""), Rejected(2, "The date is not written like 2026-05-31", "October")),
        (("", "2018-10", "9", "", ""), Rejected(2, "No touchpoint", "")),
        (("Call", "2018-10"), Rejected(2, "2 cells where the header has 5", "")),
    ],
)
def test_a_row_that_cannot_be_used_says_why(row, expected):
    assert values(row) == [expected]


@pytest.mark.parametrize(
    ("news", "good", "bad"),
    [
        ({"measures": ("nps",), "scale_low": 0, "scale_high": 10}, "-100", "-101"),
        ({"measures": ("csat_mean",), "scale_low": 1, "scale_high": 5}, "4.39", "5.1"),
        ({"measures": ("count",)}, "12.0", "12.5"),
        ({"measures": ("duration_median",)}, "3.5", "-1"),
        ({"measures": ("total",)}, "-12.5", "1e9"),
    ],
)
def test_a_value_must_be_one_that_the_measure_can_have(news, good, bad):
    mapping = RATES.changed(**news)
    assert isinstance(values(("Call", "2018-10", good, "", ""), mapping)[0], Ready)
    assert isinstance(values(("Call", "2018-10", bad, "", ""), mapping)[0], Rejected)

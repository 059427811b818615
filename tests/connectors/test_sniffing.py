"""The guesses a person confirms: encoding, delimiter, header, columns, dates, scale, blanks."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import SetupProblem
from connectors.systems.file.looking import Head
from connectors.systems.file.problems import problems
from connectors.systems.file.sample import MOST_TEXT, take
from connectors.systems.file.sniff import sniff
from insights.measures.base import Scale
from tests.connectors.desk import csv_of


def guess(data, is_cut=False):
    return sniff(head_of(data, is_cut))[0]


def head_of(data, is_cut=False):
    """The beginning of a file; with `is_cut` as if the file went on."""
    head = Head([data])
    if is_cut and not head.is_workbook:
        head.sample = take([data], is_cut=True)
    return head


def survey(*rows, score="score", date="date"):
    return csv_of(*rows, header=("touchpoint", date, score))


def test_a_usual_survey_file_needs_no_correction():
    data = survey(("Check-in", "2026-05-11", 4), ("Lounge", "2026-05-12", 5))
    mapping = guess(data)
    assert (mapping.touchpoint_column, mapping.date_column, mapping.score_column) == ("touchpoint", "date", "score")
    assert (mapping.scale, mapping.measures) == (Scale(1, 5), ("csat_mean", "csat_top2"))
    assert problems(mapping, ["touchpoint", "date", "score"]) == []


@pytest.mark.parametrize(
    ("name", "scores", "low", "high", "measures"),
    [
        ("nps", (7, 8), 0, 10, ("nps",)),
        ("Likelihood to recommend", (9, 10), 0, 10, ("nps",)),
        ("CES", (6, 7), 1, 7, ("ces",)),
        ("rating", (0, 4), 0, 10, ("csat_mean", "csat_top2")),
        ("rating", (55, 80), 0, 100, ("csat_mean",)),
        ("rating", (-5, 3), None, None, ()),
    ],
)
def test_scale_and_measures_follow_from_name_and_values(name, scores, low, high, measures):
    mapping = guess(survey(*[("Desk", "2026-05-11", score) for score in scores], score=name))
    assert (mapping.scale_low, mapping.scale_high, mapping.measures) == (low, high, measures)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("2026-05-11", "2026-05-12"), "iso"),
        (("13/05/2026", "01/02/2026"), "dmy"),
        (("05/13/2026", "01/02/2026"), "mdy"),
        (("11.05.2026 10:00", "01.02.2026 11:30"), "dmy"),
    ],
)
def test_the_date_format_is_the_one_that_fits_all(texts, expected):
    assert guess(survey(*[("Desk", text, 4) for text in texts])).date_format == expected


@pytest.mark.parametrize(("encoding", "expected"), [("utf-8", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-16")])
def test_the_encoding_is_found(encoding, expected):
    data = "touchpoint;date;score\nCafé;2026-05-11;4\nCafé;2026-05-12;5\n".encode(encoding)
    mapping = guess(data)
    assert (mapping.encoding, mapping.delimiter, mapping.score_column) == (expected, ";", "score")


def test_decimal_commas_are_found_where_the_comma_is_free():
    data = b"touchpoint;date;score;weight\nDesk;2026-05-11;4;1,05\nDesk;2026-05-12;5;0,98\n"
    assert guess(data).decimal_comma
    assert guess(data).weight_column == "weight"


def test_a_file_without_a_header_is_noticed():
    mapping = guess(b"Desk,2026-05-11,4\nLounge,2026-05-12,5\n")
    assert (mapping.has_header, mapping.date_column, mapping.touchpoint_column) == (False, "Column 2", "")


def test_blanks_suggest_that_everybody_asked_is_in_the_file():
    assert guess(survey(("Desk", "2026-05-11", 4), ("Desk", "2026-05-12", ""))).holds_everybody_asked
    assert not guess(survey(("Desk", "2026-05-11", 4))).holds_everybody_asked


def test_a_year_without_any_score_suggests_that_it_was_not_asked():
    blank, rated = ("Desk", "2016-05-11", ""), ("Desk", "2017-05-11", 4)
    assert guess(survey(blank, rated)).blank_year_is_not_asked
    assert not guess(survey(rated, ("Desk", "2017-05-12", ""))).blank_year_is_not_asked


def test_months_and_a_value_column_suggest_ready_values():
    data = csv_of(("EVUS", "2018-10", "phone", "2898"), header=("touchpoint", "month", "channel", "value"))
    mapping = guess(data)
    assert (mapping.row_is, mapping.value_column, mapping.grain, mapping.channel_column) == (
        "ready",
        "value",
        "month",
        "channel",
    )


def test_a_cut_sample_ends_with_its_last_whole_row():
    data = survey(*[("Desk é", "2026-05-11", 4)] * 100)
    _mapping, found = sniff(head_of(data[:-3], is_cut=True))
    assert {len(row.cells) for row in found.table.rows} == {3}


def test_a_packed_file_is_sampled_without_unpacking_it_all():
    packed = gzip.compress(b"touchpoint,date,score\n" + b"Desk,2026-05-11,4\n" * 200_000, mtime=0)
    sample = take([packed[: len(packed) // 2]], is_cut=True)
    assert len(sample.data) <= MOST_TEXT
    assert sample.is_cut


@pytest.mark.parametrize(
    ("data", "says"), [(b"", "empty"), (b"PK\x03\x04", "CSV"), (gzip.compress(b"a", mtime=0)[:-5], "too early")]
)
def test_what_is_no_table_is_explained(data, says):
    with pytest.raises(SetupProblem, match=says):
        guess(data)


@given(st.binary(max_size=400), st.booleans())
def test_no_bytes_crash_it(data, is_cut):
    try:
        mapping, found = sniff(head_of(data, is_cut))
    except SetupProblem:
        return
    problems(mapping, found.table.header)

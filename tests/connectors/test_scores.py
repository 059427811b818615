"""What one cell of scores, numbers or weights says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.systems.file.mapping import Mapping
from connectors.systems.file.numbers import number, whole
from connectors.systems.file.scores import NotAScore, Scores, Silence


def score(text, **rules):
    return Scores(Mapping(**{"scale_low": 0, "scale_high": 10, **rules})).read(text)


@pytest.mark.parametrize(("text", "expected"), [("0", 0), ("10", 10), (" 7 ", 7), ("4.0", 4), ("+3", 3), ("04", 4)])
def test_whole_numbers_on_the_scale_are_scores_and_zero_is_one_of_them(text, expected):
    assert score(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("4.5", "not a whole number"),
        ("11", "outside 0 to 10"),
        ("-1", "outside 0 to 10"),
        ("abc", "not a number"),
        ("NaN", "not a number"),
        ("inf", "not a number"),
        ("1e400", "not a number"),
        ("1e1", "not a number"),
        ("9" * 5000, "not a number"),
        ("--4", "not a number"),
        ("4 of 5", "not a number"),
    ],
)
def test_what_is_no_score_says_why(text, says):
    found = score(text)
    assert isinstance(found, NotAScore)
    assert says in found.reason


def test_a_blank_is_no_answer_unless_the_person_says_it_is_wrong():
    assert score("  ") is score("", blank="not_asked") is Silence.BLANK
    assert score("", blank="reject") == NotAScore("No score")


def test_codes_mean_no_answer_however_they_are_written():
    rules = {"no_answer_codes": ("99", " n/a "), "scale_high": 5, "scale_low": 1}
    assert score("99", **rules) is score("99.0", **rules) is score("N/A", **rules) is Silence.CODED
    assert score("0", **rules) == NotAScore("The score lies outside 1 to 5")


def test_a_code_on_the_scale_wins_over_the_score():
    assert score("6", no_answer_codes=("6",)) is Silence.CODED


def test_out_of_range_can_mean_no_answer():
    assert score("99", out_of_range="no_answer") is Silence.CODED
    assert isinstance(score("4.5", out_of_range="no_answer"), NotAScore)


@pytest.mark.parametrize(
    ("text", "decimal_comma", "expected"),
    [
        ("1,860,215", False, 1860215),
        ("1 860 215,5", True, 1860215.5),
        ("1.234,5", True, 1234.5),
        ("4,35", True, 4.35),
        ("4,35", False, None),
        ("87.4 %", False, 87.4),
        ("-3.", False, -3),
        ("", False, None),
        ("%", False, None),
        ("0x10", False, None),
        ("1_000", False, None),
    ],
)
def test_numbers_as_people_write_them(text, decimal_comma, expected):
    assert number(text, decimal_comma=decimal_comma) == expected


def test_a_whole_number_may_have_an_empty_fraction():
    assert (whole("4.0"), whole("4.5"), whole("x")) == (4, None, None)


@given(st.text(max_size=60), st.booleans())
def test_no_text_crashes_it(text, decimal_comma):
    assert isinstance(score(text, decimal_comma=decimal_comma), int | Silence | NotAScore)

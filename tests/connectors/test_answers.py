"""Rows that are answers: what counts, what is no answer, and what is rejected with its number and reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import Answer, Place, Rejected, SetupProblem
from tests.connectors.desk import ANSWERS, csv_of, read

DAY = date(2026, 5, 11)
DESK = Place("Check-in")


def test_a_row_is_an_answer_about_a_place_on_a_day():
    data = csv_of(
        ("Check-in", "2026-05-11", "4", "Desk", "Ground", "1 Arrive"),
        header=("touchpoint", "date", "score", "channel", "team", "stage"),
    )
    mapping = ANSWERS.changed(
        channel_column="channel", department_column="team", stage_column="stage", map_title="Trip", phase_id=1
    )
    assert read(data, mapping) == [Answer(Place("Check-in", "Desk", "Ground", "1 Arrive"), DAY, 4)]


def test_constants_stand_in_for_columns_whatever_the_date_format():
    mapping = ANSWERS.changed(
        touchpoint_column="",
        touchpoint=" Check-in ",
        date_column="",
        date="2026-05-11",
        date_format="dmy",
        channel="Desk",
    )
    assert read(b"score\r\n5\r\n", mapping) == [Answer(Place("Check-in", "Desk"), DAY, 5)]


def test_a_file_without_a_header_counts_its_first_row():
    mapping = ANSWERS.changed(
        has_header=False, touchpoint_column="Column 1", date_column="Column 2", score_column="Column 3"
    )
    assert read(b"Check-in,2026-05-11,4\nCheck-in,never,5\n", mapping) == [
        Answer(DESK, DAY, 4),
        Rejected(2, "The date is not written like 2026-05-31", "never"),
    ]


@pytest.mark.parametrize(
    ("rules", "is_asked"),
    [({"blank": "no_answer"}, True), ({"blank": "not_asked"}, False)],
)
def test_a_blank_is_no_answer_and_may_mean_that_nobody_asked(rules, is_asked):
    data = csv_of(("Check-in", "2026-05-11", ""))
    assert read(data, ANSWERS.changed(**rules)) == [Answer(DESK, DAY, None, None, is_asked, True)]


def test_a_code_says_that_the_person_was_asked_even_where_blanks_do_not():
    data = csv_of(("Check-in", "2026-05-11", "99"))
    mapping = ANSWERS.changed(blank="not_asked", no_answer_codes=("99",))
    assert read(data, mapping) == [Answer(DESK, DAY, None, None, True, False)]


def test_weights_are_kept_and_a_row_without_an_answer_needs_none():
    data = csv_of(
        ("Check-in", "2026-05-11", "4", "0.5"),
        ("Check-in", "2026-05-11", "", ""),
        ("Check-in", "2026-05-11", "4", ""),
        ("Check-in", "2026-05-11", "4", "heavy"),
        ("Check-in", "2026-05-11", "4", "-1"),
        header=("touchpoint", "date", "score", "weight"),
    )
    assert read(data, ANSWERS.changed(weight_column="weight")) == [
        Answer(DESK, DAY, 4, 0.5),
        Answer(DESK, DAY, None, None, True, True),
        Rejected(4, "No weight", ""),
        Rejected(5, "The weight is not a number", "heavy"),
        Rejected(6, "The weight is below 0", "-1"),
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("", "2026-05-11", "4"), Rejected(2, "No touchpoint", "")),
        (("  ", "2026-05-11", "4"), Rejected(2, "No touchpoint", "")),
        (("x" * 201, "2026-05-11", "4"), Rejected(2, "A name is longer than 200 characters", "")),
        (("Desk\0", "2026-05-11", "4"), Rejected(2, "A name holds a character that is no text", "")),
        (("Check-in", "", "4"), Rejected(2, "No date", "")),
        (("Check-in", "2026-05-11", "7"), Rejected(2, "The score lies outside 1 to 5", "7")),
        (("Check-in", "2026-05-11"), Rejected(2, "2 cells where the header has 3", "")),
        (("Check-in", "2026-05-11", "4", "?"), Rejected(2, "4 cells where the header has 3", "")),
    ],
)
def test_a_row_that_cannot_be_used_keeps_its_number_its_value_and_the_reason(row, expected):
    assert read(csv_of(row)) == [expected]


def test_empty_cells_behind_the_last_column_do_no_harm():
    assert read(b"touchpoint,date,score\nCheck-in,2026-05-11,4,,\n") == [Answer(DESK, DAY, 4)]


@pytest.mark.parametrize(
    ("data", "says"), [(b"", "empty"), (b"\n\n", "empty"), (csv_of(header=("a", "b", "c")), "no column “touchpoint”")]
)
def test_a_file_that_does_not_fit_is_explained(data, says):
    with pytest.raises(SetupProblem, match=says):
        read(data)


def test_a_header_alone_has_no_records():
    assert read(csv_of()) == []


def test_names_of_200_characters_emoji_and_right_to_left_survive():
    name = "🙂" + "ש" * 199
    assert read(csv_of((name, "2026-05-11", "4"))) == [Answer(Place(name), DAY, 4)]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from(["no_answer", "reject"]))
def test_no_text_crashes_it_and_each_row_is_an_answer_or_rejected_once(text, blank):
    data = b"touchpoint,date,score\nDesk,2026-05-11,4\n" + text.encode()
    try:
        first, *rest = read(data, ANSWERS.changed(blank=blank))
    except SetupProblem as problem:
        assert problem.sentence  # noqa: PT017  records or a sentence
        return
    assert first == Answer(Place("Desk"), date(2026, 5, 11), 4)
    numbers = [record.row for record in rest if isinstance(record, Rejected)]
    assert numbers == sorted(set(numbers))

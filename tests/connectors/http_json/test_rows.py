"""Rows of JSON become records: dates on the workspace's day, numbers as numbers, and a reason for what is neither."""

from datetime import date

import pytest

from connectors.base import Answer, Ready, Rejected, SetupProblem
from tests.connectors.http_json.api import reading, row
from tests.outside import answer, json_answer


def one(serve, pull, found, **news):
    """Read this row beside one that is fine."""
    rows = [found, row("2026-05-11", 4)]
    records, _cursor = pull(reading(serve(json_answer({"data": {"items": rows}})).url, **news))
    return records[0]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-11", date(2026, 5, 11)),
        ("2026-05-11T22:30:00Z", date(2026, 5, 12)),
        ("2026-05-11T23:30:00+02:00", date(2026, 5, 11)),
        ("2026-05-11T23:59:59", date(2026, 5, 11)),
        (1778535000, date(2026, 5, 11)),
        (1778538600000, date(2026, 5, 12)),
        # the days of 23 and 25 hours
        ("2026-03-28T22:59:59Z", date(2026, 3, 28)),
        ("2026-03-28T23:00:00Z", date(2026, 3, 29)),
        ("2026-03-29T22:00:00Z", date(2026, 3, 30)),
        ("2026-10-25T22:59:59Z", date(2026, 10, 25)),
        ("2026-10-25T23:00:00Z", date(2026, 10, 26)),
    ],
)
def test_a_time_falls_on_the_day_of_the_workspace(serve, pull, text, day):
    assert one(serve, pull, row(text, 4)).day == day


@pytest.mark.parametrize("score", [4, 4.0, "4", " 4 ", "4.0"])
def test_a_number_may_come_as_text(serve, pull, score):
    assert one(serve, pull, row("2026-05-11", score)).score == 4


@pytest.mark.parametrize("score", [None, "", " "])
def test_no_score_is_no_answer(serve, pull, score):
    found = one(serve, pull, row("2026-05-11", score))
    assert isinstance(found, Answer)
    assert found.score is None
    assert not found.is_asked


@pytest.mark.parametrize("score", [True, "four", 6, 0, 4.5, [4], {"a": 1}, "1_0", "٤", "nan", "inf", "1e1"])
def test_what_is_no_score_is_rejected_with_the_reason(serve, pull, score):
    found = one(serve, pull, row("2026-05-11", score))
    assert isinstance(found, Rejected)
    assert found.row == 1
    assert "score" in found.reason


@pytest.mark.parametrize("written", [b"NaN", b"Infinity", b"-Infinity", b"1e400"])
def test_numbers_that_are_none_are_rejected(serve, pull, written):
    body = b'[{"touchpoint": "Desk", "answered_at": "2026-05-11", "score": %s}, ' % written
    body += b'{"touchpoint": "Desk", "answered_at": "2026-05-11", "score": 4}]'
    records, _cursor = pull(reading(serve(answer(body)).url, rows="@"))
    assert isinstance(records[0], Rejected)
    assert records[1].score == 4


@pytest.mark.parametrize("text", ["yesterday", "", None, True, 12, "2026-13-01", "0001-01-01", [], 9e99])
def test_what_is_no_date_is_rejected(serve, pull, text):
    assert "date" in one(serve, pull, row(text, 4)).reason.lower()


@pytest.mark.parametrize("name", ["", None, " ", "x" * 201, "a\0b", True, ["Desk"], "\ud800"])
def test_what_is_no_touchpoint_is_rejected(serve, pull, name):
    found = one(serve, pull, row("2026-05-11", 4, name))
    assert isinstance(found, Rejected)
    assert "\0" not in found.value
    found.value.encode()


@pytest.mark.parametrize("odd", [None, 5, "text", [], [1]])
def test_a_row_that_is_no_object_is_rejected(serve, pull, odd):
    assert isinstance(one(serve, pull, odd), Rejected)


def test_nested_fields_and_one_channel_for_all_rows(serve, pull):
    rows = [{"about": {"name": "Desk"}, "at": "2026-05-11", "answers": [{"id": "q1", "value": 5}]}]
    given = reading(
        serve(json_answer(rows)).url,
        rows="@",
        touchpoint_path="about.name",
        date_path="at",
        score_path="answers[?id=='q1'].value | [0]",
        channel="Phone",
    )
    (found,), _cursor = pull(given)
    assert found.place[:2] == ("Desk", "Phone")
    assert found.score == 5


def test_ready_values(serve, pull):
    rows = [{"name": "Desk", "month": "2026-04", "nps": -12.5, "n": 40, "sent": 100}, {"name": "Desk", "nps": 150}]
    given = reading(
        serve(json_answer(rows)).url,
        rows="@",
        row_is="ready",
        touchpoint_path="name",
        date_path="month",
        value_path="nps",
        answered_path="n",
        asked_path="sent",
        measures=("nps",),
        scale_low=0,
        scale_high=10,
    )
    (found, rejected), _cursor = pull(given)
    assert isinstance(found, Ready)
    assert (found.day, found.value, found.answered, found.asked) == (date(2026, 4, 1), -12.5, 40, 100)
    assert isinstance(rejected, Rejected)


def test_a_field_with_another_name_is_not_taken_for_no_answer(serve, pull):
    rows = [{"touchpoint": "Desk", "answered_at": "2026-05-11", "rating": 4}] * 3
    with pytest.raises(SetupProblem, match="Not one of 3 rows has “score”"):
        pull(reading(serve(json_answer({"data": {"items": rows}})).url))

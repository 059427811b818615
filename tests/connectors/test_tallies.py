"""Records are added up by touchpoint and day: what was asked, what was answered, what it weighs."""

from datetime import date

import pytest

from connectors.base import Answer, Place, Plan, Ready, Rejected, SetupProblem
from connectors.pipelines import subjects, tallies
from connectors.pipelines.tallies import Answers, ReadyValues
from cxhub.lib.periods import Grain
from insights.measures.base import Scale
from insights.measures.parts import ReadyValue, ScoreParts, SumParts
from insights.measures.registry import measure
from tests.connectors.desk import BERLIN

DESK, LOUNGE = Place("Desk"), Place("Lounge")
MAY_11, MAY_12 = date(2017, 5, 11), date(2017, 5, 12)
BLANK = {"score": None, "is_blank": True}
CODED = {"score": None}


def told(*answers, **plan):
    tally = Answers(Plan((measure("csat_mean"),), Scale(1, 5), **plan))
    for answer in answers:
        assert tally.add(answer) is None
    return {(subject.touchpoint, day): parts for subject, day, parts in tally.told()}


def test_scores_are_counted_by_touchpoint_and_day():
    found = told(Answer(DESK, MAY_11, 4), Answer(DESK, MAY_11, 4), Answer(DESK, MAY_12, 5), Answer(LOUNGE, MAY_11, 1))
    assert found == {
        ("Desk", MAY_11): ScoreParts({4: 2}),
        ("Desk", MAY_12): ScoreParts({5: 1}),
        ("Lounge", MAY_11): ScoreParts({1: 1}),
    }


def test_asked_is_unknown_unless_the_file_holds_everybody_who_was_asked():
    rows = [Answer(DESK, MAY_11, 4), Answer(DESK, MAY_11, **BLANK)]
    assert told(*rows)["Desk", MAY_11].asked is None
    assert told(*rows, knows_asked=True)["Desk", MAY_11].asked == 2


def test_blanks_of_people_who_were_not_asked_do_not_count_as_asked():
    rows = [Answer(DESK, MAY_11, 4), Answer(DESK, MAY_11, is_asked=False, **BLANK), Answer(DESK, MAY_11, **CODED)]
    assert told(*rows, knows_asked=True)["Desk", MAY_11].asked == 2


def test_a_day_that_says_nothing_is_left_out():
    assert told(Answer(DESK, MAY_11, **BLANK)) == {}
    assert told(Answer(DESK, MAY_11, **BLANK), knows_asked=True) == {("Desk", MAY_11): ScoreParts({}, asked=1)}


def test_a_year_of_blanks_was_not_asked_for_that_touchpoint_alone():
    before = date(2016, 5, 11)
    rows = [Answer(DESK, before, **BLANK), Answer(DESK, MAY_11, 4), Answer(LOUNGE, before, 3)]
    found = told(*rows, knows_asked=True, blank_year_is_not_asked=True)
    assert found["Desk", before] == ScoreParts({}, asked=0)
    assert found["Desk", MAY_11].asked == found["Lounge", before].asked == 1


def test_one_code_in_the_year_shows_that_people_were_asked():
    rows = [Answer(DESK, MAY_11, **BLANK), Answer(DESK, MAY_12, **CODED)]
    found = told(*rows, knows_asked=True, blank_year_is_not_asked=True)
    assert {parts.asked for parts in found.values()} == {1}


def test_weights_add_up_per_score():
    found = told(Answer(DESK, MAY_11, 4, 0.5), Answer(DESK, MAY_11, 4, 1.0), is_weighted=True)
    assert found["Desk", MAY_11].weights == {4: 1.5}


def test_letter_case_does_not_make_two_touchpoints_and_the_first_spelling_stays():
    found = told(Answer(Place("Front Desk"), MAY_11, 4), Answer(Place("front desk"), MAY_11, 5))
    assert found == {("Front Desk", MAY_11): ScoreParts({4: 1, 5: 1})}


def test_the_department_is_the_one_that_most_rows_name():
    named = subjects.Subjects()
    for department in ("Care", "Sales", "Sales", ""):
        desk = named.at(Place("Desk", department=department))
    assert desk.department == "Sales"


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (("10 Leave", "2 Stay", "1 Arrive"), ["1 Arrive", "2 Stay", "10 Leave"]),
        (("Stay", "1 Arrive"), ["Stay", "1 Arrive"]),
    ],
)
def test_stages_go_by_their_numbers_if_all_have_one(stages, expected):
    named = subjects.Subjects()
    for stage in stages:
        named.at(Place("Desk", stage=stage))
    assert [name for name, _touchpoints in named.stages()] == expected


def ready(slug, *rows, grain=Grain.MONTH):
    tally = ReadyValues(Plan((measure(slug),), None, holds_answers=False, grain=grain), BERLIN)
    rejected = [tally.add(row) for row in rows]
    return {(subject.touchpoint, day): parts for subject, day, parts in tally.told()}, rejected


def test_ready_totals_of_a_period_add_up():
    found, _rejected = ready("total", Ready(2, DESK, MAY_11, 20), Ready(3, DESK, MAY_12, 5))
    assert found == {("Desk", date(2017, 5, 1)): SumParts(2, 25.0, 425.0)}


def test_a_ready_count_counts_its_cases():
    found, _rejected = ready("count", Ready(2, DESK, MAY_11, 20), Ready(3, DESK, MAY_12, 5))
    assert measure("count").value(found["Desk", date(2017, 5, 1)]) == 25


def test_a_second_ready_rate_for_a_period_is_rejected():
    found, rejected = ready("ratio", Ready(2, DESK, MAY_11, 87.4, 20, 30), Ready(3, DESK, MAY_12, 50))
    assert found == {("Desk", date(2017, 5, 1)): ReadyValue(87.4, 20, 30)}
    assert rejected == [None, Rejected(3, "A second value for the same touchpoint and period", "50")]


@pytest.mark.parametrize("column", ["touchpoint", "department", "stage"])
def test_a_column_of_ids_taken_for_names_is_noticed(column):
    named = subjects.Subjects()
    places = [Place(**{"touchpoint": "Desk", column: f"id {n}"}) for n in range(2000)]
    with pytest.raises(SetupProblem, match="right column"):
        list(map(named.at, places))


def test_too_many_days_and_touchpoints_are_refused(monkeypatch):
    monkeypatch.setattr(tallies, "MOST_PARTS", 3)
    days = [date(2017, 5, day) for day in range(1, 9)]
    with pytest.raises(SetupProblem, match="more than 3 touchpoints times days"):
        told(*[Answer(DESK, day, 4) for day in days])

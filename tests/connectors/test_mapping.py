"""What a person says about a file: kept as JSON, and checked field by field."""

import pytest

from connectors.base import SetupProblem
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.problems import problems
from tests.connectors.desk import ANSWERS, HEADER, VALUES


def test_a_sound_mapping_has_no_problems():
    assert problems(ANSWERS, HEADER) == []
    assert problems(VALUES, ["month", "touchpoint", "value"]) == []


def test_it_comes_back_from_json_and_missing_fields_get_their_defaults():
    mapping = ANSWERS.changed(no_answer_codes=("6", "N/A"), phase_id=3)
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert Mapping.from_json({"score_column": "score"}) == Mapping(score_column="score")


@pytest.mark.parametrize(
    "broken",
    [
        {"row_is": "dance"},
        {"delimiter": "x"},
        {"scale_low": "1"},
        {"scale_low": True},
        {"measures": "nps"},
        {"measures": [1]},
    ],
)
def test_stored_settings_that_are_broken_ask_for_a_new_setup(broken):
    with pytest.raises(SetupProblem, match="Set it up again"):
        Mapping.from_json({**ANSWERS.to_json(), **broken})


@pytest.mark.parametrize(
    ("news", "field", "says"),
    [
        ({"score_column": "stars"}, "score_column", "no column “stars”"),
        ({"score_column": ""}, "score_column", "Choose the column"),
        ({"touchpoint": "Desk"}, "touchpoint", "not both"),
        ({"touchpoint_column": ""}, "touchpoint_column", "or type its name"),
        ({"date_column": ""}, "date_column", "or type one date"),
        ({"date_column": "", "date": "yesterday"}, "date", "like 2026-05-31"),
        ({"scale_low": None}, "scale_low", "lowest and the highest"),
        ({"scale_low": 5, "scale_high": 1}, "scale_low", "lowest and the highest"),
        ({"scale_high": 999}, "scale_low", "No measure reads"),
        ({"measures": ()}, "measures", "at least one"),
        ({"measures": ("nps",)}, "measures", "cannot be computed from 1 to 5"),
        ({"measures": ("joy",)}, "measures", "no measure “joy”"),
        ({"measures": ("csat_mean", "csat_mean")}, "measures", "once"),
        ({"measures": ("total",)}, "measures", "cannot be computed"),
        ({"stage": "Use", "map_title": "", "phase_id": 1}, "map_title", "title"),
        ({"stage": "Use", "map_title": "Trip"}, "phase_id", "lifecycle phase"),
        ({"channel": "x" * 101}, "channel", "at most 100"),
    ],
)
def test_each_problem_names_its_field_and_what_to_do(news, field, says):
    found = problems(ANSWERS.changed(**news), HEADER)
    assert [problem.field for problem in found] == [field] * len(found)
    assert says in found[0].sentence


@pytest.mark.parametrize(
    ("news", "field", "says"),
    [
        ({"value_column": ""}, "value_column", "Choose the column"),
        ({"measures": ("total", "count")}, "measures", "one measure"),
        ({"measures": ("nps",)}, "scale_low", "score behind"),
    ],
)
def test_ready_values_have_problems_of_their_own(news, field, says):
    found = problems(VALUES.changed(**news), ["month", "touchpoint", "value"])
    assert [problem.field for problem in found] == [field]
    assert says in found[0].sentence


def test_columns_of_the_other_kind_of_row_do_not_matter():
    assert problems(ANSWERS.changed(value_column="nowhere"), HEADER) == []

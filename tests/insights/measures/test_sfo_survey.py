"""The real survey of San Francisco airport through the parts: every published figure comes out."""

import csv
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from insights.measures.base import Scale
from insights.measures.csat_mean import CSAT_MEAN
from insights.measures.csat_top2 import CSAT_TOP2
from insights.measures.nps import NPS
from insights.measures.parts import RatioParts, ScoreParts, combine
from insights.measures.ratio import RATIO

SURVEY = Path(__file__).resolve().parents[4] / "shared" / "data" / "sfo_airport_survey"
pytestmark = pytest.mark.skipif(not SURVEY.is_dir(), reason="the data of the SFO survey are not on this machine")

ZERO_TO_TEN, ONE_TO_FIVE = Scale(0, 10), Scale(1, 5)


@pytest.fixture(scope="module")
def expected():
    return json.loads((SURVEY / "expected.json").read_text())


@pytest.fixture(scope="module")
def responses():
    return rows("survey_responses.csv.gz")


def rows(name):
    with gzip.open(SURVEY / name, "rt", newline="") as file:
        return list(csv.DictReader(file))


def nps_parts(responses, **only):
    """One part per day, added up: blank is asked but not answered, and in 2016 nobody was asked."""
    days = defaultdict(list)
    for row in responses:
        if all(row[column] == value for column, value in only.items()):
            days[row["date"]].append(row)
    return combine(map(nps_of_a_day, days.values()))


def nps_of_a_day(day):
    answered = [row for row in day if row["nps"] != ""]
    asked = sum(row["year"] != "2016" for row in day)
    scores, weights = [int(float(row["nps"])) for row in answered], [float(row["weight"]) for row in answered]
    return ScoreParts.of(scores, asked=asked, weights=weights)


@pytest.mark.parametrize(("year", "nps", "weighted"), [("2017", 39.84, 40.40), ("2018", 30.98, 35.11)])
def test_nps_of_a_year_weighted_and_not(responses, expected, year, nps, weighted):
    parts = nps_parts(responses, year=year)
    assert round(NPS.value(parts, ZERO_TO_TEN), 2) == nps == expected["nps"][year]["nps"]
    assert round(NPS.weighted_value(parts, ZERO_TO_TEN), 2) == weighted == expected["nps_weighted"][year]
    assert NPS.answered(parts) == expected["nps"][year]["n"]
    assert parts.asked == expected["respondents_per_year"][year]
    promoters = sum(parts.counts[score] for score in (9, 10))
    detractors = sum(parts.counts[score] for score in range(7))
    assert (promoters, detractors) == (expected["nps"][year]["promoters"], expected["nps"][year]["detractors"])


def test_in_2016_nobody_was_asked(responses):
    parts = nps_parts(responses, year="2016")
    assert parts.is_not_asked
    assert (parts.response_share, NPS.value(parts, ZERO_TO_TEN)) == (None, None)


@pytest.mark.parametrize("problem", ["yes", "no"])
def test_nps_with_and_without_a_problem(responses, expected, problem):
    parts = nps_parts(responses, problem=problem)
    assert round(NPS.value(parts, ZERO_TO_TEN), 2) == expected["nps_by_problem_2017_18"][problem]["nps"]


@pytest.mark.parametrize("year", ["2016", "2017", "2018"])
def test_the_share_of_visits_with_a_problem(responses, expected, year):
    problems = Counter(row["problem"] for row in responses if row["year"] == year)
    parts = RatioParts(problems["yes"], problems["yes"] + problems["no"], asked=problems.total())
    assert round(RATIO.value(parts) / 100, 4) == expected["problem_rate"][year]


def test_every_touchpoint_and_year_has_its_published_scores(expected):
    days = defaultdict(lambda: defaultdict(list))
    for row in rows("interactions.csv.gz"):
        days[row["touchpoint"], row["occurred_at"][:4]][row["occurred_at"]].append(int(row["satisfaction"]))
    scores = defaultdict(dict)
    for (touchpoint, year), per_day in days.items():
        parts = combine(map(ScoreParts.of, per_day.values()))
        scores[touchpoint][year] = {
            "n": parts.answered,
            "mean": round(CSAT_MEAN.value(parts, ONE_TO_FIVE), 4),
            "top2_pct": round(CSAT_TOP2.value(parts, ONE_TO_FIVE), 2),
        }
    assert len(scores) == 22
    assert scores == expected["touchpoint_scores"]

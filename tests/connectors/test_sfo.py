"""Three years of a real airport's passenger survey, through the upload and the worker, to every figure known of it."""

import csv
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from connectors.models import RejectedRow
from connectors.queries import previews
from insights.models import Reading
from journeys.models import LifecyclePhase, Map, Touchpoint
from tests.connectors.desk import daily_counts, give, keep, work

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "sfo_airport_survey"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="The survey's data is not on this machine.")


@pytest.fixture(scope="module")
def expected():
    return json.loads((DATA / "expected.json").read_text())


def bring(world, name, feed, **answers):
    """Upload the file, take the product's own guess, add what a person adds, and let the worker read it."""
    data = (DATA / name).read_bytes()
    file = keep(world, data, name=name)
    with world.inside():
        mapping = previews.preview(file).mapping.changed(**answers)
    run = work(world, give(world, data, mapping, name=feed))
    assert run.state == "done", run.message
    return run


def yearly(world, measure):
    with world.inside():
        rows = Reading.objects.filter(kpi__measure=measure, grain="year").select_related("kpi__touchpoint")
        return {(row.kpi.touchpoint.name, str(row.starts_on.year)): row for row in rows}


@pytest.fixture
def ratings(world):
    with world.inside():
        phase = LifecyclePhase.objects.get(position=4).pk
    return bring(world, "interactions.csv.gz", "Passenger ratings", map_title="A trip through SFO", phase_id=phase)


@pytest.fixture
def responses(world):
    return bring(world, "survey_responses.csv.gz", "Recommendation", touchpoint="SFO as a whole")


def test_every_rating_counts_for_its_touchpoint_and_year(world, ratings, expected):
    assert (ratings.rows_read, ratings.rows_used, ratings.rows_rejected) == (144_662, 144_662, 0)
    means, shares = yearly(world, "csat_mean"), yearly(world, "csat_top2")
    known = {
        (name, year): (score["n"], score["mean"], score["top2_pct"])
        for name, years in expected["touchpoint_scores"].items()
        for year, score in years.items()
    }
    found = {key: (row.answered, round(row.value, 4), round(shares[key].value, 2)) for key, row in means.items()}
    assert found == known
    assert {row.asked for row in means.values()} == {None}  # the file holds answers alone


def test_every_day_counts_what_is_in_the_file(world, ratings):
    ledger = defaultdict(Counter)
    with gzip.open(DATA / "interactions.csv.gz", "rt", newline="") as file:
        for row in csv.DictReader(file):
            ledger[row["touchpoint"], row["occurred_at"][:10]][row["satisfaction"]] += 1
    assert daily_counts(world, "csat_mean") == daily_counts(world, "csat_top2") == ledger


def test_it_creates_what_it_names(world, ratings):
    with world.inside():
        touchpoints = Touchpoint.objects.select_related("channel", "accountable_department")
        assert len(touchpoints) == 22
        assert {touchpoint.accountability for touchpoint in touchpoints} == {"offered"}
        wifi = touchpoints.get(name="Free WiFi")
        assert (wifi.channel.name, wifi.accountable_department.name) == ("digital", "Information technology")
        stages = Map.objects.get(title="A trip through SFO").stages.all()
        assert [stage.name[0] for stage in stages] == ["1", "2", "3", "4", "5", "6"]
        assert sum(stage.steps.count() for stage in stages) == 22


def test_nps_is_right_weighted_and_unweighted_and_blanks_are_no_answers(world, responses, expected):
    assert (responses.rows_read, responses.rows_used) == (8727, 5396)
    assert (responses.rows_unanswered, responses.rows_rejected) == (3331, 0)
    readings = yearly(world, "nps")
    for year, nps in expected["nps"].items():
        row = readings["SFO as a whole", year]
        assert (row.answered, round(row.value, 2)) == (nps["n"], nps["nps"])
        assert round(row.weighted_value, 2) == expected["nps_weighted"][year]
        assert row.asked == expected["respondents_per_year"][year]
        assert split(row.parts["counts"]) == (nps["promoters"], nps["passives"], nps["detractors"])
    with world.inside():
        assert not RejectedRow.objects.filter(run=responses).exists()


def split(counts):
    promoters = sum(count for score, count in counts.items() if int(score) >= 9)
    detractors = sum(count for score, count in counts.items() if int(score) <= 6)
    return promoters, sum(counts.values()) - promoters - detractors, detractors


def test_the_year_without_the_question_was_not_asked(world, responses):
    row = yearly(world, "nps")["SFO as a whole", "2016"]
    assert (row.asked, row.answered, row.value, row.parts["counts"]) == (0, 0, None, {})


def test_a_score_of_zero_is_a_score(world, responses):
    counts = Counter()
    for cell in daily_counts(world, "nps").values():
        counts.update(cell)
    assert counts["0"] == 41


def test_the_same_files_again_change_nothing(world, responses):
    data = (DATA / "survey_responses.csv.gz").read_bytes()
    before = daily_counts(world, "nps")
    file = keep(world, data)
    with world.inside():
        mapping = previews.preview(file).mapping.changed(touchpoint="SFO as a whole")
    assert work(world, give(world, data, mapping)).state == "unchanged"
    assert daily_counts(world, "nps") == before


def test_both_surveys_speak_of_the_same_touchpoint(world, ratings, responses):
    with world.inside():
        kpis = Touchpoint.objects.get(name="SFO as a whole").kpis.all()
        assert {kpi.measure for kpi in kpis} == {"csat_mean", "csat_top2", "nps"}

"""The main job: an integrator uploads what San Francisco's airport asked its travellers, and every figure is right.

Through the web client and a real worker, against answers computed independently (../shared/data).
"""

import csv
import gzip
import json
import re
from pathlib import Path

import pytest
from django.urls import reverse

from connectors.models import Feed, SyncRun
from insights.models import Kpi, Reading, ReadingPart
from journeys.models import Map, Touchpoint
from orgs.models import AuditEntry
from tests import worker

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "sfo_airport_survey"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not DATA.exists(), reason="the airport's data are not beside this checkout"),
]
NOTHING_NEW = ["touchpoints", "KPIs", "readings", "parts", "maps", "feeds"]


@pytest.fixture
def ivo(committed_world, client):
    client.force_login(committed_world.ivo.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_integrator_turns_two_files_into_true_figures(committed_world, ivo):
    expected = json.loads((DATA / "expected.json").read_text())
    with worker.running():
        upload(committed_world, ivo, "interactions.csv.gz", map_title="A day at the airport")
        check_touchpoints(committed_world, ivo, expected)
        upload(committed_world, ivo, "survey_responses.csv.gz", **nps_answers())
        check_nps(committed_world, ivo, expected)
        before = counts(committed_world)
        again = upload(committed_world, ivo, "interactions.csv.gz", map_title="A day at the airport")
        assert again.state == SyncRun.State.UNCHANGED
        assert counts(committed_world) == before


def nps_answers():
    return {
        "touchpoint": "SFO as a whole",
        "touchpoint_column": "",
        "score_column": "nps",
        "scale_low": "0",
        "scale_high": "10",
        "measures": ["nps"],
        "weight_column": "weight",
        "blank": "no_answer",
        "blank_year_is_not_asked": "on",
        "holds_everybody_asked": "on",
    }


def upload(world, client, name, **said):
    """Go through the pages as a person does: choose the file, correct what was guessed, read it, wait for the run."""
    slug = world.acme.slug
    with (DATA / name).open("rb") as file:
        answer = client.post(reverse("upload_new", args=[slug]), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer.url)
    values = {key: value for key, value in page.context["form"].initial.items() if value not in (None, False)}
    answer = client.post(answer.url, {**values, **said})
    assert answer.status_code == 302, re.findall(r"field-error.*", answer.content.decode())
    pk = int(answer.url.rstrip("/").rpartition("/")[2])

    def finished():
        with world.inside():
            return SyncRun.objects.get(pk=pk).is_finished

    worker.wait_until(finished)
    with world.inside():
        run = SyncRun.objects.get(pk=pk)
    assert run.state in {SyncRun.State.DONE, SyncRun.State.UNCHANGED}, run.message
    return run


def check_touchpoints(world, client, expected):
    """Mean and top-2-box of each touchpoint and year, the days, the map, the offers and the pages."""
    with world.inside():
        assert Touchpoint.objects.count() == expected["touchpoints"] == 22
        run = SyncRun.objects.first()
        assert (run.rows_read, run.rows_used, run.rows_rejected) == (expected["interactions"], 144_662, 0)
        for name, years in expected["touchpoint_scores"].items():
            for year, scores in years.items():
                mean, top2 = reading(name, "csat_mean", year), reading(name, "csat_top2", year)
                assert (mean.answered, top2.answered) == (scores["n"], scores["n"])
                assert round(mean.value, 4) == scores["mean"]
                assert round(top2.value, 2) == scores["top2_pct"]
                assert mean.asked is None, "the file holds answers alone, so the response rate is unknown"
        assert answers_per_day() == expected["daily_counts"]
        offered = set(Touchpoint.objects.values_list("accountability", flat=True))
        assert offered == {Touchpoint.Accountability.OFFERED}
        drawn = Map.objects.get(title="A day at the airport")
        assert [stage.name for stage in drawn.stages.all()] == stages_of_file()
        assert AuditEntry.objects.filter(action="touchpoint.create").count() == 22
        security = Touchpoint.objects.get(name="Security screening")
    page = client.get(reverse("touchpoint", args=[world.acme.slug, security.pk]) + "?per=year&at=2017-01-01")
    assert "4.31" in page.content.decode()
    assert "2,407 answers" in page.content.decode()
    page = client.get(reverse("map", args=[world.acme.slug, drawn.pk]))
    assert "4.09 of 5" in page.content.decode()
    assert "Security screening" in client.get(reverse("touchpoints", args=[world.acme.slug])).content.decode()


def check_nps(world, client, expected):
    """NPS per year unweighted and weighted, blanks that are no answer, and a year in which nobody was asked."""
    with world.inside():
        run = SyncRun.objects.first()
        assert (run.rows_unanswered, run.rows_rejected) == (3_331, 0)
        assert Touchpoint.objects.count() == 22
        for year, scores in expected["nps"].items():
            found = reading("SFO as a whole", "nps", year)
            given = {int(score): count for score, count in found.parts["counts"].items()}
            promoters = sum(count for score, count in given.items() if score >= 9)
            detractors = sum(count for score, count in given.items() if score <= 6)
            assert (promoters, detractors) == (scores["promoters"], scores["detractors"])
            assert (found.answered, round(found.value, 2)) == (scores["n"], scores["nps"])
            assert round(found.weighted_value, 2) == expected["nps_weighted"][year]
            assert found.asked == expected["respondents_per_year"][year]
            assert 0 in given, "a score of 0 is a score"
        unasked = reading("SFO as a whole", "nps", "2016")
        assert (unasked.value, unasked.answered, unasked.asked) == (None, 0, 0)
        whole = Touchpoint.objects.get(name="SFO as a whole")
    address = reverse("touchpoint", args=[world.acme.slug, whole.pk])
    page = client.get(address + "?per=year&at=2017-01-01").content.decode()
    for words in ["39.84", "Weighted 40.40", "2,746 of 2,831 answered (97 %)"]:
        assert words in page
    page = client.get(address + "?per=year&at=2018-01-01").content.decode()
    assert "30.98" in page
    assert "Weighted 35.11" in page
    assert "Not asked in this period" in page


def reading(touchpoint: str, measure: str, year: str) -> Reading:
    kpi = Kpi.objects.get(touchpoint__name=touchpoint, measure=measure)
    return Reading.objects.get(kpi=kpi, grain="year", starts_on=f"{year}-01-01", segment="")


def answers_per_day() -> dict[str, int]:
    days: dict[str, int] = {}
    for day, answered in Reading.objects.filter(kpi__measure="csat_mean", grain="day").values_list(
        "starts_on", "answered"
    ):
        days[day.isoformat()] = days.get(day.isoformat(), 0) + answered
    return days


def stages_of_file() -> list[str]:
    with gzip.open(DATA / "interactions.csv.gz", "rt", newline="") as lines:
        return sorted({row["stage"] for row in csv.DictReader(lines)})


def counts(world) -> dict[str, int]:
    with world.inside():
        models = [Touchpoint, Kpi, Reading, ReadingPart, Map, Feed]
        return {name: model.objects.count() for name, model in zip(NOTHING_NEW, models, strict=True)}

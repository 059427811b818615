"""Every figure of the Overview of a real airport's survey of three years, and the scores that are known of it."""

import json
from datetime import date

import pytest
from django.utils import timezone

from insights.models import HeadlineKpi, Kpi
from insights.services import kpis
from journeys.models import LifecyclePhase, Map
from tests.connectors.test_sfo import DATA, bring
from tests.insights.truth.dom import read
from tests.insights.truth.looking import page, told, untruths

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="The survey's data is not on this machine.")
TARGETS = {"csat_mean": 4, "csat_top2": 75, "nps": 35}


@pytest.fixture
def airport(world):
    """SFO through the upload, with a target for every number, three of them at the head."""
    with world.inside():
        phase = LifecyclePhase.objects.get(position=4).pk
    bring(world, "interactions.csv.gz", "Passenger ratings", map_title="A trip through SFO", phase_id=phase)
    bring(world, "survey_responses.csv.gz", "Recommendation", touchpoint="SFO as a whole")
    with world.inside():
        for kpi in Kpi.objects.all():
            kpis.set_target(kpi=kpi, value=TARGETS[kpi.measure], valid_from=date(2016, 1, 1), by=world.ada)
        for position, kpi in enumerate(Kpi.objects.filter(touchpoint__name="SFO as a whole").order_by("measure")):
            HeadlineKpi.objects.create(kpi=kpi, position=position)
        Map.objects.update(sponsor=world.eli)
        return Map.objects.get().journey_id


def test_every_figure_and_those_that_are_known(world, airport, sign_in):
    client, now, found = sign_in(world.eli), timezone.now(), []
    for asked in (None, ("year", date(2017, 5, 5)), ("month", date(2018, 5, 5)), ("year", date(2016, 5, 5))):
        found += untruths(client, world.eli, now, asked)
    assert not found, told(found)
    _as_published(client, airport)


def _as_published(client, journey):
    """The satisfaction of each touchpoint, and the NPS, are those in the file beside the data."""
    expected = json.loads((DATA / "expected.json").read_text())
    for year in ("2016", "2017", "2018"):
        shown = page(client, f"/w/acme/journeys/{journey}/health/?per=year&at={year}-05-05")
        told_of = {row.all("a")[0].text: row.all("b") for row in read(shown).all("li") if row.all(".stage-kpi")}
        assert len(told_of) == sum(year in years for years in expected["touchpoint_scores"].values())
        for name, (value,) in told_of.items():
            number, unit = value.text.split(" ", 1)
            assert float(number) == pytest.approx(
                _known(expected, name, year)[unit], abs=0.055 if unit == "%" else 0.0051
            )
    for year in ("2017", "2018"):
        head = read(page(client, f"/w/acme/overview/?per=year&at={year}-05-05"))
        (tile,) = [each for each in head.all("article") if "Net Promoter" in each.text]
        assert tile.one(".kpi-value").text == f"{expected['nps'][year]['nps']:.2f}points"


def _known(expected, name, year):
    """The three scores of a touchpoint in a year by their unit, rounded twice where the page shows one decimal."""
    scores = expected["touchpoint_scores"][name][year]
    return {"of 5": scores["mean"], "%": scores["top2_pct"], "points": expected["nps"].get(year, {}).get("nps")}

"""A map to read: stages, steps, lanes and the KPI lane, with queries that do not grow with its steps."""

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.models import LifecyclePhase, Map, MapCell, Stage, Step, Touchpoint
from journeys.registry import TEXT_LANES
from journeys.services import channels, lanes, maps, touchpoints
from tests.planting import measured
from tests.world import CANARY


def draw(world, steps, with_kpis=True):
    """A map of stages of four steps, each with its own channel, owner and NPS."""
    placed = []
    for number in range(steps):
        channel, _ = channels.find_or_create(f"Channel {number % 5}", by=world.ada)
        touchpoint, _ = touchpoints.find_or_create(f"Step {number}", channel=channel, by=world.ada)
        touchpoints.offer(touchpoint, world.service, by=world.ada, now=timezone.now())
        if with_kpis and not touchpoint.kpis.exists():
            measured(touchpoint, by=world.ada, source_name=f"Survey {number}")
        placed.append(touchpoint)
    stages = [(f"Stage {first // 4}", placed[first : first + 4]) for first in range(0, steps, 4)]
    return maps.lay_out("Trip", stages=stages, phase=LifecyclePhase.objects.get(position=1), by=world.ada)[0]


@pytest.fixture
def read(world, sign_in):
    client = sign_in(world.vi)

    def _read(drawn, query=""):
        answer = client.get(f"/w/acme/maps/{drawn.pk}/{query}")
        assert answer.status_code == 200
        return answer.content.decode()

    return _read


def test_shows_stages_steps_and_every_lane(world, read):
    with world.inside():
        drawn = draw(world, 6)
    text = read(drawn)
    for words in ("Trip", "Stage 0", "Stage 1", "Step 5", "Touchpoints", "Channels", "Owners", "KPIs", "Channel 4"):
        assert words in text
    with world.inside():
        for touchpoint in Touchpoint.objects.all():
            assert f'href="/w/acme/touchpoints/{touchpoint.pk}/"' in text
    assert CANARY not in text


def test_the_kpi_lane_says_value_and_status_in_the_period_looked_at(world, read):
    with world.inside():
        drawn = draw(world, 2)
    assert "60.00" in read(drawn, "?per=year&at=2018-01-01")
    assert "On target" in read(drawn, "?per=month&at=2018-05-31")
    later = read(drawn, "?per=year&at=2019-01-01")
    assert "No answers in 2019; showing 2018" in later


def test_an_offered_owner_says_that_nobody_accepted(world, read):
    with world.inside():
        drawn = draw(world, 1)
    text = read(drawn)
    assert "Service" in text
    assert "Offered" in text


def test_the_period_control_stays_away_without_kpis(world, read):
    with world.inside():
        drawn = draw(world, 4, with_kpis=False)
    assert "per=month" not in read(drawn)


def test_a_map_without_stages_or_steps_says_so(world, read):
    with world.inside():
        drawn = draw(world, 1)
        Stage.objects.get().steps.get().placements.all().delete()
        Stage.objects.get().steps.all().delete()
        assert "Stage 0" in read(drawn)
        Stage.objects.all().delete()
    assert "This map has no stages yet" in read(drawn)


def test_forty_steps_ask_as_many_queries_as_four(world, read):
    def queries(steps):
        with world.inside():
            drawn = draw(world, steps)
        with CaptureQueriesContext(connection) as seen:
            read(drawn)
        return sum(query["sql"].startswith("SELECT") for query in seen)  # the scope's own statements are a fixed few

    few = queries(4)
    assert queries(40) == few <= 15


class TestABigMap:
    """Forty steps and twelve lanes with KPIs, as its editors see it: what UX.md allows, and no more."""

    TEXT = "I compare what they offer and ask what others say about it, then I sleep on it."

    @pytest.fixture
    def page(self, world, sign_in):
        with world.inside():
            drawn = draw(world, 40)
            made = [lanes.add(drawn=drawn, kind=kind, by=world.ada) for kind in TEXT_LANES]
            steps = Step.objects.filter(stage__map=drawn)
            MapCell.objects.bulk_create(
                [
                    MapCell(lane=lane, step=step, text=f"{self.TEXT} {step.pk}", version=1)
                    for lane in made
                    for step in steps
                ]
            )
        client = sign_in(world.max)
        with CaptureQueriesContext(connection) as seen:
            text = client.get(f"/w/acme/maps/{drawn.pk}/").content.decode()
        assert text.count('<tr role="row" id="lane-') >= 12
        return text, sum(query["sql"].startswith("SELECT") for query in seen)

    def test_asks_at_most_15_queries_weighs_80_kb_and_has_6000_nodes(self, page):
        text, queries = page
        assert queries <= 15
        assert len(gzip.compress(text.encode())) <= 80 * 1024
        assert len(re.findall(r"<[a-z]", text)) <= 6000


class TestTheListOfJourneys:
    def test_counts_stages_and_touchpoints(self, world, sign_in):
        with world.inside():
            draw(world, 6, with_kpis=False)
        text = sign_in(world.vi).get("/w/acme/journeys/").content.decode()
        cells = [line.strip() for line in text.splitlines() if 'class="number" data-label' in line]
        assert [cell.split(">")[1].split("<")[0] for cell in cells] == ["2", "6"]
        assert CANARY not in text

    def test_a_search_keeps_the_counts(self, world, sign_in):
        with world.inside():
            draw(world, 6, with_kpis=False)
        text = sign_in(world.vi).get("/w/acme/journeys/?q=tri").content.decode()
        cells = [line.strip() for line in text.splitlines() if 'class="number" data-label' in line]
        assert [cell.split(">")[1].split("<")[0] for cell in cells] == ["2", "6"]

    def test_nothing_yet_and_nothing_found_say_different_things(self, world, sign_in):
        client = sign_in(world.vi)
        assert "No maps yet" in client.get("/w/acme/journeys/").content.decode()
        assert "No map matches" in client.get("/w/acme/journeys/?q=zzz").content.decode()

    def test_asks_no_query_per_map(self, world, sign_in):
        client = sign_in(world.vi)
        counts = []
        for titles in (range(3), range(3, 30)):
            with world.inside():
                for number in titles:
                    phase = LifecyclePhase.objects.get(position=1)
                    maps.lay_out(f"Trip {number}", stages=[("Arrive", [])], phase=phase, by=world.ada)
            with CaptureQueriesContext(connection) as seen:
                client.get("/w/acme/journeys/")
            counts.append(len(seen))
        assert counts[0] == counts[1]
        with world.inside():
            assert Map.objects.count() == 30

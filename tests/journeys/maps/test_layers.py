"""The dimensions as layers: a band each, what leads between them, what is missing, and the view that each opens in."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Map, Step
from journeys.services import drilldowns, journeys, maps
from tests.world import CANARY

VIEWS = {"business": "executive", "engagement": "channels", "internal": "blueprint", "product": "it"}


@pytest.fixture
def make(world):
    """Returns a function that begins a map of a dimension, with one step."""

    def _make(name, dimension, owner=None):
        with world.inside():
            told = {"scenario": "", "stage_names": ["Only"], "owner": owner, "sponsor": None}
            drawn = journeys.begin(name=name, by=world.max, **told)
            return maps.edit(drawn=drawn, version=drawn.version, by=world.max, dimension=dimension)

    return _make


@pytest.fixture
def lead(world):
    """Returns a function that lets the step of a map lead to another map."""

    def _lead(above, below):
        with world.inside():
            step = Step.objects.select_related("stage__map").get(stage__map=above)
            Step.objects.filter(pk=step.pk).update(name=f"Step of {above.title}")
            drilldowns.lead(step=step, child=below, by=world.max)

    return _lead


def shown(sign_in, member, path="journeys/layers/"):
    answer = sign_in(member).get(f"/w/acme/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def band(page, key):
    found = re.search(rf'<section[^>]*id="layer-{key}".*?</section>', page, re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_each_dimension_is_a_band_with_its_maps_and_what_is_missing(world, sign_in, make):
    make("I move", "business")
    make("We plan routes", "internal")
    make("We pack", "internal")
    make("Somewhere", "")
    page = shown(sign_in, world.max)
    assert re.findall(r'id="layer-(\w+)"', page) == [*VIEWS, "none"]
    assert "1 journey · 1 map · Opens in the Executive view" in band(page, "business")
    assert "2 journeys · 2 maps" in band(page, "internal")
    assert "I move" in band(page, "business")
    assert "I move" not in band(page, "internal")
    assert "2 not signed off" in band(page, "internal")
    assert "2 scheduled" in band(page, "internal")
    assert "2 maps place no touchpoint." in band(page, "internal")
    assert "No step leads from here to another layer" in band(page, "internal")
    assert "No journey here yet. New journey" in band(page, "product")
    assert "Somewhere" in band(page, "none")
    assert CANARY not in page
    assert "No journey here yet. New journey" not in band(shown(sign_in, world.vi), "product")
    with world.inside():
        Map.objects.filter(dimension="internal").update(state=Map.State.FUTURE)
        Map.objects.filter(title="I move").update(archived_at="2026-01-01T00:00Z")
    page = shown(sign_in, world.vi)
    assert "No map here shows the current state." in band(page, "internal")
    assert "No journey here yet." in band(page, "business")


def test_steps_that_lead_to_another_dimension_link_the_layers(world, sign_in, make, lead):
    above, below, same, unsaid = (
        make(name, dimension)
        for name, dimension in (("Above", "business"), ("Below", "internal"), ("Same", "internal"), ("Unsaid", ""))
    )
    lead(above, below)
    lead(below, same)
    lead(same, unsaid)
    page = shown(sign_in, world.vi)
    assert "Above › Step of Above" in band(page, "business")
    assert "Below Internal business" in band(page, "business")
    assert "Leads to other layers" not in band(page, "internal")
    assert "No step leads" not in band(page, "internal")
    listed = shown(sign_in, world.vi, "journeys/?dimension=internal&as=tree")
    assert re.findall(r'data-depth="(\d)"', listed) == ["1"]
    assert 'href="/w/acme/journeys/layers/"' in listed


@pytest.mark.parametrize(("dimension", "view"), VIEWS.items())
def test_a_reader_gets_the_view_of_the_dimension_unless_one_was_chosen(dimension, view, world, sign_in, make):
    drawn = make("A map", dimension)
    path = f"/w/acme/maps/{drawn.pk}/"
    assert f'href="{path}?audience={view}"' in shown(sign_in, world.vi)
    reader = sign_in(world.vi)
    assert reader.get(path).url == f"{path}?audience={view}"
    chosen = reader.get(f"{path}?audience=team")
    assert chosen.status_code == 200
    assert re.search(r'aria-current="true">Team<', chosen.content.decode())
    assert f'href="{path}?audience=team"' in reader.get(f"{path}?audience={view}").content.decode()
    assert reader.get(f"{path}?per=year&at=2018-01-01").status_code == 200
    assert sign_in(world.max).get(path).status_code == 200  # who keeps maps sees every lane


def test_a_map_without_a_dimension_opens_as_the_team_sees_it(world, sign_in, make):
    drawn = make("A map", "")
    page = sign_in(world.vi).get(f"/w/acme/maps/{drawn.pk}/")
    assert page.status_code == 200
    assert "audience=team" not in page.content.decode()


def test_it_asks_as_often_for_many_as_for_few(world, sign_in, make, lead):
    def asked():
        shown(sign_in, world.vi)
        with CaptureQueriesContext(connection) as queries:
            shown(sign_in, world.vi)
        return sum(each["sql"].startswith("SELECT") for each in queries)

    lead(make("Above", "business"), make("Below", "internal"))
    few = asked()
    for at in range(15):
        lead(make(f"Above {at}", "engagement"), make(f"Below {at}", "product"))
    assert asked() == few
    assert few <= 15

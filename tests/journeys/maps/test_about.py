"""Whom and what a map is about: kept on its details page, shown on the map and in the list, filtered, exported."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Map, MapPersona, Market, Persona, Product
from journeys.services import journeys, maps, registers
from orgs.models import AuditEntry
from tests.world import CANARY


@pytest.fixture
def lists(desk, world):
    """Two personas, a product and a market of Acme, by name."""
    named = ((Persona, "Sam"), (Persona, "Kim"), (Product, "Heat pump"), (Market, "Norway"))
    with world.inside():
        return {name: registers.find_or_create(kind, name, by=world.ada)[0] for kind, name in named}


def told(desk, **news):
    plain = {"title": "A trip", "scenario": "", "owner": desk.world.max.pk, "sponsor": desk.world.eli.pk, "version": 1}
    return plain | {"level": "", "dimension": "", **news}


def everything(lists):
    personas = [lists["Sam"].pk, lists["Kim"].pk]
    rest = {"products": [lists["Heat pump"].pk], "markets": [lists["Norway"].pk]}
    return {"personas": personas, **rest, "level": "macro", "dimension": "engagement"}


def keep(desk, **news):
    return desk.post("map_details", htmx=False, **told(desk, **news))


def test_it_is_kept_shown_and_on_record(desk, lists, world):
    assert keep(desk, **everything(lists))["Location"] == desk.url("map")
    words = ("Kim, Sam", "Heat pump", "Norway", "Macro", "Customer engagement")
    page = desk.client.get(desk.url("map")).content.decode()
    for word in ("Kim · Sam", *words[1:]):
        assert f"<bdi>{word}</bdi>" in page
    assert "Kim · Sam · Heat pump · Norway · Macro · Customer engagement" in listed(desk)
    with world.inside():
        entry = AuditEntry.objects.get(action="map.change")
        assert Map.objects.get().version == 2
    names = ("personas", "products", "markets", "level", "dimension")
    assert entry.before == dict.fromkeys(names, "")
    assert entry.after == dict(zip(names, (*words[:3], "macro", "engagement"), strict=True))


def test_the_form_opens_with_it_and_taking_all_away_leaves_none(desk, lists, world):
    keep(desk, **everything(lists))
    form = desk.client.get(desk.url("map_details")).content.decode()
    assert form.count(" checked") == 4
    assert '<option value="macro" selected>' in form
    keep(desk, version=2)
    with world.inside():
        assert not MapPersona.objects.exists()
        assert AuditEntry.objects.filter(action="map.change").first().before["personas"] == "Kim, Sam"


def test_saving_the_same_again_changes_nothing(desk, lists, world):
    keep(desk, **everything(lists))
    keep(desk, **everything(lists), version=1)
    with world.inside():
        assert Map.objects.get().version == 2
        assert AuditEntry.objects.filter(action="map.change").count() == 1


def test_a_stale_save_shows_both_and_the_next_save_wins(desk, lists, world):
    keep(desk, personas=[lists["Sam"].pk], level="macro")
    reply = keep(desk, personas=[lists["Kim"].pk], level="micro")
    page = reply.content.decode()
    assert reply.status_code == 409
    assert "<bdi>Sam</bdi>" in page
    assert "<bdi>Macro</bdi>" in page
    assert keep(desk, personas=[lists["Kim"].pk], level="micro", version=2).status_code == 302
    with world.inside():
        assert list(Persona.objects.filter(map_links__map=desk.map)) == [lists["Kim"]]


def test_bad_input_is_explained(desk, lists, world):
    theirs = world.umbra_rows["persona"].pk
    for news in ({"personas": [theirs]}, {"personas": ["x"]}, {"level": "huge"}, {"dimension": "fourth"}):
        reply = keep(desk, **news)
        assert reply.status_code == 422
        assert "valid" in reply.content.decode()
    assert CANARY not in desk.client.get(desk.url("map_details")).content.decode()


def test_what_is_archived_is_offered_only_where_it_is_kept_already(desk, lists, world):
    keep(desk, personas=[lists["Sam"].pk])
    with world.inside():
        for name in ("Sam", "Kim"):
            registers.archive(record=lists[name], by=world.ada, now=desk.map.created_at)
    form = desk.client.get(desk.url("map_details")).content.decode()
    assert "<strong>Sam</strong>" in form
    assert "<strong>Kim</strong>" not in form
    assert keep(desk, personas=[lists["Sam"].pk], title="Another trip", version=2).status_code == 302
    assert keep(desk, personas=[lists["Kim"].pk], version=3).status_code == 422


def test_without_any_lists_the_form_says_where_they_are_kept(desk):
    assert "kept in the workspace" in desk.client.get(desk.url("map_details")).content.decode()


def listed(desk, query=""):
    return desk.client.get(f"/w/acme/journeys/{query}").content.decode()


@pytest.fixture
def more(desk, lists, world):
    """A map about Kim beside one that says nothing."""
    with world.inside():
        for name in ("Zebra", "Moving house"):
            drawn = journeys.begin(name=name, scenario="", stage_names=[], owner=None, sponsor=None, by=world.max)
            if name == "Zebra":
                about = {"personas": [lists["Kim"]], "products": [lists["Heat pump"]], "level": "micro"}
                maps.edit(drawn=drawn, version=1, by=world.max, **about)
    return lists


def shown(desk, query):
    page = listed(desk, query)
    return [title for title in ("A trip", "Moving house", "Zebra") if f">{title}</a>" in page]


def test_the_list_is_narrowed(desk, more):
    assert shown(desk, f"?persona={more['Kim'].pk}") == ["Zebra"]
    assert shown(desk, f"?persona={more['Sam'].pk}") == []
    assert shown(desk, "?persona=none") == ["A trip", "Moving house"]
    assert shown(desk, f"?product={more['Heat pump'].pk}&level=micro") == ["Zebra"]
    assert shown(desk, "?market=none&dimension=none") == ["A trip", "Moving house", "Zebra"]
    assert shown(desk, "?dimension=internal") == []
    for odd in ("?persona=x", "?persona=%00", "?level=huge", f"?market={10**30}"):
        assert shown(desk, odd) == ["A trip", "Moving house", "Zebra"]


def test_the_csv_says_it(desk, more):
    reply = desk.client.get("/w/acme/journeys.csv?level=micro")
    rows = list(csv.DictReader(io.StringIO(reply.content.decode())))
    columns = ("Map", "Personas", "Products", "Markets", "Level", "Dimension")
    assert [tuple(row[name] for name in columns) for row in rows] == [("Zebra", "Kim", "Heat pump", "", "Micro", "")]


def test_queries_do_not_grow_with_what_maps_are_about(desk, more, world):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            listed(desk)
        return len(caught)

    listed(desk)
    before = asked()
    with world.inside():
        for number in range(12):
            people = [registers.find_or_create(Persona, f"P{number}{n}", by=world.ada)[0] for n in range(3)]
            drawn = journeys.begin(
                name=f"J{number}", scenario="", stage_names=[], owner=None, sponsor=None, by=world.max
            )
            maps.edit(drawn=drawn, version=1, by=world.max, personas=people)
    assert asked() == before

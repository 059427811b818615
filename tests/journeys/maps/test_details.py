"""Title, scenario, owner and sponsor of a map; archived maps; the list that shows them."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Journey, Map
from journeys.services import journeys
from orgs.models import AuditEntry
from tests.world import CANARY


def told(desk, **news):
    people = {"owner": desk.world.max.pk, "sponsor": desk.world.eli.pk}
    return {"title": "A trip", "scenario": "", **people, "version": 1, **news}


def test_the_details_change_and_are_on_record(desk, world):
    reply = desk.post("map_details", htmx=False, **told(desk, sponsor=world.lea.pk, scenario="Two days off."))
    assert reply["Location"] == desk.url("map")
    page = desk.client.get(desk.url("map")).content.decode()
    assert "Lea" in page
    assert "Two days off." in page
    with world.inside():
        entry = AuditEntry.objects.get(action="map.change")
    assert (entry.before, entry.after) == (
        {"scenario": "", "sponsor": "Eli"},
        {"scenario": "Two days off.", "sponsor": "Lea"},
    )


def test_a_stale_save_shows_both_texts_and_the_next_save_wins(desk, world):
    desk.post("map_details", htmx=False, **told(desk, title="Their title"))
    reply = desk.post("map_details", htmx=False, **told(desk, title="My title"))
    assert reply.status_code == 409
    page = reply.content.decode()
    assert "Their title" in page
    assert 'value="My title"' in page
    assert desk.post("map_details", htmx=False, **told(desk, title="My title", version=2)).status_code == 302
    with world.inside():
        assert Map.objects.get(pk=desk.map.pk).title == "My title"


def test_bad_input_is_explained(desk):
    for news, sentence in (({"title": ""}, "This field is required."), ({"owner": desk.world.ann.pk}, "valid choice")):
        reply = desk.post("map_details", htmx=False, **told(desk, **news))
        assert reply.status_code == 422
        assert sentence in reply.content.decode()


def test_a_map_without_a_sponsor_says_so(desk, world):
    desk.post("map_details", htmx=False, **told(desk, sponsor=""))
    assert "no executive sponsor" in desk.client.get(desk.url("map_outline")).content.decode()
    desk.post("map_details", htmx=False, **told(desk, version=2))
    assert "no executive sponsor" not in desk.client.get(desk.url("map_outline")).content.decode()


def test_an_archived_map_leaves_the_list_and_takes_no_change_until_it_is_restored(desk, world):
    desk.post("map_archival", htmx=False)
    listed = desk.client.get("/w/acme/journeys/").content.decode()
    assert "A trip" not in listed
    assert "A trip" in desk.client.get("/w/acme/journeys/?show=archived").content.decode()
    reply = desk.post("stages", name="Renew")
    assert reply.status_code == 409
    assert "This map is archived." in reply.content.decode()
    with world.inside():
        assert Journey.objects.get().archived_at
    desk.post("map_restoration", htmx=False)
    assert "A trip" in desk.client.get("/w/acme/journeys/").content.decode()
    with world.inside():
        assert Journey.objects.get().archived_at is None
        actions = AuditEntry.objects.filter(action__contains="archive").values_list("action", flat=True)
        assert sorted(actions) == ["journey.archive", "map.archive"]


def listed(desk, query=""):
    return desk.client.get(f"/w/acme/journeys/{query}").content.decode()


@pytest.fixture
def more(desk, world):
    with world.inside():
        for name, sponsor in (("Zebra", world.eli), ("Moving house", None)):
            journeys.begin(name=name, scenario="", stage_names=["One"], owner=None, sponsor=sponsor, by=world.max)


def test_the_list_is_searched_by_people_too_and_filtered_by_missing_sponsor(desk, more):
    assert "Zebra" in listed(desk, "?q=eli")
    assert "Moving house" not in listed(desk, "?q=eli")
    assert "Zebra" not in listed(desk, "?sponsor=none")
    assert "Moving house" in listed(desk, "?sponsor=none")
    assert CANARY not in listed(desk)


def test_the_list_is_sorted(desk, more):
    page = listed(desk, "?sort=-map")
    assert page.index("Zebra") < page.index("Moving house")
    page = listed(desk, "?sort=-stages")
    assert page.index("A trip") < page.index("Zebra")


def test_the_csv_holds_the_filtered_list(desk, more):
    reply = desk.client.get("/w/acme/journeys.csv?q=zebra")
    rows = list(csv.DictReader(io.StringIO(reply.content.decode())))
    assert [(row["Map"], row["Sponsor"], row["Stages"]) for row in rows] == [("Zebra", "Eli", "1")]


def queries(desk, path):
    desk.client.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert desk.client.get(path).status_code == 200
    return len(caught)


def test_queries_do_not_grow_with_maps_stages_or_steps(desk, world):
    paths = ("/w/acme/journeys/", desk.url("map_outline"))
    before = [queries(desk, path) for path in paths]
    with world.inside():
        for number in range(15):
            journeys.begin(
                name=f"J {number}", scenario="", stage_names=["One"], owner=world.max, sponsor=world.eli, by=world.max
            )
    for number in range(8):
        desk.post("stages", name=f"Stage {number}")
        desk.add_step(f"Stage {number}", f"Step {number}")
    assert [queries(desk, path) for path in paths] == before

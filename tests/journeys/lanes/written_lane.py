"""What a lane that people write in has without a further line. Run by test_add_a_lane.py, in a tree that has one."""

import pytest
from django.utils import timezone

from journeys.models import Map, MapLane
from journeys.services import cells
from journeys.services.versions import publish
from tests.journeys.maps.conftest import desk  # noqa: F401  a fixture
from tests.journeys.maps.map_files import accepted, document_of, sent
from tests.journeys.maps.test_recovered import delete, form_of, send

TEXT = "The line is down"


@pytest.fixture
def lane(desk, world):  # noqa: F811
    """The lane as Max adds it from the menu, with a text at the step to buy, published and changed since."""
    assert "What can go wrong here." in desk.client.get(desk.url("lanes_menu")).content.decode()
    assert desk.post("lanes", kind="risks", at="map").status_code == 200
    with world.inside():
        made = MapLane.objects.get(kind="risks")
        step = desk.first_step("Buy")
        saved = cells.write(lane=made, step=step, text="Nobody answers", version=0, by=world.max)
        publish(drawn=Map.objects.get(), note="First", is_major=True, by=world.max, now=timezone.now())
        cells.write(lane=made, step=step, text=TEXT, version=saved.version, by=world.max)
    return made


def test_every_view_has_it_whose_lane_it_is(desk, lane):  # noqa: F811
    def row(query):
        page = desk.client.get(f"{desk.url('map')}{query}").content.decode()
        return page.partition(f'id="lane-{lane.pk}"')[2].partition("</tr>")[0]

    for query in ("", "?detail=2", "?audience=it"):
        assert TEXT in row(query)
    assert "Written at 1 step" in row("?detail=1")
    assert row("?audience=executive") == row("?audience=blueprint") == ""
    assert desk.client.get(desk.url("map_flow")).status_code == 200


def test_versions_compare_it_word_by_word(desk, lane):  # noqa: F811
    page = desk.client.get(f"{desk.url('map_comparison')}?from=1&to=draft").content.decode()
    assert "Risks" in page
    assert "<del" in page
    assert "line" in page.partition("<ins")[2]


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_files_bring_it_out_and_in(desk, lane, world, ending):  # noqa: F811
    content = desk.client.get(desk.url(f"map_{ending}")).content
    assert accepted(desk.client, sent(desk.client, content, f"map.{ending}")).status_code == 302
    with world.inside():
        told = document_of(Map.objects.latest("pk").pk)
    [uid] = [each["uid"] for each in told["lanes"] if each["kind"] == "risks"]
    assert TEXT in [step["cells"].get(uid) for stage in told["stages"] for step in stage["steps"]]


def test_what_is_typed_while_it_is_deleted_is_kept(desk, lane, world):  # noqa: F811
    step = desk.first_step("Use")
    form = form_of(desk, lane, step)
    delete(desk, world, "lane", lane)
    assert send(desk.client, lane, step, form, "Too late").status_code == 409
    assert "Too late" in desk.client.get(desk.url("recovered")).content.decode()

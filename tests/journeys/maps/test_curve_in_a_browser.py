"""Max moves the points of the emotion curve with the keyboard alone; Vi, who reads, has none to move."""

import pytest
from playwright.sync_api import expect

from journeys.models import MapCell, Step
from journeys.queries.lanes import text_kind
from journeys.services import cells, journeys, lanes
from tests.browser import needed, violations
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def lane(committed_world):
    world = committed_world
    with world.inside():
        people = {"owner": world.max, "sponsor": None, "by": world.max}
        made = journeys.begin(name="A trip", scenario="", stage_names=["Find out", "Buy", "Use"], **people)
        lane = lanes.add(drawn=made, kind=text_kind("emotions"), by=world.max)
        for stage, text in (("Find out", "1"), ("Buy", "0/-1//2")):
            cells.write(lane=lane, step=Step.objects.get(stage__name=stage), text=text, version=0, by=world.max)
    return lane


def kept(world):
    with world.inside():
        return dict(MapCell.objects.exclude(text="").values_list("step__stage__name", "text"))


def test_points_are_moved_by_one_read_aloud_and_saved(committed_world, open_page, lane):  # noqa: F811
    world = committed_world
    page = open_page(f"/w/acme/maps/{lane.map_id}/")
    row = page.locator(f"#lane-{lane.pk}")
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator("[data-grid] [tabindex='0']")).to_have_count(1)
    row.locator("td").first.focus()
    page.keyboard.press("Enter")
    point = row.get_by_role("slider", name="During: Emotions at New step").first
    expect(point).to_be_focused()
    expect(point).to_have_attribute("aria-valuetext", "Good")
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(point).to_have_attribute("aria-valuetext", "Bad")
    expect(row.locator("td").first.locator(".inline-status")).to_contain_text("Saved")
    assert kept(world)["Find out"] == "-1"
    expect(point).to_be_focused()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    after = row.get_by_role("slider", name="After: Emotions at New step", exact=True)
    expect(after).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("slider", name="To be: after: Emotions at New step")).to_be_focused()
    with page.expect_response(f"**/maps/{lane.map_id}/"):  # the row drawn again
        page.keyboard.press("Escape")
        expect(row.locator("td").nth(1)).to_be_focused()  # leaving saves at once
    expect(page.locator(".htmx-request")).to_have_count(0)
    expect(row.locator("td").nth(1).locator(".inline-status")).to_contain_text("Saved")
    assert kept(world)["Buy"] == "0/0//2"

    with world.inside():  # meanwhile
        step = Step.objects.get(stage__name="Buy")
        cells.write(lane=lane, step=step, text="2", version=2, by=world.ada)
    row.locator("td").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("heading", name="Ada Admin changed this meanwhile")).to_be_visible()
    assert kept(world)["Buy"] == "2"
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator("[data-conflict]")).to_have_count(0)
    assert kept(world)["Buy"] == "-1/0//2"

    page.route("**/cells/**", lambda route: route.abort())
    row.locator("td").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    expect(row.locator("td").first).to_contain_text("Not saved")
    expect(point).to_have_attribute("aria-valuetext", "Bad")
    assert page.said == []


def test_those_who_read_meet_no_buttons(world, sign_in):
    with world.inside():
        people = {"owner": world.max, "sponsor": None, "by": world.max}
        made = journeys.begin(name="A trip", scenario="", stage_names=["Find out"], **people)
        lane = lanes.add(drawn=made, kind=text_kind("emotions"), by=world.max)
        cells.write(lane=lane, step=Step.objects.get(), text="1", version=0, by=world.max)
    read, written = (
        sign_in(member).get(f"/w/acme/maps/{made.pk}/").content.decode() for member in (world.vi, world.max)
    )
    assert ('role="slider"' in read, 'role="slider"' in written) == (False, True)
    assert "emotion-point" in read

"""Max looks at his map as others do, adds what a view lacks, and puts a picture at a step, with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from journeys.models import MapCell
from journeys.queries.lanes import text_kind
from journeys.services import journeys, lanes
from tests.browser import needed, violations
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture
from tests.lib.test_pictures import png

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def path(committed_world):
    world = committed_world
    with world.inside():
        people = {"owner": world.max, "sponsor": None, "by": world.max}
        drawn = journeys.begin(name="A trip", scenario="", stage_names=["Find out", "Buy", "Use"], **people)
        for kind in ("storyboard", "frontstage"):
            lanes.add(drawn=drawn, kind=text_kind(kind), by=world.max)
    return f"/w/acme/maps/{drawn.pk}/"


def test_a_view_gets_the_lane_it_lacks_with_one_press_and_its_lines(open_page, path):  # noqa: F811
    page = open_page(path)
    page.get_by_role("link", name="Blueprint").click()
    expect(page.get_by_role("link", name="Blueprint")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("rowheader", name="Line of interaction")).to_be_visible()
    expect(page.get_by_role("rowheader", name="Line of visibility")).to_have_count(0)
    page.get_by_role("button", name="Back stage").click()
    expect(page.get_by_role("rowheader", name="Line of visibility")).to_be_visible()
    expect(page.get_by_role("button", name="Back stage")).to_have_count(0)
    expect(page.get_by_role("rowheader", name="Back stage")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("rowheader", name="Line of visibility")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("link", name="Executive").click()
    expect(page.get_by_role("columnheader", name="1 step").first).to_be_visible()
    assert violations(page) == []
    assert page.said == []


def test_a_picture_is_put_at_a_step_removed_and_put_back_by_keyboard(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    cell = page.locator("tbody tr").first.locator("td").first
    expect(page.get_by_role("grid")).to_be_visible()
    cell.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Storyboard at New step")
    field = dialog.get_by_label("Picture", exact=True)
    expect(field).to_be_focused()
    field.set_input_files({"name": "sketch.png", "mimeType": "image/png", "buffer": png()})
    page.keyboard.press("Tab")
    expect(dialog.get_by_label("What is to be seen")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Say what is to be seen")
    expect(dialog.get_by_label("What is to be seen")).to_be_focused()
    page.keyboard.type("A queue at the till")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog).not_to_be_visible()
    expect(cell.get_by_role("img", name="A queue at the till")).to_be_visible()
    expect(cell.locator(".storyboard-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("img", name="A queue at the till")).to_be_visible()
    assert violations(page) == []
    dialog.get_by_role("button", name="Remove the picture").press("Enter")
    expect(cell.get_by_role("img")).to_have_count(0)
    dialog.get_by_role("button", name="Put it back").press("Enter")
    expect(cell.get_by_role("img", name="A queue at the till")).to_be_visible()
    with committed_world.inside():
        assert MapCell.objects.get().text.endswith("\nA queue at the till")
    assert page.said == []

"""Max places touchpoints in the grid of a map: one that is there, a new one, and what is read off them follows."""

import pytest
from playwright.sync_api import expect

from journeys.models import Touchpoint, TouchpointPlacement
from journeys.services import journeys, touchpoints
from tests.browser import needed, violations
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def path(committed_world):
    world = committed_world
    with world.inside():
        people = {"owner": world.max, "sponsor": None, "by": world.max}
        made = journeys.begin(name="A trip", scenario="", stage_names=["Find out", "Buy"], **people)
        hotline, _ = touchpoints.find_or_create("Hotline", by=world.max)
        touchpoints.find_or_create("Shop", by=world.max)
        Touchpoint.objects.filter(pk=hotline.pk).update(
            accountable_department=world.service, accountability=Touchpoint.Accountability.ACCEPTED
        )
    return f"/w/acme/maps/{made.pk}/"


def test_touchpoints_are_placed_and_made_in_their_cell_with_the_keyboard_alone(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    cells = page.locator("#lane-touchpoints td")
    search = page.get_by_role("searchbox", name="Search, or type a new name")
    for stage, typed, button in ((0, "line", "Hotline"), (1, "Parcel shop", "Make “Parcel shop” and place it")):
        cells.nth(stage).focus()
        page.keyboard.press("Enter")
        expect(search).to_be_focused()
        page.keyboard.type(typed)
        found = page.get_by_role("button", name=button, exact=True)
        expect(found).to_be_visible()
        with page.expect_response("**/touchpoints/?**"):
            page.keyboard.press("Enter")  # looks again, and does not leave the page
        assert violations(page) == []
        found.press("Enter")
        expect(cells.nth(stage)).to_contain_text("Hotline" if stage == 0 else typed)
        expect(cells.nth(stage)).to_be_focused()
        expect(search).to_be_hidden()
    expect(page.locator("#lane-owners td").first).to_contain_text("Service")  # read off what was placed
    with committed_world.inside():
        rows = TouchpointPlacement.objects.order_by("step__stage__position")
        assert list(rows.values_list("touchpoint__name", flat=True)) == ["Hotline", "Parcel shop"]
    assert page.said == []

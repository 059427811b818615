"""Max takes a map out as a spreadsheet and brings it back in a real browser; each page on the way is accessible."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from journeys.models import Map
from tests.browser import needed, violations
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture
from tests.world import lay_out

pytestmark = [pytest.mark.browser, needed]


def test_a_map_goes_out_and_comes_back(committed_world, open_page, tmp_path):  # noqa: F811
    with committed_world.inside():
        lay_out("A trip", [], committed_world.max)
        drawn = Map.objects.get()
    page = open_page(reverse("map", args=["acme", drawn.pk]))
    with page.expect_download() as taken:
        page.get_by_role("link", name="As spreadsheet").click()
    taken.value.save_as(tmp_path / "trip.xlsx")
    page.get_by_role("link", name="Journeys").first.click()
    page.get_by_role("link", name="Import").click()
    assert violations(page) == []
    page.locator("input[type=file]").set_input_files(tmp_path / "trip.xlsx")
    page.get_by_role("button", name="Read the file").click()
    title = page.get_by_label("Title")
    expect(title).to_have_value("A trip")
    assert violations(page) == []
    title.fill("A trip, again")
    page.get_by_role("button", name="Accept and draw the map").click()
    expect(page.get_by_role("heading", name="A trip, again", level=1)).to_be_visible()
    assert page.said == []
    with committed_world.inside():
        assert Map.objects.get(title="A trip, again").journey_id == drawn.journey_id

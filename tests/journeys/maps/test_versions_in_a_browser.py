"""Max compares his map with a version, reads what differs, and restores it; the page is accessible, on phones too."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from journeys.models import Step
from journeys.queries.lanes import text_kind
from journeys.services import cells, journeys, lanes, stages, versions
from tests.browser import needed, violations
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def path(committed_world):
    """A map of which a version is published, with one text and one name that have changed since."""
    world = committed_world
    with world.inside():
        people = {"owner": world.max, "sponsor": world.eli, "by": world.max}
        made = journeys.begin(name="A trip", scenario="", stage_names=["Find out", "Buy"], **people)
        lane = lanes.add(drawn=made, kind=text_kind("actions"), by=world.max)
        step = Step.objects.filter(stage__map=made).first()
        cells.write(lane=lane, step=step, text="I pay cash", version=0, by=world.max)
        versions.publish(drawn=made, note="First", is_major=True, by=world.max, now=timezone.now())
        cells.write(lane=lane, step=step, text="I pay by card", version=1, by=world.max)
        buy = made.stages.get(name="Buy")
        stages.change(stage=buy, was="Buy", name="Buy it", phase=buy.phase, by=world.max)
    return f"/w/acme/maps/{made.pk}/"


def test_comparing_and_restoring(open_page, path):  # noqa: F811
    page = open_page(f"{path}versions/", viewport={"width": 1440, "height": 900})
    page.get_by_role("link", name="Compare with the map").click()
    expect(page).to_have_url(re.compile(r"/comparison/\?from=1&to=draft$"))
    found = page.get_by_role("region", name="What differs")
    expect(found.get_by_role("listitem")).to_have_count(2)
    expect(found.locator("del")).to_have_text("removed: cash")
    rows = page.locator("table tbody tr")
    expect(rows).to_have_count(1)
    assert violations(page) == []
    page.get_by_role("link", name="All rows").click()
    expect(page).to_have_url(re.compile(r"from=1&to=draft&rows=all$"))
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert violations(page) == []
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.locator("#toasts").get_by_text("The map is as in version 1 again.")).to_be_visible()
    page.goto(page.url.split("?")[0] + "comparison/?from=1&to=draft")
    expect(page.get_by_text("Nothing differs")).to_be_visible()
    assert page.said == []

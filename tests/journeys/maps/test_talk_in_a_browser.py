"""Max at a map: he talks about a cell, and finds what he typed where somebody else deleted the lane."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from journeys.models import MapLane, RecoveredText
from journeys.queries.lanes import text_kind
from journeys.services import lanes
from orgs.models import Comment
from tests.browser import needed, violations
from tests.journeys.maps.test_grid_in_a_browser import cell, drawn, path  # noqa: F401  fixtures
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]


def test_a_thread_begins_in_a_cell_and_its_number_stands_there(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    here = cell(page, 0, 2)
    here.focus()
    here.press("Shift+F2")
    field = page.get_by_role("dialog").get_by_label("Your comment")
    expect(field).to_be_focused()
    page.keyboard.type("Is this so?")
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("#drawer .comment")).to_contain_text("Is this so?")
    page.keyboard.press("Escape")
    number = page.get_by_role("link", name="1 open thread on Actions at New step")
    expect(number).to_be_focused()
    assert violations(page) == []
    with committed_world.inside():
        comment = Comment.objects.get()
    page.goto(page.url.partition("/w/")[0] + reverse("comment", args=["acme", comment.pk]))
    expect(page.locator(f"#drawer #c-{comment.pk}")).to_be_focused()
    page.get_by_role("dialog").get_by_role("button", name="Resolve").click()
    expect(page.locator("#drawer .comment-state")).to_contain_text("Resolved by Max")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="1 open thread")).to_have_count(0)
    assert page.said == []


def recovered(world):
    with world.inside():
        return set(RecoveredText.objects.values_list("text", flat=True))


def delete_lane(world):
    with world.inside():
        lane = MapLane.objects.filter(kind="actions").get()
        lanes.delete(drawn=lane.map, key=str(lane.pk), by=world.ada)


def test_what_is_typed_where_ada_deletes_the_lane_is_kept_through_a_closed_tab_too(
    committed_world,
    open_page,  # noqa: F811
    path,  # noqa: F811
    drawn,  # noqa: F811
):
    page, other = open_page(path), open_page(path)
    for one in (page, other):
        cell(one, 0, 1).focus()
        one.keyboard.press("Enter")
        expect(one.get_by_role("textbox", name="Actions at New step")).to_be_focused()
    other.context.set_offline(True)
    other.keyboard.type("In a tab that was closed")
    delete_lane(committed_world)
    page.keyboard.type("While Ada deletes")
    told = page.locator("[data-kept]")
    expect(told).to_contain_text("was deleted meanwhile. Your text is kept.")
    expect(page.locator("#live")).to_contain_text("Your text is kept")
    assert violations(page) == []
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('field:'))") == []
    expect(other.locator(".inline-status")).to_contain_text("Not saved")
    context = other.context
    other.close()
    context.set_offline(False)
    with committed_world.inside():
        lanes.add(drawn=drawn, kind=text_kind("quotes"), by=committed_world.max)
    again = context.new_page()
    again.goto(page.url)
    expect(again.locator("#toasts")).to_contain_text("It is kept under “Recovered texts”")
    assert recovered(committed_world) == {"While Ada deletes", "In a tab that was closed"}
    told.get_by_role("link", name="Recovered texts").click()
    expect(page.get_by_label("What was typed")).to_have_count(2)
    assert page.said == []

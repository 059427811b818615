"""Max plans a path from the menu of a step with the keyboard alone, and sees it in the flow."""

import pytest
from playwright.sync_api import expect

from journeys.models import PlannedPath
from tests.browser import needed, violations
from tests.journeys.maps.test_grid_in_a_browser import drawn, path  # noqa: F401  fixtures
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]


def test_a_loop_is_planned_with_the_keyboard_alone_and_seen_in_the_flow(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    step = page.locator("thead th.step-name").last
    expect(page.get_by_role("grid")).to_be_visible()
    step.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name of the step")).to_be_focused()
    page.get_by_label("It goes").focus()
    page.keyboard.type("Back")
    page.keyboard.press("Tab")
    expect(page.get_by_label("to the step")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Condition", exact=True)).to_be_focused()
    page.keyboard.type("if it broke")
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("Planned: New step → New step")).to_be_visible()
    expect(step).to_be_focused()
    with committed_world.inside():
        assert PlannedPath.objects.values_list("kind", "label").get() == ("loop", "if it broke")
    page.get_by_role("navigation", name="Shown as").get_by_role("link", name="Flow").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("then, if it broke, back to 1. New step")).to_be_visible()
    expect(page.locator(".flow-path[data-kind='back']")).to_have_count(1)
    assert violations(page) == []
    page.get_by_role("link", name="New step", exact=True).last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#step-*-head")
    assert page.said == []

"""Acting in place as people do it: by keyboard, the focus back, the row saying so, said aloud, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import needed, violations
from tests.insights.overview.test_in_a_browser import open_page

pytestmark = [pytest.mark.browser, needed]
__all__ = ["open_page"]


def test_asking_by_keyboard_stays_on_the_page_and_the_row_says_so(open_page, committed_world):
    page = open_page(committed_world.eli)
    row = page.locator(".overview-nobody-acting .overview-rows li").first
    name = row.locator(".overview-words > a").inner_text()
    row.locator(".act").focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name=name)
    expect(drawer.get_by_role("link", name="Ask for an update")).to_be_focused()
    page.keyboard.press("Enter")
    expect(drawer.get_by_label("By when")).to_be_focused()
    page.keyboard.press("Enter")
    expect(drawer).to_be_hidden()
    expect(row.locator(".said")).to_contain_text("Asked ")
    expect(row.get_by_role("link", name="Ask:")).to_have_count(0)
    expect(row.locator(".act")).to_be_focused()
    expect(page.locator("#live")).to_contain_text("Asked ")
    assert page.url.endswith("/overview/")


def test_a_comment_is_said_in_every_row_about_the_number_also_when_they_come_anew(open_page, committed_world):
    page = open_page(committed_world.eli)
    row = page.locator(".overview-risks .overview-rows li").first
    key = row.locator(".act").get_attribute("data-drawer")
    row.locator(".act").click()
    page.locator("#drawer").get_by_role("link", name="Comment").click()
    page.get_by_label("Your comment").fill("Why is this?")
    page.locator("#drawer").get_by_role("button", name="Comment").click()
    expect(page.locator("#drawer")).to_be_hidden()
    page.wait_for_load_state("networkidle")
    for place in page.locator(f'.overview-rows [data-drawer="{key}"].act').all():
        expect(place.locator("xpath=..").locator(".said")).to_have_text("You commented")


def test_escape_leaves_the_drawer_and_the_focus_is_where_it_was(open_page, committed_world):
    page = open_page(committed_world.eli, (390, 844))
    opener = page.locator(".overview-needs-you .act").first
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#drawer .menu-item").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(opener).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_drawer_breaks_no_rule_of_access(open_page, committed_world, theme):
    page = open_page(committed_world.eli, color_scheme=theme)
    page.locator(".portfolio td .act").first.click()
    expect(page.locator("#drawer .menu-item").first).to_be_visible()
    assert violations(page) == []
    page.locator("#drawer").get_by_role("link", name="Dispute the number").click()
    expect(page.locator("#drawer textarea")).to_be_focused()
    assert violations(page) == []

"""The Overview as people see it: at a desk, on a phone, by keyboard, in both themes, on paper."""

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from tests.browser import needed, violations
from tests.insights.overview.company import BAD, GOOD, company, headline, kpi, touchpoint

pytestmark = [pytest.mark.browser, needed]
URL = "/w/acme/overview/"


@pytest.fixture
def open_page(browser, live_server, committed_world, sign_in, monkeypatch):
    """Returns a function that opens the Overview as somebody, in a window of this size."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    with committed_world.inside():
        company(committed_world, 6)
        overall = kpi(committed_world, None, [GOOD, BAD], owner=committed_world.con)
        shared = kpi(committed_world, touchpoint(committed_world, "Help line 🎧 " + "very long " * 12), [GOOD, GOOD])
        headline(overall)
        headline(shared, position=1)

    def _open(member, size=(1440, 900), path=URL, **options):
        cookie = sign_in(member).cookies[settings.SESSION_COOKIE_NAME].value
        window = {"width": size[0], "height": size[1]}
        context = browser.new_context(viewport=window, bypass_csp=True, **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return _open


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_it_breaks_no_rule_of_access(open_page, committed_world, theme, size):
    page = open_page(committed_world.eli, size, color_scheme=theme)
    assert violations(page) == []


def test_at_a_desk_sentence_numbers_and_portfolio_stand_above_the_fold(open_page, committed_world):
    page = open_page(committed_world.eli)
    for key in ("summary", "needs-you", "headlines", "portfolio"):
        assert page.locator(f".overview-{key}").bounding_box()["y"] < 900, key
    expect(page.locator("details[data-fold]").first).to_have_attribute("open", "")


def test_on_a_phone_the_order_is_kept_the_rest_is_folded_and_nothing_scrolls_sideways(open_page, committed_world):
    page = open_page(committed_world.eli, (390, 844))
    keys = ("summary", "needs-you", "mine", "headlines", "portfolio")
    tops = [page.locator(f".overview-{key}").bounding_box()["y"] for key in keys]
    assert tops == sorted(tops)
    for fold in page.locator("details[data-fold]").all():
        expect(fold).not_to_have_attribute("open", "")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_from_a_figure_down_to_the_number_and_back_by_keyboard(open_page, committed_world):
    page = open_page(committed_world.eli)
    page.locator(".portfolio td a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/health/**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Journey")
    assert violations(page) == []
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Overview").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")


def test_on_paper_statuses_are_words_and_the_day_stands_there(open_page, committed_world):
    page = open_page(committed_world.eli, (390, 844))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.get_by_text("As of")).to_be_visible()
    expect(page.locator(".app-header")).to_be_hidden()
    expect(page.locator(".overview-portfolio .health", has_text="Off target").first).to_be_visible()
    expect(page.locator(".overview-risks .overview-rows")).to_be_visible()

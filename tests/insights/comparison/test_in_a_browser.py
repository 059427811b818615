"""Eli compares journeys in a real browser: at a desk, on a phone, with the keyboard, on paper; and it is accessible."""

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from tests.browser import needed, violations
from tests.insights.comparison import company
from tests.insights.comparison.company import AT

pytestmark = [pytest.mark.browser, needed]
PATH = f"/w/acme/journeys/compare/?by=department&{AT}"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture
def open_page(browser, live_server, committed_world, sign_in, monkeypatch):
    """Returns a function that opens a path as Eli."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    cookie = sign_in(committed_world.eli).cookies[settings.SESSION_COOKIE_NAME].value
    with committed_world.inside():
        bad = company.touchpoint(committed_world, "Hotline", "off", department="Service", channel="Phone")
        good = company.touchpoint(committed_world, "Shop", "on", department="Service", channel="Web")
        other = company.touchpoint(committed_world, "Page " + "x" * 190, "watch", department="محمد 🙂")
        company.draw(committed_world, "I buy", [(2, [bad]), (4, [good, other])])

    def _open(path, **options):
        context = browser.new_context(reduced_motion="reduce", bypass_csp=True, **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return _open


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_it_is_accessible_and_stays_inside_the_page(open_page, scheme, size):
    page = open_page(PATH, color_scheme=scheme, viewport=size)
    expect(page.get_by_role("heading", name="Compare journeys")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_cell_explains_itself_by_keyboard_and_leads_to_its_touchpoints(open_page):
    page = open_page(PATH, viewport=DESK)
    row = page.get_by_role("row", name="Service")
    cell = row.get_by_role("cell").filter(has_text="Hotline").last
    why = cell.get_by_text("Its worst outcome KPI decides.")
    expect(why).to_be_hidden()
    cell.locator("summary").press("Enter")
    expect(why).to_be_visible()
    cell.get_by_role("link", name="Off target").press("Enter")
    expect(page.get_by_role("link", name="Hotline")).to_be_visible()
    expect(page.get_by_role("link", name="Shop", exact=True)).to_have_count(0)


def test_the_rows_and_filters_stand_in_the_address(open_page):
    page = open_page(PATH, viewport=DESK)
    page.get_by_label("Rows").get_by_role("link", name="Channel").click()
    expect(page.get_by_role("row", name="Phone")).to_be_visible()
    page.locator("select[name=department]").select_option(label="Service")
    expect(page.get_by_role("link", name="Remove filter")).to_be_visible()
    assert {"by=channel", AT.split("&")[1]} <= set(page.url.partition("?")[2].split("&"))
    expect(page.get_by_role("row", name="No channel")).to_have_count(0)


def test_a_phone_shows_the_worst_cell_of_each_row_and_paper_shows_all(open_page):
    page = open_page(PATH, viewport=PHONE)
    row = page.locator("tbody tr").filter(has_text="Service")
    expect(row.locator("td:visible")).to_have_count(2)
    expect(row.locator("td:visible").last).to_contain_text("Off target")
    page = open_page(PATH, viewport=DESK)
    page.emulate_media(media="print")
    assert page.locator("tbody tr").filter(has_text="Service").locator("td:visible").count() == 8
    expect(page.get_by_label("Rows")).to_be_hidden()

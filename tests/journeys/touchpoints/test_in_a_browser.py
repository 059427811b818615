"""The pages of the catalogue in a real browser: accessible in both themes, on a laptop and a phone."""

import re

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from tests.browser import needed, violations

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def look(browser, live_server, committed_world, sign_in, monkeypatch):
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    rows = committed_world.fill_acme()
    cookie = sign_in(committed_world.ada).cookies[settings.SESSION_COOKIE_NAME].value

    def _look(path, **options):
        context = browser.new_context(reduced_motion="reduce", bypass_csp=True, **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + "/w/acme/" + path.format(**{name: row.pk for name, row in rows.items()}))
        return page

    return _look


def test_every_page_is_accessible(look):
    paths = ["touchpoints/", "touchpoints/new/", "touchpoints/import/", "touchpoints/import/{import}/", "views/"]
    paths += ["touchpoints/{touchpoint}/merge/", "touchpoints/{touchpoint}/archive/", "views/{saved_view}/"]
    paths += ["touchpoints/bulk/?all=yes&field=place&value=on", "touchpoints/bulk/{bulk_edit}/undo/"]
    broken = {}
    for scheme, width in (("light", 1440), ("dark", 390)):
        for path in paths:
            page = look(path, color_scheme=scheme, viewport={"width": width, "height": 900})
            if found := violations(page):
                broken[path, scheme] = found
            page.context.close()
    assert broken == {}


def test_a_list_narrowed_in_place_says_so_is_saved_and_widened_again(look):
    page = look("touchpoints/", viewport={"width": 1440, "height": 900})
    views = page.get_by_role("navigation", name="Saved views")
    chip = page.get_by_role("link", name="Remove filter Channel:")
    narrowed = page.get_by_role("combobox", name="Channel", exact=True)
    narrowed.select_option(index=1)
    expect(chip).to_be_visible()
    expect(narrowed).to_be_focused()
    expect(page.get_by_role("link", name="Clear all")).to_be_visible()
    expect(views.get_by_role("link", name="Save this view")).to_have_attribute("href", re.compile("list=touchpoints"))
    assert violations(page) == []
    chip.click()
    expect(chip).to_be_hidden()
    expect(page.get_by_role("link", name="Save this view")).to_be_hidden()

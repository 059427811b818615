"""The gallery in a real browser: accessible in both themes and at phone width, by keyboard, without a console error."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from tests.browser import needed, violations

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def open_gallery(browser, live_server, committed_world, sign_in, monkeypatch):
    """Returns a function that opens the gallery as Vi; `page.said` collects what the console says."""
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    cookie = sign_in(committed_world.vi).cookies[settings.SESSION_COOKIE_NAME].value

    def _open(**options):
        context = browser.new_context(reduced_motion="reduce", **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(live_server.url + reverse("gallery"))
        return page

    return _open


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(open_gallery, width, scheme):
    page = open_gallery(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    assert violations(page) == []


def test_the_content_policy_stops_nothing_of_ours(open_gallery):
    assert open_gallery().said == []


def test_it_fits_a_narrow_phone(open_gallery):
    page = open_gallery(viewport={"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_menu_opens_and_closes_by_keyboard(open_gallery):
    page = open_gallery()
    page.locator(".menu--end summary").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Sign out").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_chosen_file_is_named(open_gallery, tmp_path):
    page = open_gallery()
    chosen = Path(tmp_path, "answers.csv")
    chosen.write_bytes(b"x" * 12_400)
    page.set_input_files("#id_good-light-file", chosen)
    assert page.locator("[data-theme=light] .drop-name").inner_text() == "answers.csv · 12 kB"


def test_a_phone_shows_one_stage_at_a_time(open_gallery):
    page = open_gallery(viewport={"width": 390, "height": 844})
    grid = page.locator("[data-theme=light] .grid-frame")
    assert grid.locator("td[data-stage='1']").first.is_visible()
    grid.locator("input[value='1']").focus()
    page.keyboard.press("ArrowRight")
    assert grid.locator("td[data-stage='2']").first.is_visible()
    assert not grid.locator("td[data-stage='1']").first.is_visible()


def test_an_expired_session_keeps_the_page_and_says_so(open_gallery):
    page = open_gallery()
    page.context.clear_cookies()
    page.fill("#id_good-light-name", "typed but not saved")
    page.evaluate("htmx.ajax('GET', '/components/', {target: '#main'})")
    page.get_by_role("heading", name="You are signed out").wait_for()
    assert page.input_value("#id_good-light-name") == "typed but not saved"


def test_a_theme_beats_the_system(open_gallery):
    page = open_gallery(color_scheme="dark")
    canvas = "getComputedStyle(document.querySelector('[data-theme=light]')).backgroundColor"
    assert page.evaluate(canvas) == "rgb(246, 247, 249)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 21, 28)"

"""By keyboard alone a viewer guesses from Home, then sees the scores; who had looked is flagged; few are not told."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from insights.models import Guess, Pulse, ToldBelief
from insights.queries.pulses import Days
from insights.services import closing, pulses
from tests.browser import needed, violations
from tests.days import local_today
from tests.insights.belief.company import ask, measured

pytestmark = [pytest.mark.browser, needed]
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def browse(browser, live_server, committed_world, sign_in, monkeypatch):
    """Returns a function that opens a page as a member, each in a browser of its own."""
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    opened = []

    def open_as(member, path, **options):
        cookie = sign_in(member).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(reduced_motion="reduce", bypass_csp=True, viewport=PHONE, **options)
        opened.append(context)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/w/acme/{path}")
        return page

    yield open_as
    for context in opened:
        context.close()


@pytest.fixture
def asked(committed_world):
    """A pulse that is open today, about three scores on 1 to 5; customers gave 4."""
    world, today = committed_world, local_today()
    with world.inside():
        kpis = [measured(world), measured(world, "Boarding"), measured(world, "Luggage")]
        ask(world, *kpis)
        days = Days(today.replace(day=1), today - timedelta(days=2), today + timedelta(days=9))
        pulses.begin(days=days, workspace=world.acme, today=today)
    return kpis


def tab_to(page, control):
    for _press in range(60):
        if control.evaluate("it => it === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("no way there by Tab")


def test_guessing_by_keyboard_alone(committed_world, browse, asked):
    world = committed_world
    page = browse(world.vi, "")
    tab_to(page, page.get_by_role("link", name="Guess what customers say"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/pulse/")
    first, second, third = (page.get_by_role("slider").nth(place) for place in range(3))
    typed = page.get_by_role("spinbutton")
    for slider in (first, second, third):
        expect(slider).to_have_attribute("aria-valuetext", "No guess yet")
        assert slider.bounding_box()["height"] >= 40  # a finger's width
    assert "4.00 of 5" not in page.content()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    tab_to(page, first)
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(typed.nth(0)).to_have_value("4.9")
    expect(first).to_have_attribute("aria-valuetext", "4.9 of 5")
    tab_to(page, typed.nth(1))
    page.keyboard.type("2.5")
    expect(second).to_have_js_property("value", "2.5")
    tab_to(page, third)
    page.keyboard.press("Home")
    tab_to(page, typed.nth(2))  # on second thoughts: emptied, it is no guess
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(third).to_have_attribute("aria-valuetext", "No guess yet")
    tab_to(page, page.get_by_role("button", name="Guess and see"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("You thought 0.90 more")).to_be_visible()
    expect(page.get_by_text("You thought 1.50 less")).to_be_visible()
    assert page.content().count("4.00 of 5") == 3
    assert violations(page) == []
    with world.inside():
        assert sorted(Guess.objects.values_list("question__position", "value")) == [(0, 4.9), (1, 2.5)]

    # Max had looked the first number up, and guesses in a browser without scripts: by typing alone.
    other = browse(world.max, f"kpis/{asked[0].pk}/", java_script_enabled=False)
    other.goto(other.url.split("kpis/")[0] + "pulse/")
    assert other.get_by_role("slider").count() == 0
    other.get_by_role("spinbutton").nth(0).fill("4")
    other.get_by_role("spinbutton").nth(1).fill("4")
    other.get_by_role("button", name="Guess and see").click()
    expect(other.get_by_text("You were right")).to_have_count(2)
    with world.inside():
        flagged = Guess.objects.filter(had_seen=True).values_list("question__position", "value")
        assert list(flagged) == [(0, 4.0)]
        pulse = Pulse.objects.get()
        closing.close(pulse=pulse, workspace=world.acme, today=pulse.closes_on + timedelta(days=1))
        assert (Guess.objects.count(), ToldBelief.objects.count()) == (0, 0)

    # Two people guessed: nobody is told anything of them.
    for reader in (world.lea, world.eli):
        expect(browse(reader, "belief/").get_by_text("Nothing is told yet")).to_be_visible()

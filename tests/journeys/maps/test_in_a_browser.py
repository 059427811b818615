"""Max draws a map in a real browser, with the keyboard alone; every page of it is accessible."""

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from journeys.models import Map
from journeys.services import journeys
from tests.browser import needed, violations

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def open_page(browser, live_server, committed_world, sign_in, monkeypatch):
    """Returns a function that opens a path as Max; `page.said` collects what the console says."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    cookie = sign_in(committed_world.max).cookies[settings.SESSION_COOKIE_NAME].value

    def _open(path, **options):
        context = browser.new_context(reduced_motion="reduce", bypass_csp=True, **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(live_server.url + path)
        return page

    return _open


def shape(world):
    with world.inside():
        return [(stage.name, [step.name for step in stage.steps.all()]) for stage in Map.objects.get().stages.all()]


def test_a_map_is_drawn_with_the_keyboard_alone(committed_world, open_page):
    page = open_page(reverse("journey_new", args=["acme"]))
    page.get_by_label("Title").focus()
    page.keyboard.type("A trip")
    page.keyboard.press("Tab")
    page.keyboard.type("Find out\nBuy")
    page.get_by_role("button", name="Begin the map").press("Enter")
    new_step = page.get_by_label("New step in Find out")
    new_step.focus()
    for name in ("I look", "I ask", "I choose"):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page.locator(f"input[name=name][value='{name}']")).to_be_visible()
        expect(new_step).to_be_focused()
        expect(new_step).to_have_value("")
    up = page.get_by_role("button", name="Move up: I choose")
    up.press("Enter")
    expect(page.locator("#outline li input[name=name]").nth(1)).to_have_value("I choose")
    expect(up).to_be_focused()
    renamed = page.locator("input[name=name][value='I look']")
    renamed.fill("I look around")
    renamed.press("Enter")
    expect(page.locator(".outline .inline-status")).to_be_visible()
    assert shape(committed_world) == [("Find out", ["I look around", "I choose", "I ask"]), ("Buy", ["New step"])]
    page.get_by_role("link", name="Touchpoint at I ask").press("Enter")
    expect(page.get_by_label("Search, or type a new name")).to_be_focused()
    page.keyboard.type("Chat")
    make = page.get_by_role("button", name="Make “Chat” and place it")
    expect(make).to_be_visible()
    assert violations(page) == []
    make.press("Enter")
    expect(page.get_by_role("link", name="Chat")).to_be_visible()
    more = page.locator("summary", has_text="More for Find out")
    more.press("Enter")
    assert violations(page) == []
    page.get_by_role("button", name="Delete this stage").press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    assert shape(committed_world) == [("Buy", ["New step"])]
    undo.press("Enter")
    expect(page.get_by_role("link", name="Chat")).to_be_visible()
    assert page.said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(committed_world, open_page, scheme):
    with committed_world.inside():
        people = {"owner": committed_world.max, "sponsor": None, "by": committed_world.max}
        drawn = journeys.begin(name="A trip", scenario="Two days off.", stage_names=["Find out", "Buy"], **people)
    paths = [reverse(name, args=["acme"]) for name in ("journeys", "journey_new")]
    paths += [reverse(name, args=["acme", drawn.pk]) for name in ("map", "map_details", "map_outline")]
    for path in paths:
        page = open_page(path, color_scheme=scheme, viewport={"width": 390, "height": 844})
        assert (path, violations(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path

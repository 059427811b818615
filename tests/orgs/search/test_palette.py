"""The palette and shortcuts in a real browser: by keyboard alone, on a phone, one person after another."""

from contextlib import suppress
from datetime import date

import pytest
from playwright.sync_api import Error, expect

from journeys.services import touchpoints
from orgs.models import User
from tests.browser import needed, violations
from tests.insights.numbers import answers, told

pytestmark = [pytest.mark.browser, needed]
OPTION = "#palette [role=option]"


@pytest.fixture
def world(committed_world):
    """The world with touchpoints whose names begin alike."""
    committed_world.rows = committed_world.fill_acme()
    with committed_world.inside():
        for name in ("Check-in desk", "Check-in kiosk", "Boarding", "x" * 200, "فحص 🚀"):
            touchpoints.find_or_create(name, by=committed_world.ada)
    return committed_world


def opened(page):
    page.keyboard.press("Control+k")
    expect(page.locator(OPTION).first).to_be_visible()


def chosen(page):
    return page.locator(f"{OPTION}[aria-selected=true]")


def test_find_and_open_by_keyboard_alone(world, open_as):
    page = open_as(world.vi)
    page.locator(".inbox-link").focus()
    opened(page)
    page.keyboard.type("check")
    expect(page.locator("#palette-said")).to_have_text("2 results")
    expect(chosen(page)).to_contain_text("Check-in desk")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_contain_text("Check-in kiosk")
    active = page.locator("#palette-q").get_attribute("aria-activedescendant")
    assert active == chosen(page).get_attribute("id")
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_contain_text("Check-in desk")  # round again
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    assert page.evaluate("document.activeElement.className") == "inbox-link"
    opened(page)
    page.keyboard.type("kiosk")
    expect(chosen(page)).to_contain_text("Check-in kiosk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check-in kiosk")


def test_enter_before_the_answer_opens_what_was_typed_not_what_stood_there(world, open_as):
    page = open_as(world.vi)
    opened(page)
    page.route("**/search/?q=*", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.keyboard.type("boarding")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Boarding")


def test_an_answer_to_an_older_question_is_dropped(world, open_as):
    page = open_as(world.vi)
    opened(page)
    asked = []

    def hold_first(route):
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    page.route("**/search/?q=*", hold_first)
    with page.expect_request("**/search/?q=check*"):
        page.keyboard.type("check")
    page.locator("#palette-q").fill("boarding")
    expect(chosen(page)).to_contain_text("Boarding")
    with suppress(Error):  # the browser took the first question back
        asked[0].continue_()
    page.wait_for_timeout(300)
    expect(page.locator(OPTION)).to_have_count(1)
    expect(chosen(page)).to_contain_text("Boarding")


def test_nothing_found_is_said_and_enter_leads_to_the_page_of_search(world, open_as):
    page = open_as(world.vi)
    opened(page)
    page.keyboard.type("zzz")
    expect(page.locator("#palette-list")).to_have_text("Nothing is called “zzz”.")
    expect(page.locator("#palette-said")).to_have_text("0 results")
    page.keyboard.press("Enter")
    expect(page.locator(".empty-title")).to_have_text("Nothing is called “zzz”")


def test_a_server_that_does_not_answer_is_said(world, open_as):
    page = open_as(world.vi)
    opened(page)
    page.route("**/search/?q=*", lambda route: route.abort())
    page.keyboard.type("check")
    expect(page.locator("#palette-said")).to_contain_text("Search does not answer")


def test_what_one_opened_comes_first_and_is_nobody_elses(world, open_as):
    touchpoint = world.rows["touchpoint"]
    page = open_as(world.vi, f"touchpoints/{touchpoint.pk}/")
    page.goto(page.url.split("touchpoints/")[0])
    opened(page)
    expect(chosen(page)).to_contain_text(touchpoint.name)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert touchpoint.name not in kept
    other = open_as(world.max, context=page.context)
    opened(other)
    expect(other.locator("#palette .menu-head").first).to_have_text("Actions")
    expect(other.locator("#palette")).not_to_contain_text(touchpoint.name)


def test_the_theme_is_switched_from_the_palette(world, open_as):
    page = open_as(world.vi)
    opened(page)
    page.keyboard.type("switch to dark")
    expect(chosen(page)).to_have_text("Switch to dark")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_it_is_accessible_and_a_sheet_on_a_phone(world, open_as, width, scheme):
    page = open_as(world.ada, viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert violations(page) == []
    page.locator("[data-palette]:visible").click()
    expect(page.locator(OPTION).first).to_be_visible()
    assert violations(page) == []
    box = page.locator("#palette").bounding_box()
    assert (box["width"] == 390 and box["height"] == 844) is (width == 390)
    page.keyboard.type("e")
    expect(page.locator("#palette-said")).to_contain_text("results")
    assert violations(page) == []
    for path in ("?q=check", "?q=zzz", "?kind=kpi", ""):
        page.goto(f"{page.url.split('/w/acme/')[0]}/w/acme/search/{path}")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width, path


def test_the_bar_of_a_phone_covers_no_focus(world, open_as):
    page = open_as(world.ada, "search/?q=a", viewport={"width": 390, "height": 844})
    bar = page.locator(".nav").bounding_box()
    links = page.locator("main a")
    for index in range(links.count()):
        links.nth(index).focus()
        box = links.nth(index).bounding_box()
        assert box["y"] + box["height"] <= bar["y"]


def test_without_scripts_the_link_leads_to_a_page_that_works(world, open_as):
    page = open_as(world.vi, java_script_enabled=False)
    page.locator("[data-palette]:visible").click()
    page.locator("main input[name=q]").fill("kiosk")
    page.locator("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Check-in kiosk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check-in kiosk")


def test_keys_lead_where_the_help_says(world, open_as):
    page = open_as(world.max)
    for keys, path in (("gt", "touchpoints/"), ("gj", "journeys/"), ("gi", "inbox/"), ("gh", "")):
        page.keyboard.type(keys)  # at once: the first is forgotten soon
        page.wait_for_url(f"**/w/acme/{path}")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("t")  # not while a dialog is open
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()
    assert page.url.endswith("/w/acme/")
    page.keyboard.press("/")
    expect(page.locator("#palette-q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("c")
    expect(page.locator("#palette-q")).to_have_value("new")
    expect(chosen(page)).to_contain_text("New")


def test_c_begins_what_the_page_is_for_and_brackets_step_through_periods(world, open_as):
    with world.inside():
        told(world.rows["kpi"], {date(2017, 5, 7): answers(*[5] * 40)})
    page = open_as(world.max, f"touchpoints/{world.rows['touchpoint'].pk}/?per=year&at=2018-05-07")
    before = page.locator(".period-label").first.inner_text()
    page.keyboard.press("[")
    expect(page.locator(".period-label").first).not_to_have_text(before)
    page.wait_for_load_state()  # keys are heard once the scripts of the new page ran
    page.keyboard.press("]")
    expect(page.locator(".period-label").first).to_have_text(before)
    page.goto(page.url.split("touchpoints/")[0] + "touchpoints/")
    page.keyboard.press("c")
    page.wait_for_url("**/touchpoints/new/")


def test_keys_are_letters_in_a_field_and_with_modifiers(world, open_as):
    page = open_as(world.max, "touchpoints/")
    field = page.locator("main input[type=search]")
    field.focus()
    page.keyboard.type("gj/?c")
    expect(field).to_have_value("gj/?c")
    page.locator("#main").focus()
    for combination in ("Alt+c", "Control+/"):
        page.keyboard.press(combination)
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert "/touchpoints/" in page.url
    assert "/new/" not in page.url


def test_switched_off_single_keys_do_nothing_but_the_palette_opens(world, open_as):
    User.objects.filter(pk=world.max.user_id).update(has_shortcuts=False)
    world.max.user.refresh_from_db()
    page = open_as(world.max, "touchpoints/")
    for key in ("?", "c", "/", "g", "h"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.url.endswith("/touchpoints/")
    opened(page)

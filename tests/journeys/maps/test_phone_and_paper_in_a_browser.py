"""A map on a phone, one stage at a time, and on paper, in sheets cut between its stages."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from journeys.models import MapCell, Step
from journeys.queries.lanes import text_kind
from journeys.services import cells, journeys, lanes, placements, steps, touchpoints
from tests.browser import needed, violations
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]
PHONE = {"viewport": {"width": 320, "height": 720}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def drawn(committed_world):
    """Three stages of four, five and two steps, with a touchpoint and words at each."""
    world = committed_world
    with world.inside():
        people = {"owner": world.max, "sponsor": None, "by": world.max}
        made = journeys.begin(name="A trip", scenario="", stage_names=["Look", "Decide", "Leave"], **people)
        lane = lanes.add(drawn=made, kind=text_kind("actions"), by=world.max)
        for stage, count in zip(made.stages.all(), (4, 5, 2), strict=True):
            for number in range(1, count + 1):
                step = steps.add(stage=stage, name=f"{stage.name} {number}", by=world.max)
                found, _is_new = touchpoints.find_or_create(f"Point {stage.name} {number}", by=world.max)
                placements.place(step=step, touchpoint=found, by=world.max)
                cells.write(lane=lane, step=step, text=f"I {stage.name} {number}", version=0, by=world.max)
    return made


def step_of(world, name):
    with world.inside():
        return Step.objects.get(name=name)


def test_one_stage_at_a_time_by_touch(committed_world, open_page, drawn):  # noqa: F811
    path = f"/w/acme/maps/{drawn.pk}/"
    page = open_page(f"{path}#step-{step_of(committed_world, 'Decide 3').pk}-head", **PHONE)
    expect(page.get_by_role("radio", name="Decide")).to_be_checked()
    expect(page.get_by_text("I Decide 3")).to_be_visible()
    expect(page.get_by_text("I Look 1")).to_be_hidden()
    expect(page.locator(".grip")).to_have_count(0)
    expect(page.get_by_text("Structural editing is on a larger screen")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    low = (
        "nodes => nodes.filter(n => n.checkVisibility()).map(n => n.getBoundingClientRect().height).filter(h => h < 44)"
    )
    assert page.locator(".stage-tab span, tbody .lane-name, .map-cell .inline-edit").evaluate_all(low) == []
    assert violations(page) == []

    before = page.evaluate("history.length")
    page.locator(".stage-tab").filter(has_text="Leave").tap()
    expect(page.get_by_text("I Leave 2")).to_be_visible()
    assert page.evaluate("history.length") == before
    actions = page.locator("tbody tr").filter(has_text="Actions")
    actions.get_by_role("button", name="Actions").tap()
    expect(page.get_by_text("I Leave 2")).to_be_hidden()
    expect(actions.get_by_role("button", name="Actions")).to_have_attribute("aria-expanded", "false")
    actions.get_by_role("button", name="Actions").tap()
    actions.get_by_role("link", name="Edit Actions at Leave 2").tap()
    field = page.get_by_role("textbox", name="Actions at Leave 2")
    field.fill("I wave")
    expect(page.locator("[data-status]").filter(has_text="Saved")).to_be_visible()
    with committed_world.inside():
        assert MapCell.objects.filter(text="I wave").count() == 1
    page.goto(page.url.partition("/w/")[0] + "/w/acme/journeys/")
    page.go_back()
    expect(page.get_by_role("radio", name="Leave")).to_be_checked()
    expect(page.get_by_text("I wave")).to_be_visible()
    assert page.said == []


def test_without_a_script_the_stages_are_chosen_all_the_same(committed_world, browser, live_server, sign_in, drawn):
    cookie = sign_in(committed_world.vi).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(java_script_enabled=False, **PHONE)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/w/acme/maps/{drawn.pk}/")
    expect(page.get_by_text("I Look 1")).to_be_visible()
    page.locator(".stage-tab").filter(has_text="Leave").tap()
    expect(page.get_by_text("I Leave 2")).to_be_visible()
    expect(page.get_by_text("I Look 1")).to_be_hidden()


def test_sheets_are_cut_between_stages_and_gone_afterwards(open_page, drawn):  # noqa: F811
    page = open_page(f"/w/acme/maps/{drawn.pk}/", color_scheme="dark")
    assert len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True))) >= 3
    expect(page.locator(".grid-sheet")).to_have_count(0)
    expect(page.locator("#map-table")).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#map-table")).to_be_hidden()
    sheets = page.locator(".grid-sheet")
    heads = [sheet.locator(".step-name").all_inner_texts() for sheet in sheets.all()]
    assert [[head.strip()[-1] for head in sheet] for sheet in heads] == [list("1234"), list("12345"), list("12")]
    for at, sheet in enumerate(sheets.all(), start=1):
        expect(sheet.locator("tbody th.lane").first).to_be_visible()
        assert "owner: Max" in (foot := sheet.locator("tfoot").inner_text())
        assert ("draft, never published" in foot, foot.endswith(f"{at}/3")) == (True, True)
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(sheets).to_have_count(0)
    assert page.said == []

"""Max drags stages, steps, lanes and cards of his map by their handles, with the mouse and with a finger."""

import re

import pytest
from playwright.sync_api import expect

from journeys.models import Map, Step, TouchpointPlacement
from journeys.services import journeys, placements, stages, touchpoints
from tests.browser import needed, violations
from tests.journeys.maps.test_in_a_browser import open_page, shape  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]
SIZE = {"width": 1180, "height": 820}  # a tablet


@pytest.fixture
def drawn(committed_world):
    world = committed_world
    with world.inside():
        names = ["Find out", "Ask", "Decide", "Pay", "Ride", "Claim", "Leave"]
        made = journeys.begin(
            name="A trip", scenario="", stage_names=names, owner=world.max, sponsor=None, by=world.max
        )
        for stage in made.stages.all():
            stage.steps.update(name=f"I {stage.name.lower()}")
        till, _is_new = touchpoints.find_or_create("Till", by=world.max)
        placements.place(step=Step.objects.get(name="I pay"), touchpoint=till, by=world.max)
    return made


def names(world):
    with world.inside():
        return [stage.name for stage in Map.objects.get().stages.all()]


def head(page, name):
    return page.locator("thead th").filter(has_text=re.compile(name))


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def carry(page, what, x, y):
    """Take something by its handle and hold it over a point."""
    page.mouse.move(*middle(what.locator("> .grip")))
    page.mouse.down()
    page.mouse.move(x - 30, y, steps=2)
    page.mouse.move(x, y)


def right_half(locator):
    x, y = middle(locator)
    return x + locator.bounding_box()["width"] / 4, y


def test_by_mouse(committed_world, open_page, drawn):  # noqa: F811
    world = committed_world
    page = open_page(f"/w/acme/maps/{drawn.pk}/", viewport=SIZE)
    ask, line = head(page, "Ask"), page.locator(".drag-line")
    carry(page, head(page, "Find out"), *right_half(ask))
    expect(line).to_be_visible()
    expect(page.locator(".drag-chip")).to_contain_text("Find out")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(line).to_have_count(0)
    page.mouse.up()
    assert names(world)[:2] == ["Find out", "Ask"]

    carry(page, head(page, "Find out"), *right_half(ask))
    page.mouse.up()
    expect(page.locator("th.stage").nth(1)).to_contain_text("Find out")
    expect(page.locator("th.stage").nth(1)).to_be_focused()
    assert names(world)[:2] == ["Ask", "Find out"]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("th.stage").first).to_contain_text("Find out")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)

    carry(page, head(page, "I find out"), *right_half(head(page, "I ask")))
    expect(page.locator("th.stage[data-over]")).to_contain_text("Ask")
    page.mouse.up()
    expect(page.locator("th.step-name").nth(2)).to_contain_text("I find out")
    assert dict(shape(world))["Ask"] == ["I ask", "I find out"]

    first, last = page.locator("tbody th.lane").first, page.locator("tbody th.lane").last
    lane = first.inner_text()
    x, y = middle(last)
    carry(page, first, x, y + last.bounding_box()["height"] / 4)
    page.mouse.up()
    expect(page.locator("tbody th.lane").last).to_contain_text(lane)

    with world.inside():  # meanwhile
        stage = Map.objects.get().stages.get(name="Ride")
        stages.delete(stage=stage, version=Map.objects.get().structure_version, by=world.ada)
    carry(page, head(page, "Ask"), *right_half(head(page, "Decide")))
    page.mouse.up()
    expect(page.locator("#toasts")).to_contain_text("Somebody changed the stages or steps of this map meanwhile.")
    expect(head(page, "Ride")).to_have_count(0)
    assert names(world) == ["Find out", "Ask", "Decide", "Pay", "Claim", "Leave"]
    assert page.said == []


def test_with_a_finger_to_a_step_that_was_out_of_sight(committed_world, open_page, drawn):  # noqa: F811
    world = committed_world
    page = open_page(f"/w/acme/maps/{drawn.pk}/", viewport=SIZE, has_touch=True)
    card = page.locator(".grid-item[data-move]").filter(has_text="Till")
    expect(card.locator(".grip")).to_be_attached()
    card.scroll_into_view_if_needed()
    finger = page.context.new_cdp_session(page)

    def touch(kind, *at):
        points = [{"x": at[0], "y": at[1]}] if at else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    x, y = middle(card.locator(".grip"))
    right = page.locator(".grid-scroll").bounding_box()["x"] + page.locator(".grid-scroll").bounding_box()["width"]
    touch("touchStart", x, y)
    touch("touchMove", x + 40, y)
    touch("touchMove", right - 20, y)  # and waits there, while the map scrolls on under the finger
    cell = page.locator("#lane-touchpoints td").last
    expect(cell).to_have_attribute("data-over", "")
    touch("touchEnd")
    expect(cell).to_contain_text("Till")
    with world.inside():
        assert TouchpointPlacement.objects.get().step.name == "I leave"
    assert page.said == []

    page.locator("#toasts").get_by_role("button", name="Undo").tap()
    expect(page.locator("#lane-touchpoints td").nth(3)).to_contain_text("Till")
    link = page.get_by_role("link", name="Till")
    expect(link).to_be_focused()
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(page.locator("#lane-touchpoints td").nth(4)).to_contain_text("Till")
    expect(link).to_be_focused()
    assert page.said == []

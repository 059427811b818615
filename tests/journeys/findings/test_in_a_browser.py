"""Max places findings in the grid of a map, by keyboard, mouse and on a phone."""

import pytest
from playwright.sync_api import expect

from journeys.models import Finding, FindingPlacement
from journeys.services import finding_placements, findings, journeys, lanes
from tests.browser import needed, violations
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def drawn(committed_world):
    world = committed_world
    with world.inside():
        people = {"owner": world.max, "sponsor": None, "by": world.max}
        made = journeys.begin(name="A trip", scenario="", stage_names=["Find out", "Buy", "Use"], **people)
        lanes.show(drawn=made, key="pains", by=world.max, is_hidden=False)
        findings.create(
            kind="pain", values={"name": "Queue at the till", "evidence": "validated", "source": "Visits"}, by=world.max
        )
    return made


@pytest.fixture
def path(drawn):
    return f"/w/acme/maps/{drawn.pk}/"


def cell(page, stage):
    return page.locator("#lane-pains td").nth(stage - 1)


def placed(world):
    with world.inside():
        return list(FindingPlacement.objects.order_by("pk").values_list("finding__name", flat=True))


def test_one_is_placed_made_and_taken_off_with_the_keyboard_alone(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    cell(page, 1).focus()
    page.keyboard.press("Enter")
    search = page.get_by_role("searchbox", name="Search, or type a new name")
    expect(search).to_be_focused()
    page.keyboard.type("till")
    expect(page.get_by_role("button", name="Make “till” and place it")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Queue at the till", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell(page, 1)).to_contain_text("Queue at the till")
    expect(cell(page, 1)).to_be_focused()
    expect(search).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(cell(page, 2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(search).to_be_focused()
    page.keyboard.type("Too dear")
    expect(page.get_by_role("button", name="Make “Too dear” and place it")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(cell(page, 2)).to_contain_text("Too dear")
    expect(cell(page, 2)).to_be_focused()
    assert placed(committed_world) == ["Queue at the till", "Too dear"]
    page.keyboard.press("F2")  # Enter leads to the card that is there now
    off = page.get_by_role("button", name="Take off: Too dear")
    expect(off).to_be_visible()
    off.press("Enter")
    expect(cell(page, 2)).not_to_contain_text("Too dear")
    expect(cell(page, 2)).to_be_focused()
    assert placed(committed_world) == ["Queue at the till"]
    page.get_by_role("button", name="Undo").press("Enter")
    expect(cell(page, 2)).to_contain_text("Too dear")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    assert placed(committed_world) == ["Queue at the till", "Too dear"]
    assert page.said == []


def test_escape_leaves_the_picker_and_the_focus_in_the_cell(open_page, path):  # noqa: F811
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    cell(page, 3).focus()
    page.keyboard.press("F2")
    search = page.get_by_role("searchbox", name="Search, or type a new name")
    expect(search).to_be_focused()
    page.keyboard.press("Escape")
    expect(search).to_be_hidden()
    expect(cell(page, 3)).to_be_focused()


def test_by_mouse_and_accessible_open_and_closed(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    cell(page, 1).click()
    page.get_by_role("button", name="Queue at the till", exact=True).click()
    expect(cell(page, 1)).to_contain_text("Queue at the till")
    expect(cell(page, 1)).to_contain_text("Validated")
    assert violations(page) == []
    cell(page, 1).get_by_role("link", name="Place at New step: Pains").click()
    expect(page.get_by_role("button", name="Take off: Queue at the till")).to_be_visible()
    assert violations(page) == []
    assert placed(committed_world) == ["Queue at the till"]


def test_on_a_phone(committed_world, open_page, path):  # noqa: F811
    page = open_page(path, viewport={"width": 390, "height": 844}, has_touch=True)
    page.locator("#lane-pains").get_by_role("link", name="Place at New step: Pains").first.tap()
    page.get_by_role("button", name="Queue at the till", exact=True).tap()
    expect(cell(page, 1)).to_contain_text("Queue at the till")
    assert placed(committed_world) == ["Queue at the till"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page) == []


def test_a_field_of_its_page_saves_as_one_types(committed_world, drawn, open_page):  # noqa: F811
    with committed_world.inside():
        need = findings.create(kind="need", values={"name": "Be quick"}, by=committed_world.max)
        finding_placements.place(step=drawn.stages.first().steps.get(), finding=need, by=committed_world.max)
    page = open_page(f"/w/acme/findings/{need.pk}/")
    page.get_by_role("link", name="Edit Importance").press("Enter")
    page.get_by_label("Importance").select_option("9")
    expect(page.locator(".inline-status").filter(has_text="Saved")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="Edit Satisfaction").press("Enter")
    page.get_by_label("Satisfaction").select_option("3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Opportunity score: 15 of 19.")).to_be_visible()
    expect(page.locator("#history")).to_contain_text("Max changed the satisfaction")
    with committed_world.inside():
        assert Finding.objects.get(pk=need.pk).importance == 9
    page.reload()
    expect(page.locator(".inline-value").filter(has_text="9 of 10")).to_be_visible()
    assert violations(page) == []
    assert page.said == []


def test_a_card_opens_its_record_in_the_drawer_where_it_is_edited(committed_world, drawn, open_page, path):  # noqa: F811
    with committed_world.inside():
        pain = Finding.objects.get()
        finding_placements.place(step=drawn.stages.first().steps.get(), finding=pain, by=committed_world.max)
    page = open_page(path)
    card = cell(page, 1).get_by_role("link", name="Queue at the till", exact=True)
    card.press("Enter")
    drawer = page.get_by_role("dialog", name="Queue at the till")
    expect(drawer.get_by_text("Visits")).to_be_visible()
    assert violations(page) == []
    drawer.get_by_role("link", name="Edit Evidence").press("Enter")
    drawer.get_by_label("Evidence").select_option("reasoned")
    page.keyboard.press("Control+Enter")
    expect(drawer.locator(".inline-value").filter(has_text="Reasoned")).to_be_visible()
    drawer.get_by_role("button", name="Close").click()
    expect(cell(page, 1)).to_contain_text("Reasoned")  # drawn anew, for what was edited
    cell(page, 1).get_by_role("link", name="Queue at the till", exact=True).press("Enter")
    drawer.get_by_role("link", name="Comment").press("Enter")
    page.get_by_role("dialog").get_by_label("Your comment").fill("Worse on Mondays")
    page.get_by_role("dialog").get_by_role("button", name="Comment").press("Enter")
    expect(cell(page, 1)).to_contain_text("You commented")
    assert page.said == []

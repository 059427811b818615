"""Max edits a map in its grid, with the keyboard alone and with the mouse; two people at once lose nothing."""

import pytest
from playwright.sync_api import expect

from journeys.models import Map, MapCell, MapLane, Step
from journeys.queries.lanes import text_kind
from journeys.services import cells, journeys, lanes, placements, touchpoints
from tests.browser import needed, violations
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def drawn(committed_world):
    world = committed_world
    with world.inside():
        people = {"owner": world.max, "sponsor": None, "by": world.max}
        made = journeys.begin(name="A trip", scenario="", stage_names=["Find out", "Buy", "Use"], **people)
        lanes.add(drawn=made, kind=text_kind("actions"), by=world.max)
    return made


@pytest.fixture
def path(drawn):
    return f"/w/acme/maps/{drawn.pk}/"


def texts(world):
    with world.inside():
        return dict(MapCell.objects.exclude(text="").values_list("step__stage__name", "text"))


def shape(world):
    with world.inside():
        return [stage.name for stage in Map.objects.get().stages.all()]


def cell(page, lane, stage):
    """The cell of a lane, counted from 0, at a stage, counted from 1."""
    return page.locator("tbody tr").nth(lane).locator("td").nth(stage - 1)


def test_cells_are_written_with_the_keyboard_alone(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    here, there = cell(page, 0, 1), cell(page, 0, 2)
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator("[data-grid] [tabindex='0']")).to_have_count(1)
    here.focus()
    here.press("Enter")
    field = page.get_by_role("textbox", name="Actions at New step")
    expect(field).to_be_focused()
    page.keyboard.type("I look around")
    expect(page.locator(".inline-status").filter(has_text="Saved")).to_be_visible()
    assert texts(committed_world) == {"Find out": "I look around"}
    page.keyboard.press("Tab")
    expect(there).to_be_focused()
    expect(here).to_contain_text("I look around")
    page.keyboard.press("ArrowLeft")
    expect(here).to_be_focused()
    page.keyboard.press("F2")
    expect(field).to_be_focused()
    page.keyboard.type(" twice")
    page.keyboard.press("Escape")
    expect(here).to_be_focused()
    expect(here).not_to_contain_text("twice")
    page.keyboard.press("F2")
    expect(field).to_be_focused()
    page.keyboard.type(" and ask")
    page.keyboard.press("Control+Enter")
    expect(here).to_be_focused()
    expect(here).to_contain_text("I look around and ask")
    assert texts(committed_world) == {"Find out": "I look around and ask"}
    assert page.said == []


def test_arrows_home_and_end_go_through_the_whole_grid(open_page, path):  # noqa: F811
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    cell(page, 0, 1).focus()
    for key, found in (
        ("End", cell(page, 0, 3)),
        ("Home", page.get_by_role("rowheader", name="Actions")),
        ("ArrowUp", page.locator("thead th.lane")),
        ("Control+End", page.locator("tbody tr").last.locator("td").last),
        ("Control+Home", page.locator("thead th.lane")),
        ("ArrowRight", page.locator("thead th.stage").first),
        ("ArrowDown", page.locator("thead th.step-name").first),
        ("ArrowDown", cell(page, 0, 1)),
    ):
        page.keyboard.press(key)
        expect(found).to_be_focused()
        expect(page.locator("[data-grid] [tabindex='0']")).to_have_count(1)


def test_the_structure_is_changed_with_the_keyboard_alone(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    buy = page.locator("thead th.stage").filter(has_text="Buy")
    expect(page.get_by_role("grid")).to_be_visible()
    buy.focus()
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(page.locator("thead th.stage").nth(2)).to_contain_text("Buy")
    expect(buy).to_be_focused()
    assert shape(committed_world) == ["Find out", "Use", "Buy"]
    page.keyboard.press("Enter")
    name = page.get_by_label("Name of the stage")
    expect(name).to_be_focused()
    assert violations(page) == []
    name.fill("Pay")
    name.press("Enter")
    pay = page.locator("thead th.stage").filter(has_text="Pay")
    expect(pay).to_be_focused()
    pay.press("Enter")
    page.get_by_label("Stage before").fill("Wait")
    page.get_by_label("Stage before").press("Enter")
    wait = page.locator("thead th.stage").filter(has_text="Wait")
    expect(wait).to_be_focused()
    assert shape(committed_world) == ["Find out", "Use", "Wait", "Pay"]
    wait.press("Enter")
    page.get_by_role("button", name="Delete this stage").press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(wait).to_have_count(0)
    assert shape(committed_world) == ["Find out", "Use", "Pay"]
    undo.press("Enter")
    expect(wait).to_be_focused()
    assert shape(committed_world) == ["Find out", "Use", "Wait", "Pay"]
    wait.press("Enter")
    expect(page.locator("#map-menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#map-menu")).to_be_hidden()
    expect(wait).to_be_focused()
    assert page.said == []


def test_the_cards_of_a_cell_are_reached_and_moved_with_the_keyboard_alone(committed_world, open_page, drawn, path):  # noqa: F811
    world = committed_world
    with world.inside():
        step = Step.objects.get(stage__name="Buy")
        for name in ("Till", "Shelf"):
            touchpoint, _is_new = touchpoints.find_or_create(name, by=world.max)
            placements.place(step=step, touchpoint=touchpoint, by=world.max)
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    here, there = (page.locator("#lane-touchpoints td").nth(at) for at in (1, 2))
    here.focus()
    page.keyboard.press("Enter")
    for key, name in (("", "Till"), ("ArrowDown", "Menu of Till"), ("Tab", "Shelf"), ("End", None), ("Home", "Till")):
        if key:
            page.keyboard.press(key)
        if name:
            expect(page.get_by_role("button" if "Menu" in name else "link", name=name, exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(here).to_be_focused()
    for key in ("Enter", "ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Move up")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("button", name="To the next step").press("Enter")
    expect(there).to_contain_text("Shelf")
    expect(page.get_by_role("link", name="Shelf")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Take it off this step").press("Enter")
    expect(there).not_to_contain_text("Shelf")
    expect(there).to_be_focused()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(there).to_contain_text("Shelf")
    assert page.said == []


def test_lanes_are_added_and_moved(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    page.locator("#map-lanes").click()
    page.get_by_role("button", name="Notes").click()
    notes = page.get_by_role("rowheader", name="Notes")
    expect(notes).to_be_focused()
    expect(page.locator("tbody tr").last).to_contain_text("Notes")
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(page.locator("tbody tr").last).not_to_contain_text("Notes")
    expect(notes).to_be_focused()
    with committed_world.inside():
        assert MapLane.objects.filter(kind="notes").count() == 1
    assert page.said == []


def test_a_feeling_is_changed_with_the_arrow_keys_and_drawn(committed_world, open_page, drawn, path):  # noqa: F811
    with committed_world.inside():
        lane = lanes.add(drawn=drawn, kind=text_kind("emotions"), by=committed_world.max)
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    row = page.locator(f"#lane-{lane.pk}")
    for stage, presses in ((0, 2), (1, 5)):
        row.locator("td").nth(stage).focus()
        page.keyboard.press("Enter")
        expect(row.get_by_role("combobox", name="During", exact=True)).to_be_focused()
        for _press in range(presses):
            page.keyboard.press("ArrowDown")
        expect(row.locator("[data-status]").filter(has_text="Saved")).to_be_visible()
        page.keyboard.press("Control+Enter")
        expect(row.locator(".emotion-point")).to_have_count(stage + 1)
        expect(row.locator("td").nth(stage)).to_be_focused()
    expect(row.locator(".emotion-curve")).to_have_count(2)  # the whole lane is drawn anew
    expect(row.locator("td").nth(1)).to_be_focused()
    assert texts(committed_world) == {"Find out": "1", "Buy": "-2"}
    assert violations(page) == []
    assert page.said == []


def test_a_lane_drawn_again_late_takes_nothing_from_the_next_cell(committed_world, open_page, drawn, path):  # noqa: F811
    with committed_world.inside():
        lane = lanes.add(drawn=drawn, kind=text_kind("emotions"), by=committed_world.max)
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    held = []
    page.route(f"**{path}", lambda route: held.append(route))
    row = page.locator(f"#lane-{lane.pk}")
    part = row.get_by_role("combobox", name="During", exact=True)
    for stage in (0, 1):
        row.locator("td").nth(stage).focus()
        page.keyboard.press("Enter")
        expect(part).to_be_focused()
        if stage == 0:
            part.select_option("1")
            page.keyboard.press("Control+Enter")
            expect(row.locator("td").first).to_be_focused()
    part.select_option("-2")
    with page.expect_response(f"**{path}"):
        held.pop().continue_()
    expect(part).to_have_value("-2")
    expect(row.locator("[data-status]").filter(has_text="Saved")).to_be_visible()
    page.unroute(f"**{path}")
    page.keyboard.press("Control+Enter")
    expect(row.locator(".emotion-curve")).to_have_count(2)  # drawn in the end
    assert texts(committed_world) == {"Find out": "1", "Buy": "-2"}
    assert page.said == []


def test_tab_goes_through_the_parts_of_a_feeling_and_then_on(committed_world, open_page, drawn, path):  # noqa: F811
    with committed_world.inside():
        lane = lanes.add(drawn=drawn, kind=text_kind("emotions"), by=committed_world.max)
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    row = page.locator(f"#lane-{lane.pk}")
    row.locator("td").first.focus()
    page.keyboard.press("Enter")
    for name, key in (("During", "-"), ("After", "-"), ("To be: during", "-"), ("To be: after", "2")):
        part = row.get_by_role("combobox", name=name, exact=True)
        expect(part).to_be_focused()
        if key == "2":
            part.select_option("2")
        page.keyboard.press("Tab")
    expect(row.locator("td").nth(1)).to_be_focused()
    expect(row.locator("td").first).to_contain_text("To be: after: Very good")
    expect(row.locator("td").nth(1)).to_be_focused()
    assert texts(committed_world) == {"Find out": "///2"}
    assert violations(page) == []
    assert page.said == []


def test_both_texts_of_one_cell_are_shown_and_one_is_chosen(committed_world, open_page, path):  # noqa: F811
    world = committed_world
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    cell(page, 0, 1).click()
    expect(page.get_by_role("textbox", name="Actions at New step")).to_be_focused()
    with world.inside():
        lane = MapLane.objects.get()
        step = Map.objects.get().stages.first().steps.get()
        cells.write(lane=lane, step=step, text="Ada's", version=0, by=world.ada)
    page.keyboard.type("Mine")
    expect(page.get_by_role("heading", name="Ada Admin changed this meanwhile")).to_be_visible()
    expect(page.locator("[data-mine]")).to_have_text("Mine")
    expect(page.locator("[data-theirs]")).to_have_text("Ada's")
    assert violations(page) == []
    page.get_by_role("button", name="Keep mine").click()
    expect(page.locator("[data-conflict]")).to_have_count(0)
    expect(cell(page, 0, 1)).to_contain_text("Mine")
    assert texts(world) == {"Find out": "Mine"}
    assert page.said == []


def test_a_text_the_server_never_got_is_offered_again(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    cell(page, 0, 1).click(position={"x": 3, "y": 3})
    field = page.get_by_role("textbox", name="Actions at New step")
    expect(field).to_be_focused()
    page.route("**/cells/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.keyboard.type("Nearly lost")
    expect(page.locator("[data-status]").filter(has_text="Not saved")).to_be_visible()
    page.unroute("**/cells/**")
    page.goto(page.url)  # the tab is closed before the line is back
    page.get_by_role("button", name="Put it back").click()
    expect(field).to_have_value("Nearly lost")
    field.press("Control+Enter")
    expect(cell(page, 0, 1).locator(".inline-value")).to_have_text("Nearly lost")
    assert texts(committed_world) == {"Find out": "Nearly lost"}


def test_a_window_made_narrow_keeps_what_is_being_written(open_page, path):  # noqa: F811
    page = open_page(path)
    expect(page.get_by_role("grid")).to_be_visible()
    cell(page, 0, 1).click(position={"x": 3, "y": 3})
    field = page.get_by_role("textbox", name="Actions at New step")
    page.route("**/cells/**", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    field.fill("Half a sent")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("grid")).to_have_count(0)
    expect(page.locator("[data-grid] :is(th, td)[tabindex]")).to_have_count(0)
    expect(field).to_have_value("Half a sent")
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.get_by_role("grid")).to_be_visible()
    expect(page.locator("[data-grid] [tabindex='0']")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_it_is_accessible_and_stays_inside_its_page(open_page, path, scheme, width):  # noqa: F811
    page = open_page(path, color_scheme=scheme, viewport={"width": width, "height": 900})
    expect(page.locator("#map-table")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("grid")).to_have_count(1 if width > 640 else 0)

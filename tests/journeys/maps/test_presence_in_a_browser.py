"""Two people at one map, each in a browser: they see where the other writes and what was saved, without reload."""

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from journeys.queries.lanes import text_kind
from journeys.services import lanes, stages
from tests.browser import needed, violations
from tests.journeys.maps.test_grid_in_a_browser import cell, drawn, path, texts  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def at(browser, live_server, committed_world, client, sign_in, monkeypatch, path):  # noqa: F811
    """Returns a function that opens the map for somebody, in a browser of their own."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)

    def _at(member, query="", **options):
        client.cookies.clear()  # signing in over a session ends it
        cookie = sign_in(member).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(reduced_motion="reduce", bypass_csp=True, **options)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.goto(live_server.url + path + query)
        return page

    return _at


def write(page, lane, stage, words):
    cell(page, lane, stage).click()
    page.get_by_role("textbox", name="Actions").last.fill(words)


def people(page):
    return page.get_by_role("group", name="Also here").get_by_role("listitem")


def test_a_reader_sees_who_writes_where_and_then_the_text(committed_world, at):
    lea, ada = at(committed_world.lea), at(committed_world.ada)
    expect(people(lea)).to_have_text(["AAAda Admin"])
    write(ada, 0, 2, "I compare two offers")
    expect(cell(lea, 0, 2)).to_contain_text("Ada Admin is here")
    expect(cell(lea, 0, 2)).to_contain_text("I compare two offers")
    expect(lea.locator("#live")).to_have_text("Ada Admin changed Actions at New step.")
    assert violations(lea) == []
    ada.keyboard.press("Control+Enter")
    expect(cell(lea, 0, 2)).not_to_contain_text("is here")
    ada.close(run_before_unload=False)
    expect(people(lea)).to_have_count(0)
    assert lea.said == []


def test_two_in_one_cell_see_both_texts_and_nothing_is_lost(committed_world, at):
    ada, max_ = at(committed_world.ada), at(committed_world.max)
    cell(max_, 0, 1).click()
    field = max_.get_by_role("textbox", name="Actions at New step")
    expect(field).to_be_focused()
    expect(cell(ada, 0, 1)).to_contain_text("is here")
    write(ada, 0, 1, "Of Ada")
    ada.keyboard.press("Control+Enter")
    expect(cell(max_, 0, 1)).to_contain_text("Ada Admin saved another text here")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    field.fill("Of Max")
    both = cell(max_, 0, 1).locator("[data-conflict]")
    expect(both.locator("[data-theirs]")).to_have_text("Of Ada")
    expect(both.locator("[data-mine]")).to_have_text("Of Max")
    max_.get_by_role("button", name="Keep mine").click()
    expect(cell(ada, 0, 1)).to_contain_text("Of Max")
    assert texts(committed_world) == {"Find out": "Of Max"}
    assert ada.said == max_.said == []


def test_two_in_different_cells_never_meet_and_structure_is_offered(committed_world, at, drawn):  # noqa: F811
    ada, max_ = at(committed_world.ada), at(committed_world.max)
    write(ada, 0, 1, "Of Ada")
    write(max_, 0, 2, "Of Max")
    field = max_.get_by_role("textbox", name="Actions at New step")
    expect(cell(max_, 0, 1)).to_contain_text("Of Ada")
    expect(field).to_be_focused()
    expect(field).to_have_value("Of Max")
    expect(cell(ada, 0, 2)).to_contain_text("Of Max")
    with committed_world.inside():
        stages.add(drawn=drawn, name="Tell others", phase=drawn.stages.first().phase, by=committed_world.ada)
        lanes.add(drawn=drawn, kind=text_kind("quotes"), by=committed_world.ada)
    show = max_.get_by_role("button", name="Show it")
    expect(show).to_be_visible()
    assert violations(max_) == []
    assert max_.get_by_role("columnheader", name="Tell others").count() == 0
    field.fill("Of Max, and more")
    show.click()
    expect(max_.get_by_role("columnheader", name="Tell others")).to_be_visible()
    expect(show).to_have_count(0)
    expect(cell(max_, 0, 2)).to_contain_text("Of Max, and more")
    assert texts(committed_world) == {"Find out": "Of Ada", "Buy": "Of Max, and more"}
    assert ada.said == max_.said == []


def test_an_answer_about_what_stood_there_before_is_not_offered(committed_world, at, drawn):  # noqa: F811
    max_ = at(committed_world.max)
    with committed_world.inside():
        stages.add(drawn=drawn, name="Tell others", phase=drawn.stages.first().phase, by=committed_world.ada)
    show = max_.get_by_role("button", name="Show it")
    expect(show).to_be_visible()
    held = []

    def hold(route):
        is_whole = 'name="cells"' in (route.request.post_data or "")
        held.append(route) if is_whole and not held else route.continue_()

    max_.route("**/presence/**", hold)
    with committed_world.inside():
        lanes.add(drawn=drawn, kind=text_kind("quotes"), by=committed_world.ada)
    with max_.expect_request(lambda request: 'name="cells"' in (request.post_data or "")):
        pass
    show.click()
    expect(max_.get_by_role("columnheader", name="Tell others")).to_be_visible()
    with max_.expect_response("**/presence/**"):
        held[0].continue_()  # asked before the click, answered after what it asks about is shown
    with max_.expect_response("**/presence/**"):
        pass
    expect(show).to_have_count(0)
    assert max_.said == []

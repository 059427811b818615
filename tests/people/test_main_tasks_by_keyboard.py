"""The main task of each role, from Home to done, with the keyboard alone (keyboard.py says what that means)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from connectors.models import Feed
from insights.models import UpdateRequest
from journeys.models import Map, Suggestion, Touchpoint
from orgs.models import Comment, Invitation
from orgs.services import comments, threads
from tests.browser import needed
from tests.days import local_today
from tests.people.keyboard import Keyboard

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rows(committed_world):
    return committed_world.fill_acme()


@pytest.fixture
def at_home(site, page, wear):
    """Returns a function that opens Home as a member and gives the keyboard."""

    def _at_home(member):
        wear(page, member)
        page.goto(f"{site}/w/acme/")
        return Keyboard(page)

    return _at_home


def link(page, name, *, within="main", exact=True):
    return page.locator(within).get_by_role("link", name=name, exact=exact).first


def button(page, name):
    return page.locator("main").get_by_role("button", name=name, exact=True).first


def navigate(keys, name):
    """Open a page of the main navigation, and be at what it holds."""
    keys.use(link(keys.page, name, within="nav.nav"))
    expect(keys.page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()
    keys.skip()


def test_ada_invites_somebody(committed_world, at_home, page):
    keys = at_home(committed_world.ada)
    keys.use(page.locator("summary", has_text="Menu of Ada Admin"))
    keys.use(link(page, "People", within="header"))
    expect(page.get_by_role("heading", level=1, name="People")).to_be_visible()
    keys.skip()
    keys.follow(link(page, "Invite people"))
    keys.skip()
    keys.fill(page.get_by_label("E-mail address"), "nia@acme.test")
    keys.go(page.get_by_label("Role"))
    keys.type("Viewer")
    keys.use(button(page, "Invite"))
    expect(page.locator("main")).to_contain_text("nia@acme.test")
    with committed_world.inside():
        assert Invitation.objects.filter(email="nia@acme.test").values_list("role", flat=True).get() == "viewer"


def test_lea_accepts_an_offer_and_edits_what_is_now_hers(committed_world, rows, at_home, page):
    keys = at_home(committed_world.lea)
    keys.skip()
    keys.follow(page.locator("main li", has_text="Offered").get_by_role("link").first)
    keys.skip()
    keys.use(button(page, "Accept for Service"))
    edit = page.get_by_role("link", name="Edit Promise to the customer", exact=True)
    expect(edit).to_be_visible()
    keys.skip()
    keys.use(edit)
    typed = page.get_by_label("Promise to the customer", exact=True)
    expect(typed).to_be_focused()
    keys.look()
    keys.type("We call back within a day")
    keys.press("Control+Enter")
    expect(edit).to_be_focused()
    keys.look()
    with committed_world.inside():
        kept = Touchpoint.objects.get(pk=rows["touchpoint"].pk)
    assert (kept.accountability, kept.promise) == ("accepted", "We call back within a day")


def test_max_makes_a_journey_a_stage_a_step_and_places_a_touchpoint(committed_world, rows, at_home, page):
    keys = at_home(committed_world.max)
    navigate(keys, "Journeys")
    keys.follow(link(page, "New journey"))
    keys.skip()
    keys.fill(page.get_by_label("Title"), "A trip")
    keys.fill(page.get_by_label("Stages"), "Find out")
    keys.use(button(page, "Begin the map"))
    expect(page.get_by_label("New stage")).to_be_visible()  # the form was sent from #main: the answer begins there
    for place, name in (("New stage", "Buy"), ("New step in Buy", "I pay")):
        keys.fill(page.get_by_label(place, exact=True), name, back=name == "I pay")
        keys.press("Enter")
        expect(page.locator(f"input[name=name][value='{name}']")).to_be_visible()
        expect(page.get_by_label(place, exact=True)).to_be_focused()
        keys.look()
    keys.use(page.get_by_role("link", name="Touchpoint at I pay"), back=True)
    expect(page.get_by_label("Search, or type a new name")).to_be_focused()
    keys.look()
    keys.type("canary")
    keys.use(page.locator(".picker-found").get_by_role("button").filter(has_text=rows["touchpoint"].name))
    placed = link(page, rows["touchpoint"].name)
    expect(placed).to_be_visible()
    expect(page.get_by_role("link", name="Touchpoint at I pay")).to_be_focused()
    keys.look()
    with committed_world.inside():
        drawn = Map.objects.get(title="A trip")
        stages = [(stage.name, [step.name for step in stage.steps.all()]) for stage in drawn.stages.all()]
        assert stages == [("Find out", ["New step"]), ("Buy", ["I pay"])]
        step = drawn.stages.last().steps.last()
        assert [each.touchpoint_id for each in step.placements.all()] == [rows["touchpoint"].pk]


def test_ivo_pauses_a_feed_and_resumes_it(committed_world, rows, at_home, page):
    feed = rows["http_feed"]
    keys = at_home(committed_world.ivo)
    navigate(keys, "Connections")
    keys.follow(link(page, feed.name))
    for word, is_paused in (("Pause", True), ("Resume", False)):
        keys.skip()
        keys.use(button(page, word))
        expect(button(page, "Resume" if is_paused else "Pause")).to_be_visible()
        with committed_world.inside():
            assert bool(Feed.objects.get(pk=feed.pk).paused_at) is is_paused


def test_ivo_starts_to_set_an_upload_up(committed_world, at_home, page, tmp_path):
    file = tmp_path / "answers.csv"
    file.write_text("touchpoint,channel,stage,date,score\n" + "Call us,phone,1 Ask,2025-01-11,4\n" * 40)
    keys = at_home(committed_world.ivo)
    navigate(keys, "Connections")
    keys.follow(link(page, "Upload a file"))
    keys.skip()
    with page.expect_file_chooser() as chooser:
        keys.use(page.locator("input[type=file]"), "Space")
    chooser.value.set_files(str(file))
    keys.use(button(page, "Continue"))
    expect(page.get_by_role("heading", name="The first rows")).to_be_visible()
    keys.go(button(page, "Read the file"), most=60)  # each stop before it is a question about the file


def test_con_answers_what_is_asked_and_suggests_a_change(committed_world, rows, at_home, page):
    touchpoint = rows["touchpoint"]
    with committed_world.inside():
        asked = comments.write(
            about=touchpoint, text="Is this promise right?", by=committed_world.max, now=timezone.now()
        )
        due = local_today() + timedelta(days=7)
        given = {"assignee": committed_world.con, "due_on": due, "by": committed_world.max}
        threads.assign(thread=asked, now=timezone.now(), **given)
    keys = at_home(committed_world.con)
    keys.skip()
    keys.use(page.locator("main li", has_text="Is this promise right?").get_by_role("link").first)
    expect(page.locator(f"#c-{asked.pk}")).to_be_focused()
    thread = page.locator(f"#thread-{asked.pk}")
    keys.use(thread.locator("summary", has_text="Reply"))
    keys.fill(thread.get_by_label("Your comment"), "Not any more")
    keys.press("Control+Enter")
    expect(thread.get_by_text("Not any more").first).to_be_visible()
    page.wait_for_function("document.activeElement !== document.body")
    keys.look()
    keys.use(thread.get_by_role("button", name="Finish the task"))
    expect(thread.get_by_role("button", name="Finish the task")).to_have_count(0)
    page.wait_for_function("document.activeElement !== document.body")
    keys.look()
    keys.use(page.locator("summary", has_text="Suggest a change"))
    keys.press("Escape")
    promise = page.locator(".menu-panel").get_by_role("link", name="Promise to the customer", exact=True)
    expect(promise).to_be_hidden()
    keys.use(page.locator("summary", has_text="Suggest a change"))
    keys.follow(promise)
    keys.skip()
    keys.fill(page.locator("main form textarea").first, "We call back within two days")
    keys.use(button(page, "Send the suggestion"))
    expect(page.locator("#suggestions")).to_contain_text("We call back within two days")
    with committed_world.inside():
        assert Suggestion.objects.filter(by=committed_world.con, field="promise").count() == 1
        assert Comment.objects.get(pk=asked.pk).finished_at


def test_eli_asks_for_an_update(committed_world, rows, at_home, page):
    keys = at_home(committed_world.eli)
    navigate(keys, "Touchpoints")
    keys.follow(link(page, rows["touchpoint"].name))
    keys.skip()
    keys.follow(link(page, "Ask for an update"))
    keys.skip()
    keys.fill(page.get_by_label("What you want to know"), "The board asks")
    keys.use(button(page, "Ask"))
    expect(page.get_by_text("The board asks").first).to_be_visible()
    with committed_world.inside():
        assert UpdateRequest.objects.filter(by=committed_world.eli).count() == 1


@pytest.mark.parametrize("width", [1440, 390])
def test_vi_searches_filters_and_opens_a_touchpoint(committed_world, rows, at_home, page, width):
    page.set_viewport_size({"width": width, "height": 844})
    channel = rows["channel"]
    keys = at_home(committed_world.vi)
    navigate(keys, "Touchpoints")
    search = page.get_by_role("searchbox")
    keys.fill(search, "canary")
    page.wait_for_url("**/touchpoints/*q=canary*")
    expect(search).to_be_focused()
    select = page.locator("main").get_by_label("Channel").first
    if width < 640:
        keys.use(page.get_by_label("Filters", exact=True), "Space")
    keys.go(select)
    keys.type(channel.name)
    page.wait_for_url(f"**/touchpoints/*channel={channel.pk}*")
    expect(select).to_be_focused()
    keys.look()
    keys.use(link(page, rows["touchpoint"].name))
    expect(page.get_by_role("heading", level=1, name=rows["touchpoint"].name)).to_be_visible()

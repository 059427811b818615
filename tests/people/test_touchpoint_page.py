"""The page of a touchpoint in real browsers: two people, no connection, an ended session, the keyboard alone."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from playwright.sync_api import expect

from journeys.fields import EVERY
from journeys.models import Touchpoint
from journeys.services import systems, touchpoints
from orgs.models import AuditEntry
from tests.browser import needed, violations
from tests.people.test_upload import sign_in

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture
def hotline(committed_world):
    with committed_world.inside():
        values = {"name": "Phone hotline", "promise": "Old promise", "description": "Old words"}
        return touchpoints.create(values=values, by=committed_world.ada, now=NOW)


@pytest.fixture
def visit(browser, site, hotline):
    """Returns a function that signs somebody in to a browser of their own and opens the touchpoint."""

    def _visit(member, **options):
        context = browser.new_context(bypass_csp=True, reduced_motion="reduce", **options)
        page = context.new_page()
        sign_in(page, site, member)
        page.goto(f"{site}/w/acme/touchpoints/{hotline.pk}/")
        return page

    return _visit


def field(page, key):
    return page.locator(f"main [id^='touchpoint-'][id$='-{key}']")


def open_field(page, name):
    """Open a field and wait for its form: it carries the version that was read, so a test may change it after."""
    page.get_by_role("link", name=f"Edit {name}", exact=True).click()
    control = page.get_by_label(name, exact=True)
    expect(control).to_be_visible(timeout=30_000)
    return control


def held(world, key):
    with world.inside():
        return getattr(Touchpoint.objects.get(), key)


def told(world, key):
    """What history says the field became, oldest first."""
    with world.inside():
        found = AuditEntry.objects.filter(action="touchpoint.edit", after__has_key=key).order_by("pk")
        return [entry.after[key] for entry in found]


def test_two_people_edit_different_fields_at_once(committed_world, visit):
    max_, ada = visit(committed_world.max), visit(committed_world.ada)
    open_field(max_, "Promise to the customer").fill("Max promises")
    open_field(ada, "What the customer meets").fill("Ada describes")
    for page, key in ((max_, "promise"), (ada, "description")):
        expect(field(page, key).locator("[data-status]")).to_contain_text("Saved ")
        page.keyboard.press("Control+Enter")
        expect(field(page, key).locator(".inline-edit")).to_be_focused()
    assert (held(committed_world, "promise"), held(committed_world, "description")) == ("Max promises", "Ada describes")


def test_a_press_that_lasts_opens_the_next_field_though_the_one_above_it_closes(committed_world, visit):
    page = visit(committed_world.max)
    open_field(page, "Promise to the customer")
    page.get_by_role("link", name="Edit Channel", exact=True).click(delay=400)
    expect(page.get_by_label("Channel", exact=True)).to_be_visible()
    expect(page.get_by_label("Promise to the customer", exact=True)).to_have_count(0)


def test_two_people_edit_the_same_field_and_neither_text_is_lost(committed_world, visit):
    max_, ada = visit(committed_world.max), visit(committed_world.ada)
    hers = open_field(ada, "Promise to the customer")
    open_field(max_, "Promise to the customer").fill("Max promises")
    max_.keyboard.press("Control+Enter")
    expect(field(max_, "promise")).to_contain_text("Max promises")
    hers.fill("Ada promises")
    clash = ada.locator("[data-conflict]")
    expect(clash.locator("[data-mine]")).to_have_text("Ada promises")
    expect(clash.locator("[data-theirs]")).to_have_text("Max promises")
    assert violations(ada) == []
    ada.get_by_text("Edit both together").click()
    together = ada.get_by_label("Promise to the customer", exact=True)
    expect(together).to_have_value("Max promises\n\nAda promises")
    together.fill("Both promise")
    ada.keyboard.press("Control+Enter")
    expect(field(ada, "promise").locator(".inline-value")).to_have_text("Both promise")
    assert told(committed_world, "promise") == ["Max promises", "Both promise"]


def test_keep_mine_and_keep_theirs(committed_world, visit, hotline):
    page = visit(committed_world.max)
    for choice, kept in (("Keep mine", "Mine at first"), ("Keep theirs", "Theirs")):
        typed = open_field(page, "Promise to the customer")
        with committed_world.inside():
            now = Touchpoint.objects.get()
            touchpoints.edit(
                touchpoint=now, version=now.version, changes={"promise": "Theirs"}, by=committed_world.ada, now=NOW
            )
        typed.fill("Mine at first" if choice == "Keep mine" else "Mine once more")
        page.get_by_text(choice).click()
        expect(field(page, "promise").locator(".inline-value")).to_have_text(kept)
        assert held(committed_world, "promise") == kept
    page.reload()
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)


def test_what_is_typed_offline_is_kept_said_and_sent_once_the_connection_is_back(committed_world, visit):
    page = visit(committed_world.max)
    typed = open_field(page, "Promise to the customer")
    page.context.set_offline(True)
    typed.fill("Typed in a tunnel")
    expect(field(page, "promise").locator("[data-status]")).to_contain_text("no connection")
    typed.press_sequentially(", and on")
    assert held(committed_world, "promise") == "Old promise"
    page.context.set_offline(False)
    expect(field(page, "promise").locator("[data-status]")).to_contain_text("Saved ", timeout=15_000)
    assert told(committed_world, "promise")[-1] == "Typed in a tunnel, and on"


def test_an_answer_lost_on_the_way_makes_no_second_entry_and_no_conflict(committed_world, visit):
    page = visit(committed_world.max)
    lost = []

    def lose_the_first(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    page.route("**/fields/promise/", lose_the_first)
    typed = open_field(page, "Promise to the customer")
    typed.fill("Heard, not answered")
    expect(field(page, "promise").locator("[data-status]")).to_contain_text("no connection")
    typed.fill("Heard, not answered, typed on")
    expect(field(page, "promise").locator("[data-status]")).to_contain_text("Saved ")
    expect(page.locator("[data-conflict]")).to_have_count(0)
    assert told(committed_world, "promise") == ["Heard, not answered", "Heard, not answered, typed on"]


def test_a_session_that_ends_in_the_middle_keeps_the_text_and_offers_it_again(committed_world, visit, site):
    page = visit(committed_world.max)
    typed = open_field(page, "Promise to the customer")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    typed.fill("Typed while signed out")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert held(committed_world, "promise") == "Old promise"
    page.keyboard.press("Escape")
    expect(typed).to_have_value("Typed while signed out")
    page.get_by_role("link", name="Sign in and come back").click()
    page.get_by_label("Email").fill(committed_world.max.user.email)
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    page.keyboard.press("Enter")
    expect(field(page, "promise").locator(".inline-value")).to_have_text("Old promise")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Promise to the customer", exact=True)).to_have_value("Typed while signed out")
    page.keyboard.press("Control+Enter")
    expect(field(page, "promise").locator(".inline-value")).to_have_text("Typed while signed out")
    assert told(committed_world, "promise") == ["Typed while signed out"]


def test_signing_in_again_in_another_tab_is_enough(committed_world, visit, site):
    page = visit(committed_world.max)
    typed = open_field(page, "Promise to the customer")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    typed.fill("Typed while signed out")
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    other = page.context.new_page()
    sign_in(other, site, committed_world.max)
    other.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(field(page, "promise").locator("[data-status]")).to_contain_text("Saved ")
    assert held(committed_world, "promise") == "Typed while signed out"


def test_every_field_is_edited_by_keyboard_alone(committed_world, visit):
    with committed_world.inside():
        systems.find_or_create("CRM", by=committed_world.ada)
    page = visit(committed_world.max)
    for each in EVERY:
        link = page.get_by_role("link", name=f"Edit {each.label}", exact=True)
        link.focus()
        page.keyboard.press("F2" if each.kind == "text" else "Enter")
        control = field(page, each.key).locator("[name=value]").first
        expect(control).to_be_focused()
        if each.kind in {"text", "long_text"}:
            page.keyboard.press("Control+a")
            page.keyboard.type(f"Typed {each.key}")
        elif each.kind == "day":
            page.keyboard.type("03312026")
        elif each.kind == "records":
            page.keyboard.press("Space")
        else:
            page.keyboard.press("ArrowUp" if each.kind == "flag" else "ArrowDown")
        page.keyboard.press("Control+Enter")
        expect(link).to_be_focused()
    with committed_world.inside():
        changed = {key for entry in AuditEntry.objects.filter(action="touchpoint.edit") for key in entry.after}
    assert changed >= {each.key for each in EVERY} - {"channel", "designed_by", "built_by", "tested_by", "run_by"}


def test_escape_puts_back_tab_saves_and_the_toast_undoes(committed_world, visit):
    page = visit(committed_world.max)
    open_field(page, "Promise to the customer").fill("Not meant")
    expect(field(page, "promise").locator("[data-status]")).to_contain_text("Saved ")
    page.keyboard.press("Escape")
    expect(field(page, "promise").locator(".inline-value")).to_have_text("Old promise")
    open_field(page, "Promise to the customer").fill("Meant")
    page.keyboard.press("Tab")
    expect(field(page, "promise").locator(".inline-value")).to_have_text("Meant")
    expect(page.locator("#history")).to_contain_text("Max changed the promise")
    page.locator("[data-undo-toast]").get_by_role("button", name="Undo").click()
    expect(field(page, "promise").locator(".inline-value")).to_have_text("Old promise")
    assert held(committed_world, "promise") == "Old promise"


def test_a_closed_tab_leaves_a_draft_that_is_offered_not_applied(committed_world, visit):
    page = visit(committed_world.max)
    address = page.url
    page.route(
        "**/fields/promise/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    open_field(page, "Promise to the customer").fill("Never sent")
    context = page.context
    page.wait_for_timeout(300)  # the browser writes down what is kept a moment later than it says; no hand is as fast
    page.close()
    page = context.new_page()
    page.goto(address)
    expect(field(page, "promise").locator(".inline-value")).to_have_text("Old promise")
    assert violations(page) == []
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)
    assert held(committed_world, "promise") == "Old promise"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_an_open_field_and_its_history_are_accessible(committed_world, visit, scheme):
    page = visit(committed_world.max, color_scheme=scheme, viewport={"width": 390, "height": 844})
    assert violations(page) == []
    for name in ("Promise to the customer", "Channel", "Name"):
        open_field(page, name)
    assert violations(page) == []
    page.goto(f"{page.url.split('#')[0]}history/")
    assert violations(page) == []


def test_a_viewer_reads_plain_text(committed_world, visit):
    page = visit(committed_world.vi)
    expect(page.get_by_text("Old promise").first).to_be_visible()
    expect(page.locator(".inline-edit")).to_have_count(0)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)

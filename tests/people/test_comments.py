"""Commenting in a real browser: names after @ by keyboard, drafts that survive, deep links, the inbox."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from orgs.models import Comment
from tests.browser import needed, violations
from tests.orgs.comments.desk import owned_touchpoint, say
from tests.people.test_upload import sign_in

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def touchpoint(committed_world):
    return owned_touchpoint(committed_world)


def place(site, touchpoint):
    return f"{site}/w/acme/touchpoints/{touchpoint.pk}/"


def test_ivo_mentions_eli_by_keyboard_and_eli_finds_it(committed_world, touchpoint, site, page):
    sign_in(page, site, committed_world.ivo)
    page.goto(place(site, touchpoint))
    field = page.get_by_label("Your comment").last
    field.focus()
    page.keyboard.type("Ask @l")
    expect(page.get_by_role("option", name="Lea")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]").get_by_role("option")).to_have_count(0)
    page.keyboard.press("Backspace")
    page.keyboard.type("eli")
    expect(page.get_by_role("option", name="Eli")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Enter")
    expect(field).to_have_value("Ask @Eli ")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comment .mention")).to_have_text("@Eli")
    expect(page.get_by_label("Your comment").last).to_have_value("")
    assert violations(page) == []
    page.context.clear_cookies()
    sign_in(page, site, committed_world.eli)
    page.get_by_role("link", name="Inbox").click()
    assert violations(page) == []
    page.get_by_role("link", name="Unread: Ivo mentioned you").click()
    expect(page.locator(".comment:target")).to_contain_text("Ask @Eli")
    expect(page.locator(".comment:target")).to_be_focused()


def test_a_draft_survives_a_closed_tab_and_an_expired_session(committed_world, touchpoint, site, page):
    sign_in(page, site, committed_world.ivo)
    page.goto(place(site, touchpoint))
    page.get_by_label("Your comment").fill("Typed, not sent")
    page.goto(f"{site}/w/acme/inbox/")
    page.goto(place(site, touchpoint))
    expect(page.get_by_label("Your comment")).to_have_value("")
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Your comment")).to_have_value("Typed, not sent")
    cookies = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.context.add_cookies(cookies)
    page.goto(place(site, touchpoint))
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment-text")).to_have_text("Typed, not sent")
    page.reload()
    expect(page.get_by_role("button", name="Put it back")).to_be_hidden()
    with committed_world.inside():
        assert Comment.objects.read_by(committed_world.ivo).count() == 1


def test_the_number_of_an_old_comment_in_the_address_finds_it(committed_world, touchpoint, site, page):
    first = say(committed_world, touchpoint, committed_world.ivo, "The very first")
    for number in range(25):
        say(committed_world, touchpoint, committed_world.ivo, f"Later {number}")
    sign_in(page, site, committed_world.vi)
    page.goto(f"{place(site, touchpoint)}#c-{first.pk}")
    expect(page.locator(f"#c-{first.pk}")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["text", "deletion", "assignment", "mails"])
def test_the_small_pages_are_accessible(committed_world, touchpoint, site, page, scheme, path):
    comment = say(committed_world, touchpoint, committed_world.ivo)
    sign_in(page, site, committed_world.ivo)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{site}/w/acme/inbox/mails/" if path == "mails" else f"{site}/w/acme/comments/{comment.pk}/{path}/")
    assert violations(page) == []

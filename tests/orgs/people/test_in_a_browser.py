"""The pages of people and settings in a real browser: accessible in both themes, and no wider than a phone."""

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from orgs.models import User
from tests.browser import needed, violations
from tests.orgs.people.inviting import link

pytestmark = [pytest.mark.browser, needed]
PAGES = ["people/", "people/{member}/", "people/{member}/removal/", "invitations/", "invitations/link/"]
PAGES += ["invitations/list/", "settings/", "settings/departments/", "settings/phases/", "settings/channels/"]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")], ids=["laptop-light", "phone-dark"])
def test_the_pages_are_accessible_and_fit(browser, live_server, committed_world, sign_in, monkeypatch, width, scheme):
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    world = committed_world
    rows = world.fill_acme()
    User.objects.filter(pk=world.vi.user_id).update(name="V" * 200)
    _, path = link(world)
    cookie = sign_in(world.ada).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(
        reduced_motion="reduce",
        bypass_csp=True,
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    ours = [f"/w/acme/{each}".format(member=rows["member"].pk) for each in PAGES]
    for address in [*ours, "/profile/", path]:
        page.goto(live_server.url + address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") == width, address
    context.clear_cookies()
    page.goto(live_server.url + path)
    assert violations(page) == []


def test_a_link_to_pass_on_is_copied(browser, live_server, committed_world, sign_in, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    cookie = sign_in(committed_world.ada).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/w/acme/invitations/link/")
    page.get_by_label("Role").select_option("viewer")
    page.get_by_role("button", name="Make the link").click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.locator("#live")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#link-1").input_value()

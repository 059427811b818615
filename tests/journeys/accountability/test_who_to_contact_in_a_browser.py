"""On a phone: a viewer types what the customer says, and finds the person and a number to press; it fits."""

import pytest
from django.conf import settings
from django.db import connection

from journeys.models import Touchpoint
from orgs.models import Contact
from tests.browser import needed, violations
from tests.journeys.accountability.test_who_to_contact import need

pytestmark = [pytest.mark.browser, needed]
WORDS = "my card was stolen"


@pytest.fixture
def on_a_phone(browser, live_server, committed_world, sign_in, monkeypatch):
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    world = committed_world
    with world.inside():
        owner = {"accountability": "accepted", "accountable_department": world.service}
        spots = [Touchpoint.objects.create(name=name, **owner) for name in ("Hotline", "Letter")]
        spots.append(Touchpoint.objects.create(name="Lost cards"))
        Contact.objects.create(department=world.service, phone="+49 (0)30 123", hours=[[0, 0, 1440]])
    need(world, "My card is gone", spots[0], spots[2], description="It was stolen or lost")
    cookie = sign_in(world.vi).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True, viewport={"width": 390, "height": 800})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/w/acme/")
    yield page
    context.close()


def test_somebody_on_the_phone_finds_the_person_and_the_number(on_a_phone):
    page = on_a_phone
    page.get_by_text("Menu of Vi").locator("..").click()
    page.get_by_role("link", name="Who to contact").click()
    page.get_by_role("searchbox").press_sequentially(WORDS)
    page.wait_for_url("**/contacts/?q=*")
    page.get_by_role("heading", name="Letter").wait_for(state="detached")
    entry = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="My card is gone"))
    call = entry.get_by_role("link", name="+49 (0)30 123")
    assert call.get_attribute("href") == "tel:+4930123"
    who = entry.get_by_text("Lea", exact=True)
    assert who.bounding_box()["y"] < call.bounding_box()["y"] < 800 - 56  # seen without scrolling, above the bar
    assert entry.get_by_text("No department answers for it yet.").is_visible()
    assert page.get_by_role("link", name="Change").count() == 0  # a viewer reads
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

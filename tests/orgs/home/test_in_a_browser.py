"""Home, the list of what is off target and the pages of updates: accessible in both themes, no wider than a phone."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from insights.services import requests
from tests.browser import needed, violations
from tests.days import local_today

pytestmark = [pytest.mark.browser, needed]
PAGES = ["", "off-target/", "update-requests/?state=all", "kpis/{kpi}/updates/", "touchpoints/{touchpoint}/"]
PAGES += ["touchpoints/{touchpoint}/update-requests/", "update-requests/{update_request}/refusal/", "maps/{map}/"]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")], ids=["laptop-light", "phone-dark"])
def test_the_pages_are_accessible_and_fit(browser, live_server, committed_world, sign_in, monkeypatch, width, scheme):
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    world = committed_world
    rows = world.fill_acme()
    with world.inside():
        today = local_today()
        asked = {"due_on": today + timedelta(days=3), "note": "n" * 500, "now": timezone.now(), "today": today}
        requests.ask(about=rows["kpi"], by=world.eli, **asked)
    cookie = sign_in(world.ada).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(
        reduced_motion="reduce",
        bypass_csp=True,
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    ids = {name: rows[name].pk for name in ("kpi", "touchpoint", "map", "update_request")}
    for address in [f"/w/acme/{each}".format(**ids) for each in PAGES]:
        page.goto(live_server.url + address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") == width, address

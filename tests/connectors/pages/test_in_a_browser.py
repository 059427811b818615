"""The IT pages in a real browser: accessible in both themes and widths, nothing wider than the window, no error."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from connectors.base import Rejected, SetupProblem
from connectors.models import Connection
from connectors.services import schedules, secrets
from tests.browser import needed, violations
from tests.connectors.running.desk import answers, connect, hourly, raising, refresh

pytestmark = [pytest.mark.browser, needed]

LONG = "بيانات 😀 " + "w" * 190


@pytest.fixture
def addresses(committed_world, bell):
    """The pages of a feed with all there is to show: trouble, a key that expires, rejected rows, a backfill."""
    world = committed_world
    there = connect(world, LONG)
    bell.answer = raising(SetupProblem("The source refused the key. Enter a new one."))
    refresh(world, hourly(world, there, LONG))

    def _answer(ask):
        yield Rejected(1, "The score is not a number", "x")
        yield from answers("2026-05-11")(ask)

    bell.answer = _answer
    feed = hourly(world, there, "Rings")
    run = refresh(world, feed)
    with world.inside():
        Connection.objects.filter(pk=there.pk).update(kind="bell")
        soon = timezone.now().date() + timedelta(days=5)
        how = {"field": "secret", "text": "x", "origin": "https://a.test:443", "expires_on": soon}
        secrets.keep(connection=there, by=world.ivo, **how)
        day = date(2026, 5, 1)
        schedules.backfill(feed=feed, first=day, last=day, today=day, by=world.ivo)
    slug = world.acme.slug
    return [
        reverse("connections", args=[slug]),
        reverse("feed", args=[slug, feed.pk]),
        reverse("run", args=[slug, run.pk]),
        reverse("feed_backfill", args=[slug, feed.pk]),
        reverse("data_sheet", args=[slug, "http_json"]),
    ]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_they_are_accessible_and_fit(
    browser, live_server, committed_world, addresses, sign_in, monkeypatch, width, scheme
):
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    cookie = sign_in(committed_world.ivo).cookies[settings.SESSION_COOKIE_NAME].value
    look = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "reduced_motion": "reduce"}
    context = browser.new_context(bypass_csp=True, **look)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(f"{message.text} {message.location}"))
    for address in addresses:
        page.goto(live_server.url + address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert said == []

"""In a real browser: a feed is set up, its secret is there to copy, and every page is readable."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import expect

from connectors.models import Feed
from tests.browser import needed, violations
from tests.connectors.push.desk import Sender, day_ago, items, row

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def page(browser, live_server, committed_world, sign_in, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    cookie = sign_in(committed_world.ivo).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, bypass_csp=True)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context.new_page()


def test_a_feed_is_set_up_and_its_first_message_seen(committed_world, page, live_server):
    page.goto(f"{live_server.url}/w/acme/connections/push/new/")
    expect(page.get_by_label("Header with the signature")).to_be_hidden()
    assert violations(page) == []
    page.get_by_label("Name of this feed").fill("Survey tool")
    page.get_by_label("Path to the rows").fill("data.items")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Say which field holds the score.")
    assert violations(page) == []
    for label, text in {
        "Path to the touchpoint": "touchpoint",
        "Path to the date": "answered_at",
        "Path to the score": "score",
        "Lowest score": "1",
        "Highest score": "5",
    }.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Satisfaction, mean score").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Copy the secret now")).to_be_visible()
    secret = page.get_by_label("Signing secret", exact=True).input_value()
    assert violations(page) == []
    with committed_world.inside():
        feed = Feed.objects.get(connection__kind="push")
    assert (
        Sender(committed_world, Client(), feed, secret).send(items(row(day_ago(2), 4)), "msg_first").status_code == 202
    )
    page.goto(f"{live_server.url}/w/acme/connections/push/{feed.pk}/")
    expect(page.get_by_text("msg_first")).to_be_visible()
    expect(page.get_by_text("Copy the secret now")).to_have_count(0)
    assert violations(page) == []

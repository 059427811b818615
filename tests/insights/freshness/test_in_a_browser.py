"""A page that stays open shows that a number has grown stale, and leaves alone what the person is typing."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from playwright.sync_api import expect

from cxhub.web import polls
from insights.models import Source
from insights.services import sources, trust
from orgs.scope import scope
from tests.browser import needed, violations
from tests.insights.numbers import answers, new_kpi, told
from tests.world import lay_out

pytestmark = [pytest.mark.browser, needed]
MAY = date(2018, 5, 7)


@pytest.fixture
def kpi(committed_world):
    with committed_world.inside():
        kpi = new_kpi(committed_world, interval_minutes=60)
        part = told(kpi, {MAY: answers(*[4] * 40), date(2018, 5, 8): answers(*[4] * 40)})
        later = timezone.now()
        told(kpi, {MAY: answers(*[5] * 40), date(2018, 5, 8): answers(*[4] * 40)}, part_of=part, now=later)
        trust.name_owner(kpi=kpi, owner=committed_world.con, by=committed_world.ada)
        kpi.map = lay_out("A trip", [kpi.touchpoint], committed_world.ada)
        return kpi


@pytest.fixture
def open_page(browser, live_server, committed_world, sign_in, monkeypatch):
    """Returns a function that opens a path as somebody, on a page that asks each second."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    monkeypatch.setattr(polls, "SECONDS", 1)

    def _open(path, member):
        cookie = sign_in(member).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, bypass_csp=True)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.goto(live_server.url + path)
        return page

    return _open


def grow_stale(world):
    with scope(world.acme.pk):
        source = Source.objects.get(name="Survey")
        sources.failed(source, trouble="The source refused the key.", run_path="")
        Source.objects.filter(pk=source.pk).update(refreshed_at=timezone.now() - timedelta(hours=3))


def test_the_tile_turns_stale_and_typed_text_stays(committed_world, kpi, open_page):
    page = open_page(f"/w/acme/touchpoints/{kpi.touchpoint_id}/?per=day&at=2018-05-08", committed_world.ivo)
    expect(page.locator('.kpi[data-freshness="fresh"]')).to_have_count(2)  # the score above, the KPI below
    page.get_by_text("Dispute this number").click()
    page.get_by_label("What is not right, and how do you know?").fill("Half the desks")
    grow_stale(committed_world)
    expect(page.locator('.kpi[data-freshness="stale"]')).to_have_count(2, timeout=15_000)
    expect(page.locator(".kpi").get_by_text("The source refused the key on").first).to_be_visible()
    expect(page.get_by_label("What is not right, and how do you know?")).to_have_value("Half the desks")
    expect(page.get_by_label("What is not right, and how do you know?")).to_be_focused()
    assert violations(page) == []
    page.get_by_role("button", name="Dispute", exact=True).click()
    expect(page.locator(".kpi").get_by_text("Disputed").first).to_be_visible()
    assert violations(page) == []
    assert page.said == []


@pytest.mark.parametrize("where", ["list", "map"])
def test_list_and_map_turn_stale_too_and_go_on_asking(committed_world, kpi, open_page, where):
    path = {"list": "/w/acme/touchpoints/", "map": f"/w/acme/maps/{kpi.map.pk}/"}[where]
    page = open_page(path, committed_world.vi)
    expect(page.locator("table").get_by_text("4.50").first).to_be_visible()
    grow_stale(committed_world)
    expect(page.locator('table [data-status="stale"]').first).to_be_visible(timeout=15_000)
    expect(page.locator("#poll")).to_have_count(1)
    with committed_world.inside():
        sources.refreshed(kpi.source, at=timezone.now(), data_through=None, run_path="")
    expect(page.locator('table [data-status="stale"]')).to_have_count(0, timeout=15_000)
    assert violations(page) == []
    assert page.said == []

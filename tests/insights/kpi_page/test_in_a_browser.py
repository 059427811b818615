"""The chart is read by keyboard, period by period; the page is sound in both themes and on a phone."""

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import expect

from tests.browser import needed, violations

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def world(committed_world):
    return committed_world


@pytest.fixture
def open_page(browser, live_server, world, sign_in, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)

    def _open(path, member, **how):
        cookie = sign_in(member).cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(bypass_csp=True, **how)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return _open


def test_arrow_keys_read_the_chart_period_by_period(world, kpi, open_page):
    page = open_page(f"/w/acme/kpis/{kpi.pk}/?per=year&at=2018-05-07", world.vi)
    probe = page.get_by_role("slider")
    probe.focus()
    expect(page.locator(".trend-readout")).to_contain_text("2018: 4.60")
    expect(page.locator(".trend-readout")).to_contain_text("target 4.00 · On target")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".trend-readout")).to_contain_text("2017: 3.00")
    assert "target 3.50" in probe.get_attribute("aria-valuetext")
    page.keyboard.press("End")
    expect(probe).to_have_attribute("aria-valuetext", page.locator(".trend-readout").inner_text())
    expect(page.locator(".trend-readout")).to_contain_text("2018: 4.60")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_is_sound(world, kpi, open_page, theme, width):
    size = {"width": width, "height": 900}
    page = open_page(f"/w/acme/kpis/{kpi.pk}/", world.max, color_scheme=theme, viewport=size)
    expect(page.get_by_role("slider")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_periods_are_named_whole_on_a_phone(world, kpi, open_page):
    for query in ("?per=day&at=2018-05-07", "?per=week&at=2018-05-07", "?per=month", "?per=year"):
        page = open_page(f"/w/acme/kpis/{kpi.pk}/{query}", world.vi, viewport={"width": 390, "height": 844})
        expect(page.get_by_role("slider")).to_be_visible()
        boxes = page.locator(".trend-periods text").evaluate_all(
            "all => all.map((each) => each.getBoundingClientRect())"
        )
        assert boxes
        assert all(box["left"] >= 0 and box["right"] <= 390 for box in boxes), query
        ends = sorted((box["left"], box["right"]) for box in boxes)
        assert all(one[1] <= other[0] for one, other in zip(ends, ends[1:], strict=False)), query

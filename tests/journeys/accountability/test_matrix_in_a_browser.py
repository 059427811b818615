"""The ownership matrix by keyboard alone: moved in, a cell opened, changed, closed; accessible with a choice open."""

import pytest
from django.conf import settings
from django.db import connection

from journeys.models import Involvement, Touchpoint
from tests.browser import needed, violations

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def at_the_matrix(browser, live_server, committed_world, sign_in, monkeypatch):
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    with committed_world.inside():
        Touchpoint.objects.create(name="Hotline")
        Touchpoint.objects.create(name="Letter")
    cookie = sign_in(committed_world.max).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True, viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/w/acme/ownership/")
    yield page
    context.close()


def focused(page):
    return page.evaluate("document.activeElement.closest('[id]').id")


def test_a_role_is_given_by_keyboard(at_the_matrix, committed_world):
    page = at_the_matrix
    with committed_world.inside():
        ids = dict(Touchpoint.objects.values_list("name", "pk"))
    hotline, letter = (f"role-{ids[name]}-{committed_world.service.pk}" for name in ("Hotline", "Letter"))
    assert page.get_by_role("grid").count() == 1
    page.locator(f"#{hotline}").focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == letter
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{letter} .role-choice :focus")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector(f"#{letter} .inline-edit")
    assert focused(page) == letter
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{letter} .role-choice :focus")
    page.keyboard.press("ArrowUp")  # from no role to informed
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{letter} .role-cell [data-tone=R]")
    assert focused(page) == letter
    assert page.get_by_role("link", name="Nobody responsible: 1").count() == 1
    assert page.locator(f"#{letter} .role-who").is_visible()
    with committed_world.inside():
        assert Involvement.objects.get().role == "R"


def test_a_phone_shows_who_is_behind_each_letter_and_is_no_wider(at_the_matrix, committed_world):
    page = at_the_matrix
    with committed_world.inside():
        for made in Touchpoint.objects.all():
            Involvement.objects.create(touchpoint=made, department=committed_world.service, role="C")
    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()
    assert page.get_by_text("Consulted: Lea").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.get_by_role("grid").count() == 0
    assert violations(page) == []

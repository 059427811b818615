"""Keys and the API reference in a real browser: accessible, no wider than a phone, asking nobody else."""

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from orgs.services import keys
from tests.api.test_schema import OPERATIONS
from tests.browser import needed, violations

pytestmark = [pytest.mark.browser, needed]


@pytest.fixture
def open_as(browser, live_server, committed_world, sign_in, monkeypatch):
    """Returns a function that opens a page as Ivo, and the list of what it asked for and complained of."""
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)

    def _open(path, *, width=1440, scheme="light", bypass_csp=True):
        cookie = sign_in(committed_world.ivo).cookies[settings.SESSION_COOKIE_NAME].value
        view = {"width": width, "height": 900}
        context = browser.new_context(
            reduced_motion="reduce", bypass_csp=bypass_csp, color_scheme=scheme, viewport=view
        )
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page, asked, complaints = context.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        return page, asked, complaints

    return _open


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")], ids=["laptop-light", "phone-dark"])
def test_the_pages_are_accessible_and_fit(open_as, committed_world, width, scheme):
    with committed_world.inside():
        for name in ("Warehouse", "W" * 100, "مستودع 🚚"):
            keys.make(name=name, scopes=["kpis:read"], days=90, now=timezone.now(), by=committed_world.ivo)
    page, _asked, _complaints = open_as("/w/acme/keys/", width=width, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page, _asked, _complaints = open_as("/w/acme/api-reference/", width=width, scheme=scheme)
    page.wait_for_selector(".opblock")
    page.evaluate("document.querySelector('#api-reference').remove()")  # what Swagger UI draws is its own
    assert violations(page) == []


def test_the_reference_lists_the_operations_and_asks_nobody_else(open_as, live_server):
    page, asked, complaints = open_as("/w/acme/api-reference/", bypass_csp=False)
    page.wait_for_selector(".opblock")
    assert page.locator(".opblock").count() == len(OPERATIONS)
    assert {address.split("/", 3)[2] for address in asked if not address.startswith("data:")} == {
        live_server.url.split("/", 3)[2]
    }
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == 1440


def test_trying_an_operation_out_asks_in_the_persons_name(open_as):
    page, _asked, _complaints = open_as("/w/acme/api-reference/", bypass_csp=False)
    page.locator(".opblock-summary", has_text="/kpis/").first.click()
    page.get_by_role("button", name="Try it out").first.click()
    page.get_by_role("button", name="Execute").first.click()
    page.wait_for_selector(".live-responses-table .response")
    assert page.locator(".live-responses-table .response-col_status").last.inner_text().startswith("200")

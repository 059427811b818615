"""A browser page of somebody, with what the console says kept."""

import pytest
from django.conf import settings
from django.db import connection


@pytest.fixture
def open_as(browser, live_server, committed_world, sign_in, monkeypatch):
    """Returns a function that opens a page of Acme as a member, in a browser of its own or in one given."""
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)

    def _open(member, path="", context=None, **options):
        options = {"viewport": {"width": 1440, "height": 900}, **options}
        context = context or browser.new_context(reduced_motion="reduce", bypass_csp=True, **options)
        cookie = sign_in(member).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/w/acme/{path}")
        return page

    return _open

"""What the Overview sends to a browser that has nothing yet: how many files, and how many bytes of each kind.

Questions to the database and the HTML of fifty journeys are in test_page.py; CPU and paint in `make bench`.
"""

import gzip
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection

from tests.browser import needed
from tests.insights.overview.company import BAD, GOOD, company, headline, kpi

pytestmark = [pytest.mark.browser, needed]
URL = "/w/acme/overview/"
# UX.md 2.12: bytes over the network, compressed.
KB = 1024
MOST_REQUESTS, ALL, HTML, JS, COMMON_CSS = 6, 80 * KB, 30 * KB, 35 * KB, 12 * KB


@pytest.fixture
def requested(browser, live_server, committed_world, sign_in, monkeypatch):
    """The paths that a new browser asks for, of a company of twelve journeys."""
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    with committed_world.inside():
        company(committed_world, 12)
        headline(kpi(committed_world, None, [GOOD, BAD], owner=committed_world.con))
    cookie = sign_in(committed_world.eli).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + URL, wait_until="networkidle")
    yield [urlsplit(url).path for url in asked if not url.startswith("data:")]
    context.close()


def test_few_files_and_few_bytes(requested, client):
    assert len(requested) == len(set(requested)) <= MOST_REQUESTS
    html = len(gzip.compress(client.get(URL).content))
    sizes = {path: packed(path) for path in requested if path != URL}
    scripts = sum(size for path, size in sizes.items() if path.endswith(".js"))
    assert html <= HTML
    assert scripts <= JS
    assert sizes["/static/css/app.css"] <= COMMON_CSS
    assert html + sum(sizes.values()) <= ALL


def packed(path):
    """The size of a static file as production sends it."""
    with open(finders.find(path.removeprefix(settings.STATIC_URL)), "rb") as file:
        return len(gzip.compress(file.read()))

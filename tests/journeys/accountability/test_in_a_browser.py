"""The pages of offers, suggestions and the queue in a real browser: accessible in both themes, laptop and phone."""

import pytest
from django.conf import settings
from django.db import connection

from tests.browser import needed, violations

pytestmark = [pytest.mark.browser, needed]


def test_every_page_is_accessible(browser, live_server, committed_world, sign_in, monkeypatch):
    # A thread of the live server must not hold its connection: the database is dropped at the end.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    rows = committed_world.fill_acme()
    touchpoint, offer, suggestion = (rows[name].pk for name in ("touchpoint", "offer", "suggestion"))
    paths = {
        "lea": [
            "ownership/",
            f"touchpoints/{touchpoint}/involvement/",
            "unowned/",
            f"offers/{offer}/",
            f"touchpoints/{touchpoint}/",
            f"touchpoints/{touchpoint}/suggestions/",
        ],
        "ada": ["settings/ownership/", f"suggestions/{suggestion}/", f"touchpoints/{touchpoint}/offers/"],
    }
    paths["ada"] += [f"unowned/offers/?id={touchpoint}", "unowned/?q=nothing"]
    paths["ada"] += [f"ownership/roles/?id={touchpoint}", "ownership/?q=nothing", "channels/"]
    paths["ada"] += [f"touchpoints/{touchpoint}/involvement/{rows['department'].pk}/"]
    paths["lea"] += [f"touchpoints/{touchpoint}/suggestions/?field=promise"]
    broken = {}
    for person, asked in paths.items():
        cookie = sign_in(committed_world.cast[person]).cookies[settings.SESSION_COOKIE_NAME].value
        for scheme, width in (("light", 1440), ("dark", 390)):
            shape = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
            context = browser.new_context(reduced_motion="reduce", bypass_csp=True, **shape)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
            page = context.new_page()
            for path in asked:
                page.goto(f"{live_server.url}/w/acme/{path}")
                if found := violations(page):
                    broken[path, scheme] = found
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, path
            context.close()
    assert broken == {}

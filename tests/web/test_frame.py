"""The frame: it stands without a context (error pages), and shows people where they are."""

import json
import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

NAV = [
    {"label": "Touchpoints", "url": "/w/acme/touchpoints/", "icon": "route", "is_current": True},
    {"label": "Connections", "url": "/w/acme/connections/", "icon": "plug", "is_current": False},
]


class Person:
    is_authenticated = True
    email = "ada@acme.example"

    def __str__(self):
        return "Ada Moreau"


def frame(**context):
    return render_to_string("base.html", context)


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_stand_without_a_context(code):
    html = render_to_string(f"{code}.html")
    assert "<h1" in html
    assert 'href="/"' in html
    assert '<nav class="nav"' not in html


def test_htmx_is_told_the_rules_once():
    config = json.loads(unescape(re.search(r"name=\"htmx-config\"\s+content='([^']+)'", frame())[1]))
    assert config["allowEval"] is False
    assert config["selfRequestsOnly"] is True
    assert config["includeIndicatorStyles"] is False
    assert config["historyCacheSize"] == 0
    assert config["defaultSettleDelay"] == 0  # a key pressed in the pause would find nothing that has the focus


@pytest.mark.parametrize(("status", "is_swapped"), [(200, 1), (204, 0), (404, 0), (409, 1), (422, 1), (500, 0)])
def test_which_answers_htmx_swaps(status, is_swapped):
    config = json.loads(unescape(re.search(r"name=\"htmx-config\"\s+content='([^']+)'", frame())[1]))
    rule = next(rule for rule in config["responseHandling"] if re.search(rule["code"], str(status)))
    assert rule["swap"] is bool(is_swapped)


def test_one_live_region_and_a_way_past_the_navigation():
    html = frame(nav=NAV, user=Person())
    assert html.count('role="status"') == 1
    assert 'href="#main"' in html
    assert 'id="main"' in html


def test_the_current_place_is_marked():
    html = frame(nav=NAV)
    assert html.count('aria-current="page"') == 1
    assert re.search(r'href="/w/acme/touchpoints/"\s+aria-current="page"', html)


def test_the_theme_is_chosen_on_the_server():
    assert 'data-theme="dark"' in frame(theme="dark")
    assert "data-theme" not in frame(theme="system")
    assert "data-theme" not in frame(theme='"><script>')


def test_the_theme_switch_needs_its_address():
    request = RequestFactory().get("/w/acme/touchpoints/?q=x")
    with_it = render_to_string("base.html", {"user": Person(), "theme_url": "/theme/"}, request=request)
    assert 'action="/theme/"' in with_it
    assert 'name="next" value="/w/acme/touchpoints/?q=x"' in with_it
    assert 'name="theme"' not in frame(user=Person())


def test_other_workspaces_are_a_menu_only_where_there_are_any():
    one = frame(nav=NAV, workspace={"name": "Acme"}, workspaces=[{"name": "Acme", "url": "/w/acme/"}])
    two = frame(
        nav=NAV,
        workspace={"name": "Acme"},
        workspaces=[{"name": "Acme", "url": "/w/acme/", "is_current": True}, {"name": "Umbra", "url": "/w/umbra/"}],
    )
    assert "Change workspace" not in one
    assert 'href="/w/umbra/"' in two


def test_messages_become_toasts_that_can_be_dismissed():
    html = frame(messages=[type("M", (), {"level_tag": "success", "__str__": lambda self: "Saved <now>"})()])
    assert "Saved &lt;now&gt;" in html
    assert "data-dismiss" in html

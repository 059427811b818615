"""Lists that are narrowed in place: the filters to take away and the saved views come along, on every one of them."""

import re

import pytest
from django.urls import reverse

HTMX = {"HX-Request": "true"}
LISTS = {
    "touchpoints": "design=live",
    "journeys": "state=draft",
    "findings": "kind=pain",
    "unowned": "q=a",
    "contacts": "q=a",
    "ownership": "gap=no_owner",
    "channel_register": "state=live",
    "handoffs": "state=broken",
    "expectations": "state=failed",
    "reviews": "q=a",
    "governance": "q=a",
    "people": "q=a",
    "connections": "q=a",
    "update_requests": "q=a",
    "off_target": "q=a",
    "belief": "q=a",
}
SAVED = {
    "touchpoints": "touchpoints",
    "channel_register": "channels",
    "handoffs": "handoffs",
    "expectations": "expectations",
}
SAVED |= {"journeys": "journeys"}


def marked(text, element, name):
    """The elements of this id, each with whether it takes the place of one that is there."""
    return ["hx-swap-oob" in found for found in re.findall(rf'<{element}[^>]*\bid="{name}"[^>]*>', text)]


@pytest.mark.parametrize("name", LISTS)
def test_what_stands_around_comes_along(filled, sign_in, name):
    client, path = sign_in(filled[0].ada), f"{reverse(name, args=['acme'])}?{LISTS[name]}"
    part = client.get(path, headers=HTMX).content.decode()
    assert "<!doctype" not in part.lower()
    assert marked(part, "div", "filter-chips") == [True]
    assert marked(part, "nav", "saved-views") == [True] * (name in SAVED)
    page = client.get(path).content.decode()
    assert marked(page, "div", "filter-chips") in ([], [False])  # nothing to narrow: no filters
    assert marked(page, "nav", "saved-views") in ([], [False] * (name in SAVED))


def test_a_list_narrowed_in_place_can_be_saved_and_cleared(filled, sign_in):
    client = sign_in(filled[0].vi)
    part = client.get("/w/acme/touchpoints/?design=live&q=", headers=HTMX).content.decode()
    assert "Remove filter" in part
    assert "Clear all" in part
    assert 'href="/w/acme/views/?list=touchpoints&amp;query=design%3Dlive"' in part
    part = client.get("/w/acme/touchpoints/?design=&q=", headers=HTMX).content.decode()
    assert re.search(r'id="filter-chips" hidden hx-swap-oob="true"', part)


@pytest.mark.parametrize(("name", "key"), SAVED.items())
def test_a_saved_view_opens_each_of_these_lists(filled, sign_in, name, key):
    client, path = sign_in(filled[0].vi), reverse(name, args=["acme"])
    client.post("/w/acme/views/", {"list": key, "query": LISTS[name], "name": "My own", "is_default": "on"})
    opened = client.get(path)
    assert opened.status_code == 302
    assert opened["Location"].startswith(f"{path}?{LISTS[name]}&view=")
    assert client.get(path, headers=HTMX).status_code == 200  # a part of a page that is open goes nowhere
    part = client.get(opened["Location"], headers=HTMX).content.decode()
    assert "<bdi>My own</bdi>" in part
    assert "My own" not in sign_in(filled[0].max).get(f"{path}?{LISTS[name]}", headers=HTMX).content.decode()


def test_another_period_keeps_what_a_list_is_narrowed_to(filled, sign_in):
    client = sign_in(filled[0].ada)
    for name in ("off_target", "touchpoints"):
        path = f"{reverse(name, args=['acme'])}?q=acme"
        part = client.get(path, headers=HTMX).content.decode()
        links = re.findall(r'href="([^"]*\bper=[^"]*)"', part)
        assert links
        assert all("q=acme" in link for link in links), name

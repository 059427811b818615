"""The bar at the bottom of a phone: every name whole, at 390 and 320 pixels, and the last place is one's own."""

import pytest
from playwright.sync_api import expect

from tests.browser import needed

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]
CUT = "items => items.filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent)"


@pytest.mark.parametrize("width", [390, 320])
def test_no_name_is_cut_and_me_comes_last(site, page, wear, committed_world, width):
    page.set_viewport_size({"width": width, "height": 844})
    wear(page, committed_world.ivo)
    page.goto(f"{site}/w/acme/touchpoints/")
    names = page.locator("nav.nav .nav-link:visible > span")
    expect(names).to_have_text(["Overview", "Touchpoints", "Journeys", "Search", "Me"])
    assert names.evaluate_all(CUT) == []
    page.get_by_role("link", name="Me", exact=True).click()
    expect(page).to_have_url(f"{site}/w/acme/")
    expect(page.get_by_role("link", name="Me", exact=True)).to_have_attribute("aria-current", "page")


def test_a_wide_screen_has_home_and_no_me(site, page, wear, committed_world):
    wear(page, committed_world.vi)
    page.goto(f"{site}/w/acme/touchpoints/")
    expect(page.locator("nav.nav").get_by_role("link", name="Home")).to_be_visible()
    expect(page.locator("nav.nav").get_by_text("Me", exact=True)).to_be_hidden()


def test_e_edits_what_is_in_front_of_you(site, page, wear, committed_world):
    rows = committed_world.fill_acme()
    wear(page, committed_world.max)
    page.goto(f"{site}/w/acme/touchpoints/{rows['touchpoint'].pk}/")
    page.keyboard.press("e")
    expect(page.locator("form[data-autosave] [name=value]")).to_be_focused()
    page.goto(f"{site}/w/acme/maps/{rows['map'].pk}/")
    page.keyboard.press("e")
    expect(page).to_have_url(f"{site}/w/acme/maps/{rows['map'].pk}/outline/")


def test_e_does_nothing_for_those_who_may_not_edit(site, page, wear, committed_world):
    rows = committed_world.fill_acme()
    wear(page, committed_world.vi)
    page.goto(f"{site}/w/acme/touchpoints/{rows['touchpoint'].pk}/")
    page.keyboard.press("e")
    page.keyboard.press("?")  # the second of a pair that there is not; the next one begins anew
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    expect(page.locator("form[data-autosave]")).to_have_count(0)

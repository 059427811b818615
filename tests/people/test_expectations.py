"""A page is expected to answer, by keyboard; its lead hears on a phone that it does not; a viewer only reads."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cxhub.lib.http import Rules
from governance.models import Expectation
from governance.pipelines import expecting
from tests.browser import needed, violations
from tests.governance.expecting import Expecting
from tests.outside import answer, outside

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def expected(committed_world, sign_in, monkeypatch, settings):
    """The visit, which Service answers for; the server and the worker may call this machine."""
    monkeypatch.setenv("OUTBOUND_ALLOW", "127.0.0.1/32")
    settings.OUTBOUND = Rules.of(allow=["127.0.0.1/32"])
    return Expecting(committed_world, sign_in)


@pytest.fixture
def phone(browser):
    context = browser.new_context(bypass_csp=True, has_touch=True, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def looks_well(page):
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_an_editor_expects_it_its_lead_hears_of_it_and_a_viewer_reads(
    expected, site, page, phone, wear, committed_world
):
    world, visit = committed_world, f"{site}/w/acme/touchpoints/{expected.visit.pk}/"
    wear(page, world.max)
    page.goto(visit)
    page.get_by_role("link", name="Expect something").press("Enter")
    page.get_by_role("link", name="A page", exact=True).press("Enter")
    page.get_by_label("What is expected").fill("Customers can book a visit")
    page.get_by_label("Address").fill("http://10.0.0.1/")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is inside a private network")).to_be_visible()
    looks_well(page)
    with outside(answer(status="503 Service Unavailable")) as server:
        page.get_by_label("Address").fill(f"{server.url}/book")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Not checked yet.")).to_be_visible()
        with world.inside():
            made = Expectation.objects.get()
        assert expecting.check_page(workspace_id=world.acme.pk, expectation_id=made.pk, now=timezone.now())
    page.reload()
    expect(page.get_by_role("row").filter(has_text="It answered 503 instead of 200.")).to_be_visible()
    looks_well(page)

    wear(phone, world.lea)
    phone.goto(f"{site}/w/acme/inbox/")
    phone.get_by_role("link", name="Unread: Visit does not keep what is expected: Customers can book a visit").click()
    expect(phone.get_by_text("Failed").first).to_be_visible()
    expect(phone.get_by_role("link", name="Change")).to_be_visible()  # it is hers
    looks_well(phone)

    wear(page, world.vi)
    page.goto(f"{site}/w/acme/expectations/?state=fail")
    looks_well(page)
    page.get_by_role("link", name="Customers can book a visit").click()
    expect(page.get_by_role("heading", name="Customers can book a visit")).to_be_visible()
    expect(page.get_by_role("link", name="Change")).to_have_count(0)
    expect(page.get_by_text("End this expectation")).to_have_count(0)
    page.goto(visit)
    expect(page.get_by_role("link", name="Expect something")).to_have_count(0)

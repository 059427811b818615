"""A whole review by five people: begun by a map editor, confirmed by two leads, signed on a phone, told, and read."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from governance.models import Acknowledgement, Confirmation, Endorsement, Review
from journeys.models import Map, Offer
from journeys.services import accountability, touchpoints
from orgs.models import MemberRole
from orgs.roles import Role
from orgs.services import departments
from tests.browser import needed, violations
from tests.world import lay_out

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]
SMALL = """() => [...document.querySelectorAll("main button, main summary, main .input")]
    .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
    .map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture
def drawn(committed_world):
    """Max's map, which Eli sponsors; Service (Lea) and Field (Con, too) answer for two touchpoints of it."""
    world, now = committed_world, timezone.now()
    with world.inside():
        field, _is_new = departments.find_or_create("Field", by=world.ada)
        MemberRole.objects.create(member=world.con, role=Role.DEPARTMENT_LEAD, department=field)
        placed = []
        for name, department, lead in (("Desk", world.service, world.lea), ("Visit", field, world.con)):
            made, _is_new = touchpoints.find_or_create(name, by=world.ada)
            touchpoints.offer(made, department, by=world.ada, now=now)
            accountability.accept(offer=Offer.objects.get(touchpoint=made), by=lead, now=now)
            placed.append(made)
        made = lay_out("Move in", placed, world.ada)
        Map.objects.filter(pk=made.pk).update(owner=world.max, sponsor=world.eli)
    return made


@pytest.fixture
def phone(browser):
    """A page on a phone, touched with a thumb."""
    context = browser.new_context(bypass_csp=True, has_touch=True, viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_five_people_take_a_review_through(committed_world, drawn, site, page, phone, wear):
    world, review = committed_world, f"{site}/w/acme/maps/{drawn.pk}/review/"

    def press(name, on=page):
        on.get_by_role("button", name=name, exact=True).click()

    def looks_well(page=page):
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    wear(page, world.max)
    page.goto(review)
    press("Start the review")
    expect(page.get_by_text("0 of 1 records")).to_have_count(2)

    for lead in (world.lea, world.con):
        wear(phone, lead)
        phone.goto(f"{site}/w/acme/reviews/confirmations/")
        assert phone.evaluate(SMALL) == []
        looks_well(phone)
        press("Confirm these", phone)
        expect(phone.locator("#toasts").get_by_text("1 record is confirmed.")).to_be_visible()

    wear(page, world.max)
    page.goto(review)
    expect(page.get_by_text("1 of 1 records")).to_have_count(2)
    for step in ("Update", "Validate", "Analyse", "Revise"):
        page.get_by_role("button", name=re.compile(f"Mark as done.*{step}")).click()
    expect(page.get_by_text("Validated", exact=False).first).to_be_visible()
    looks_well()

    wear(phone, world.eli)
    phone.goto(review)
    sign = phone.get_by_role("button", name="Sign off", exact=True)
    assert sign.bounding_box()["y"] < 844  # without scrolling
    assert phone.evaluate(SMALL) == []
    looks_well(phone)
    phone.get_by_label("Comment (if any)").fill("True to life")
    sign.click()
    expect(phone.locator("#toasts").get_by_text("Version 1 is signed off.")).to_be_visible()

    wear(page, world.max)
    page.goto(f"{site}/w/acme/maps/{drawn.pk}/sharing/")
    page.get_by_text("People by name, and who needs this map").click()
    page.get_by_label("Vi", exact=True).check()
    looks_well()
    press("Tell them")
    expect(page.locator("#toasts").get_by_text("4 people are told.")).to_be_visible()

    wear(phone, world.vi)
    phone.goto(f"{site}/w/acme/inbox/")
    phone.get_by_role("link", name="Max tells you of version 1 of Move in").first.click()
    looks_well(phone)
    press("Read", phone)
    expect(phone.get_by_text("Read by 1 of 4")).to_be_visible()

    wear(page, world.max)
    page.goto(review)
    press("It is true: close the review")
    expect(page.locator("#toasts").get_by_text("The review is closed.")).to_be_visible()
    with world.inside():
        made = Endorsement.objects.get()
        assert (made.name, made.comment) == ("Eli", "True to life")
        assert (Confirmation.objects.count(), Acknowledgement.objects.count()) == (2, 1)
        assert not Review.objects.get().is_open

"""Ivo of IT brings the first file, in a real browser."""

import gzip

import pytest
from playwright.sync_api import expect

from tests import worker
from tests.browser import needed, violations
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]
ROWS = ["touchpoint,channel,department,stage,date,score"] + [
    f"{name},phone,Service,{stage},2025-0{1 + n % 3}-1{n % 9},{1 + n % 5}"
    for name, stage in (("Call us", "1 Ask"), ("Repair <b>at</b> home 🔧", "2 Repair"))
    for n in range(90)
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "service answers.csv.gz"
    path.write_bytes(gzip.compress("\n".join(ROWS).encode()))
    return path


def test_ivo_uploads_a_file_and_reads_what_came_of_it(committed_world, site, page, file):
    with worker.running():
        sign_in(page, site, committed_world.ivo)
        page.get_by_role("link", name="Connections").first.click()
        page.get_by_role("link", name="Upload a file").first.click()
        page.set_input_files("[name=file]", str(file))
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", name="The first rows")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("button", name="Read the file").click()
        expect(page.get_by_text("180 rows read").first).to_be_visible(timeout=120_000)
        assert violations(page) == []
    page.get_by_role("link", name="See the touchpoints").click()
    expect(page.get_by_role("link", name="Repair <b>at</b> home 🔧")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Call us").click()
    expect(page.get_by_text("90 answers").first).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Month").click()
    expect(page.get_by_text("Mar 2025").first).to_be_visible()


def test_the_keyboard_alone_is_enough_to_sign_in_and_open_a_touchpoint(committed_world, site, page):
    page.goto(f"{site}/accounts/sign-in/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.get_by_label("Email").focus()
    page.keyboard.type("vi@acme.test")
    page.keyboard.press("Tab")
    page.get_by_label("Password", exact=True).focus()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Home", exact=True)).to_be_visible()


def sign_in(page, site, member):
    page.goto(f"{site}/accounts/sign-in/")
    page.get_by_label("Email").fill(member.user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/w/*/")

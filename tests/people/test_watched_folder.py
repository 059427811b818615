"""Ivo lets CX Hub watch a folder, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests import worker
from tests.browser import needed, violations
from tests.people.test_upload import sign_in

pytestmark = [pytest.mark.browser, needed, pytest.mark.django_db(transaction=True)]
LOOKED = re.compile("1 file taken|1 file is still being written")  # which one, the clock says
ROWS = ["touchpoint,date,score"] + [f"Desk {n % 3},2026-05-{n + 1:02},{n % 5 + 1}" for n in range(20)]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """What the server and the worker are started with: this fixture comes before them."""
    monkeypatch.setenv("IMPORT_ROOT", str(tmp_path))
    there = tmp_path / "acme" / "surveys"
    there.mkdir(parents=True)
    (there / "may.csv").write_text("\n".join(ROWS))
    return there


def test_ivo_watches_a_folder_by_keyboard(folder, committed_world, site, page):
    sign_in(page, site, committed_world.ivo)
    page.goto(f"{site}/w/acme/connections/addresses/new/")
    assert violations(page) == []
    page.goto(f"{site}/w/acme/connections/folders/new/")
    assert violations(page) == []
    page.get_by_label("Folder").focus()
    page.keyboard.type("surveys")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Names of the files")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is the newest file.")).to_be_visible(timeout=60_000)
    assert violations(page) == []
    page.get_by_label("Name of this feed").focus()
    with worker.running():
        page.keyboard.press("Enter")
        expect(page.get_by_text("surveys/*.csv")).to_be_visible(timeout=60_000)
        expect(page.get_by_text(LOOKED).first).to_be_visible(timeout=60_000)
    assert violations(page) == []

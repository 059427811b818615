"""Max and Lea at one map, in two browsers: what one says in a cell the other finds there."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from orgs.models import Comment
from tests.browser import needed, violations
from tests.journeys.maps.test_grid_in_a_browser import cell, drawn, path  # noqa: F401  fixtures
from tests.journeys.maps.test_in_a_browser import open_page  # noqa: F401  a fixture

pytestmark = [pytest.mark.browser, needed]


def test_a_thread_begins_in_a_cell_and_its_number_stands_there(committed_world, open_page, path):  # noqa: F811
    page = open_page(path)
    here = cell(page, 0, 2)
    here.focus()
    here.press("Shift+F2")
    field = page.get_by_role("dialog").get_by_label("Your comment")
    expect(field).to_be_focused()
    page.keyboard.type("Is this so?")
    assert violations(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.locator("#drawer .comment")).to_contain_text("Is this so?")
    page.keyboard.press("Escape")
    number = page.get_by_role("link", name="1 open thread on Actions at New step")
    expect(number).to_be_focused()
    assert violations(page) == []
    with committed_world.inside():
        comment = Comment.objects.get()
    page.goto(page.url.partition("/w/")[0] + reverse("comment", args=["acme", comment.pk]))
    expect(page.locator(f"#drawer #c-{comment.pk}")).to_be_focused()
    page.get_by_role("dialog").get_by_role("button", name="Resolve").click()
    expect(page.locator("#drawer .comment-state")).to_contain_text("Resolved by Max")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="1 open thread")).to_have_count(0)
    assert page.said == []

"""The page of a touchpoint: its parts in the order of the story, for readers and for editors."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Touchpoint
from tests.journeys.touchpoint_page.conftest import path, signed_in
from tests.world import lay_out

STORY = ["story-title", "score-title", "flow-title", "comments-title", "kpis-title", "maps-title", "history-title"]


def words(member, touchpoint, rest=""):
    answer = signed_in(member).get(path(touchpoint, rest))
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_tells_the_story_in_order_and_roles_last(make, world):
    text = words(world.max, make())
    found = re.findall(r'aria-labelledby="([\w-]+-title)"', text[: text.index("</main>")])
    assert [title for title in found if title in STORY] == STORY
    assert found[-2:] == ["roles-title", "works-title"]


def test_it_says_what_arrives_and_what_leaves_on_each_map(make, world):
    first, second, third = make("Advert"), make("Hotline"), make("Invoice")
    with world.inside():
        lay_out("Booking a trip", [first, second, third], by=world.max)
    text = words(world.vi, second)
    flow = text[text.index('id="flow-title"') : text.index('id="comments-title"')]
    assert flow.index("Advert") < flow.index("After it") < flow.index("Invoice")
    assert "Stage</bdi> ›" in text[text.index('id="maps-title"') :]
    assert "customers begin here" in words(world.vi, first)
    assert "the journey ends here" in words(world.vi, third)


def test_it_says_when_no_map_uses_it(make, world):
    assert "No map uses this touchpoint" in words(world.vi, make())


def test_who_may_not_edit_reads_plain_text(make, world):
    own, other = make("Own", department=world.service), make("Other")
    for member, touchpoint, may in ((world.lea, own, True), (world.lea, other, False), (world.vi, own, False)):
        text = words(member, touchpoint)
        assert ("inline-edit" in text, "save-words" in text) == (may, may), (member, touchpoint)


def test_an_archived_one_is_not_edited(make, world):
    row = make()
    with world.inside():
        Touchpoint.objects.filter(pk=row.pk).update(archived_at="2026-01-01T00:00Z")
    text = words(world.max, row)
    assert ("Archived:" in text, "inline-edit" in text) == (True, False)
    assert signed_in(world.max).get(path(row, "fields/promise/")).status_code == 302


def test_an_outsider_meets_nothing(make, world):
    row = make()
    for rest in ("", "history/", "fields/promise/", "fields/promise/?show=yes"):
        assert signed_in(world.ann).get(path(row, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["", "history/"], ids=["page", "history"])
def test_it_asks_as_many_queries_for_much_as_for_little(make, edit, world, rest):
    rows = [make(f"Touchpoint {number}") for number in range(3)]
    client = signed_in(world.max)

    def queries():
        client.get(path(rows[0], rest))
        with CaptureQueriesContext(connection) as seen:
            client.get(path(rows[0], rest))
        return len(seen)

    with world.inside():
        lay_out("First map", rows, by=world.max)
    edit(rows[0], promise="Once")
    few = queries()
    for number in range(12):
        edit(rows[0], by=world.ada, promise=f"Again {number}")
    with world.inside():
        for number in range(4):
            lay_out(f"Map {number}", [*rows, *(make(f"More {number} {n}") for n in range(5))], by=world.max)
    assert queries() <= few

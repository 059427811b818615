"""The queue of reviews: what stands in it, in which order, narrowed how; and what Home and a map say of it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.world import CANARY


def names(answer):
    return re.findall(r'<th scope="row".*?<a [^>]*>([^<]*)</a>', answer.content.decode())


@pytest.fixture
def queue(keeping, world):
    """Three maps: one late, one due, one that has time."""
    late = keeping.map("Late", owner=world.max, sponsor=world.eli)
    due, later = keeping.map("Due", owner=world.lea), keeping.map("A later one", sponsor=world.max)
    for drawn, days in ((late, -12), (due, 14), (later, 15)):
        keeping.plan(drawn, keeping.today + timedelta(days=days))
    return keeping


def test_the_longest_overdue_comes_first(queue, world):
    answer = queue.get("reviews/", world.vi)
    assert names(answer) == ["Late", "Due", "A later one"]
    text = answer.content.decode()
    for words in ("Overdue", "12 days overdue", "in 14 days", "Scheduled", "No sponsor"):
        assert words in text
    assert CANARY not in text
    assert "review-plan" not in text  # Vi may change nothing


def test_filters_stand_in_the_address(queue, world):
    assert names(queue.get("reviews/?when=overdue", world.vi)) == ["Late"]
    assert names(queue.get("reviews/?when=due", world.vi)) == ["Late", "Due"]
    assert names(queue.get("reviews/?whose=mine", world.max)) == ["Late", "A later one"]
    assert names(queue.get("reviews/?whose=owned", world.max)) == ["Late"]
    assert names(queue.get("reviews/?whose=sponsored", world.max)) == ["A later one"]
    assert names(queue.get("reviews/?q=eli", world.vi)) == ["Late"]
    assert names(queue.get("reviews/?sort=-map", world.vi)) == ["Late", "Due", "A later one"]
    assert names(queue.get("reviews/?when=never&whose=nobody&sort=bad&page=-1", world.vi))[0] == "Late"


def test_an_empty_queue_says_why(keeping, world):
    said = {
        "": "every 90 days unless somebody says otherwise",
        "?whose=mine": "No map is yours in that way",
        "?when=overdue": "Every map here was reviewed in time",
        "?q=nothing": "Take a filter away",
    }
    for query, words in said.items():
        assert words in keeping.get(f"reviews/{query}", world.vi).content.decode()


def test_the_file_holds_the_same_rows(queue, world):
    answer = queue.get("reviews.csv?when=overdue", world.vi)
    lines = answer.content.decode().splitlines()
    assert len(lines) == 2
    day = (queue.today - timedelta(days=12)).isoformat()
    assert lines[1] == f"Late,Late,Max,Eli,Overdue,{day},12,90,Max,"


def test_queries_do_not_grow_per_row(queue, world):
    def asked(path):
        queue.get(path, world.max)
        with CaptureQueriesContext(connection) as queries:
            queue.get(path, world.max)
        return len(queries)

    paths = ("reviews/", "")
    before = [asked(path) for path in paths]
    for number in range(7):
        queue.plan(queue.map(f"More {number}", owner=world.max, sponsor=world.eli), queue.today)
    assert [asked(path) for path in paths] == before


def test_home_lists_what_is_due_of_what_one_keeps(queue, world):
    text = queue.get("", world.max).content.decode()
    assert "Your maps to review" in text
    assert "12 days overdue" in text
    assert "A later one" not in re.search(r"Your maps to review.*?</section>", text, re.S).group()
    assert "due for review in the next 14 days" in queue.get("", world.ada).content.decode()
    assert "Your maps to review" not in queue.get("", world.vi).content.decode()


def test_a_map_says_when_it_is_reviewed_next(queue, world):
    with world.inside():
        late = world.max.owned_maps.get()
    mine, theirs = (queue.get(f"maps/{late.pk}/", member).content.decode() for member in (world.max, world.vi))
    assert "Next review" in mine
    assert f"/w/acme/maps/{late.pk}/review/" in mine
    assert "Next review" in theirs
    with world.inside():
        late.archived_at = timezone.now()
        late.save()
    assert "Next review" not in queue.get(f"maps/{late.pk}/", world.max).content.decode()
    assert names(queue.get("reviews/", world.vi)) == ["Due", "A later one"]


def test_the_navigation_leads_there(queue, world):
    assert re.search(r'href="/w/acme/reviews/"[^>]*data-shortcut="g r"', queue.get("", world.vi).content.decode())

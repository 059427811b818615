"""The reviews of a map that were: who ran each, when, what came of it, and which version was signed off."""

from datetime import UTC, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.services import versions


def test_each_is_kept_with_what_came_of_it(keeping, world):
    drawn = keeping.map(owner=world.max, sponsor=world.eli)
    page = f"maps/{drawn.pk}/reviews/"
    assert "No review yet" in keeping.get(page, world.vi).content.decode()
    first = keeping.start(drawn, datetime(2026, 3, 1, tzinfo=UTC), by=world.ada)
    keeping.do(first, "update", "validate")
    keeping.sign(first, now=datetime(2026, 3, 3, 23, 30, tzinfo=UTC))  # the 4th in Berlin
    keeping.close(first, datetime(2026, 3, 5, tzinfo=UTC))
    keeping.close(keeping.start(drawn, datetime(2026, 6, 1, tzinfo=UTC)), datetime(2026, 6, 2, tzinfo=UTC))
    keeping.start(drawn, timezone.now())
    text = " ".join(keeping.get(page, world.vi).content.decode().split())
    for words in ("1 Mar 2026", "Ada Admin", "4 Mar 2026", "Executive", "Version 1", "#version-1", "5 Mar 2026"):
        assert words in text
    assert text.count("Not signed off") == 2
    assert text.count("Shared") == 2
    assert page in keeping.get(f"maps/{drawn.pk}/review/", world.vi).content.decode()
    assert keeping.get(page, world.ann).status_code == 404


def test_queries_do_not_grow_per_review(keeping, world):
    drawn = keeping.map(owner=world.max, sponsor=world.eli)
    with world.inside():
        versions.publish(drawn=drawn, note="", is_major=True, by=world.max, now=timezone.now())

    def one():
        review = keeping.start(drawn, timezone.now())
        keeping.do(review, "update", "validate")
        keeping.sign(review)
        keeping.close(review, timezone.now())

    def asked():
        with CaptureQueriesContext(connection) as queries:
            keeping.get(f"maps/{drawn.pk}/reviews/", world.vi)
        return len(queries)

    one()
    asked()
    few = asked()
    for _each in range(4):
        one()
    assert asked() == few

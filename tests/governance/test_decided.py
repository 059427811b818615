"""All that was done about the reviews of a map stands on one page, in sentences, the newest first."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.services import reviews, turns


def page(keeping, drawn, member, number=1):
    text = keeping.get(f"maps/{drawn.pk}/reviews/decisions/?page={number}", member).content.decode()
    return " ".join(text.split())


def test_plans_steps_sign_offs_and_why(keeping, world):
    drawn = keeping.map(owner=world.max, sponsor=world.eli)
    assert "Nothing was done yet" in page(keeping, drawn, world.vi)
    keeping.plan(drawn, keeping.today + timedelta(days=5), today=keeping.today)
    with world.inside():
        given = {"workspace": world.acme, "by": world.eli, "today": keeping.today}
        turns.postpone(drawn=drawn, on=keeping.today + timedelta(days=9), note="The launch is first", **given)
    begun = keeping.start(drawn, timezone.now())
    keeping.do(begun, "update", "validate")
    with world.inside():
        for is_done in (False, True):
            told = {"step": "update", "is_done": is_done, "by": world.max, "now": timezone.now()}
            reviews.mark(review=begun, **told)
    keeping.sign(begun)
    text = page(keeping, drawn, world.vi)
    said = [
        "Eli endorsed version 1",
        "Max marked Update as done",
        "Max marked Update as to do again",
        "Max marked Validate as done",
        "Max began the review due on",
        "Eli postponed the review to",
        "The launch is first",
        "Max planned the next review for",
    ]
    places = [text.find(each) for each in said]
    assert -1 not in places
    assert places == sorted(places), "the newest first"
    assert "reviews/decisions/" in keeping.get(f"maps/{drawn.pk}/reviews/", world.vi).content.decode()
    assert keeping.get(f"maps/{drawn.pk}/reviews/decisions/", world.ann).status_code == 404


def test_a_year_of_it_is_paged_with_as_many_queries(keeping, world):
    drawn = keeping.map(owner=world.max, sponsor=world.eli)

    def plan(days):
        for each in days:
            keeping.plan(drawn, keeping.today + timedelta(days=each), today=keeping.today)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            page(keeping, drawn, world.vi)
        return len(queries)

    plan([1])
    asked()
    few = asked()
    plan(range(2, 62))
    assert asked() == few
    first, last = page(keeping, drawn, world.vi), page(keeping, drawn, world.vi, 2)
    assert 0 < last.count("planned the next review") < first.count("planned the next review") < 61

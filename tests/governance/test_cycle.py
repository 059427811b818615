"""The review of a map: begun once, taken through its steps, closed; and the day of the next one."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from governance.models import Review
from governance.queries import due, reviews
from governance.services import reviews as reviewing
from journeys.services import versions


def at(*moment):
    return datetime(*moment, tzinfo=UTC)


def test_a_map_goes_through_two_cadences_while_the_clocks_change(keeping, world):
    drawn = keeping.map(owner=world.max)
    assert keeping.due(drawn) == (90, date(2026, 4, 11))
    # Half past midnight in Berlin, on the night in which an hour is lost: due since the day before.
    begun = at(2026, 3, 28, 23, 30)
    review = keeping.start(drawn, begun)
    assert review.due_on == date(2026, 4, 11)
    # The last minute of that day in summer time: done before its day, so the next is a cadence after that day.
    assert keeping.close(review, at(2026, 3, 29, 21, 59)) == date(2026, 7, 10)
    assert keeping.due(drawn) == (90, date(2026, 7, 10))
    assert due.state(date(2026, 7, 10), date(2026, 6, 25)).word == "Scheduled"
    assert due.state(date(2026, 7, 10), date(2026, 6, 26)).word == "Due"
    assert due.state(date(2026, 7, 10), date(2026, 7, 11)).word == "Overdue"
    # Late, and past midnight in Berlin alone: the next counts from the day it was closed there.
    assert keeping.close(keeping.start(drawn, at(2026, 7, 15)), at(2026, 7, 19, 22, 30)) == date(2026, 10, 18)
    # Long before its day: from the day it was closed as well.
    assert keeping.close(keeping.start(drawn, at(2026, 8, 1)), at(2026, 8, 1, 9)) == date(2026, 10, 30)
    assert [action for action, *_ in keeping.actions(drawn)].count("map.close_review") == 3


def test_it_is_begun_once_and_keeps_whose_records_it_looks_at(keeping, world):
    owned, nobodys = keeping.touchpoint("Owned"), keeping.touchpoint("Nobody's", owned=False)
    drawn = keeping.map(owner=world.max, placed=[owned, nobodys])
    review = keeping.start(drawn, at(2026, 4, 1))
    assert keeping.start(drawn, at(2026, 4, 2), by=world.ada).pk == review.pk
    with world.inside():
        told = {each.touchpoint_id: (each.department, each.member) for each in review.records.all()}
        assert told == {owned.pk: (world.service, None), nobodys.pk: (None, world.max)}
        assert reviews.reviewed(world.acme.tzinfo).get(pk=drawn.pk).running == "progress"


def test_steps_are_done_in_any_order_and_all_before_it_is_closed(keeping, world):
    review = keeping.start(keeping.map(), at(2026, 4, 1))
    with pytest.raises(reviewing.NotDone, match="To do yet: Update, Validate, Analyse, Share"):
        keeping.close(review, at(2026, 4, 1), steps=["revise"])
    with world.inside():
        reviewing.mark(review=review, step="revise", is_done=False, by=world.max, now=at(2026, 4, 1))
        assert not review.steps.exists()
    keeping.close(review, at(2026, 4, 2))
    with pytest.raises(reviewing.IsOver):
        keeping.close(review, at(2026, 4, 3))


def test_a_person_takes_it_through_on_its_page(keeping, world):
    drawn = keeping.map(owner=world.con, placed=[keeping.touchpoint("Hotline")])
    page = f"maps/{drawn.pk}/review/"
    assert "Start the review" in keeping.get(page, world.con).content.decode()
    assert "Start the review" not in keeping.get(page, world.vi).content.decode()
    assert keeping.post(page, world.vi).status_code == 403
    keeping.post(page, world.con)
    with world.inside():
        review = Review.objects.get()
    text = keeping.get(page, world.con).content.decode()
    for words in (
        "In progress",
        "Service",
        "0 of 1 records",
        "Mark as done",
        "never published",
        "Nothing found",
    ):
        assert words in text
    assert "close the review" not in text
    keeping.post(f"reviews/{review.pk}/closure/", world.con)
    assert "To do yet: Update" in keeping.get(page, world.con).content.decode()
    for step in reviewing.ALL:
        keeping.post(f"reviews/{review.pk}/steps/", world.con, step=step, is_done="yes")
    assert "Validated" in keeping.get(page, world.con).content.decode()
    assert keeping.post(f"reviews/{review.pk}/closure/", world.vi).status_code == 403
    assert keeping.post(f"reviews/{review.pk}/closure/", world.ann).status_code == 404
    answer = keeping.post(f"reviews/{review.pk}/closure/", world.con, note="Two steps are new")
    assert answer["Location"] == "/w/acme/reviews/"
    with world.inside():
        review.refresh_from_db()
        assert (str(review.closed_by), review.note) == ("Con", "Two steps are new")


def test_what_did_not_change_and_has_no_breach_closes_with_one_button(keeping, world):
    placed = keeping.touchpoint("Hotline")
    drawn = keeping.map(owner=world.max, sponsor=world.eli, placed=[placed])
    with world.inside():
        drawn.stages.get().steps.update(evidence="reasoned")
        versions.publish(drawn=drawn, note="", is_major=True, by=world.max, now=timezone.now())
    review = keeping.start(drawn, timezone.now())
    page = f"maps/{drawn.pk}/review/"
    assert "Nothing changed, and nothing is wrong" in keeping.get(page, world.max).content.decode()
    with world.inside():
        type(drawn).objects.filter(pk=drawn.pk).update(scenario="Another one")
    changed = keeping.get(page, world.max).content.decode()
    assert "Nothing changed, and nothing is wrong" not in changed
    assert "See the one change" in changed
    keeping.post(f"reviews/{review.pk}/closure/", world.max)
    with world.inside():
        assert Review.objects.get().is_open
        type(drawn).objects.filter(pk=drawn.pk).update(scenario="")
    keeping.post(f"reviews/{review.pk}/closure/", world.max)
    with world.inside():
        assert not Review.objects.get().is_open
        assert review.steps.count() == 5

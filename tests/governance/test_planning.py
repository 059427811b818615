"""How often a map is reviewed and when next: the usual, what somebody decides, and all that one keeps on one day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from governance.services import plans
from journeys.models import Map

DAY = date(2026, 3, 1)


def test_a_map_is_due_ninety_days_after_the_day_it_was_made_where_it_was_made(keeping, world):
    # 23:30 in UTC is the next day in Berlin; in April the clocks there are another hour ahead.
    drawn = keeping.map()
    assert keeping.due(drawn) == (90, date(2026, 4, 11))
    assert "Next review 11 Apr 2026" in keeping.get(f"maps/{drawn.pk}/", world.vi).content.decode()


def test_somebody_decides_otherwise_and_the_audit_says_who(keeping):
    drawn = keeping.map()
    keeping.plan(drawn, DAY, 30)
    assert keeping.due(drawn) == (30, DAY)
    keeping.plan(drawn, DAY, 30)  # nothing new, nothing written
    keeping.plan(drawn, DAY, 60)
    first = {"cadence_days": 30, "next_on": "2026-03-01"}
    assert keeping.actions(drawn) == [
        ("map.plan_review", "Max", {}, first),
        ("map.plan_review", "Max", first, first | {"cadence_days": 60}),
    ]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"next_on": DAY - timedelta(days=1)}, plans.BadDay),
        ({"next_on": DAY + timedelta(days=731)}, plans.BadDay),
        ({"cadence_days": 6}, plans.BadCadence),
        ({"cadence_days": 731}, plans.BadCadence),
    ],
)
def test_bad_plans_are_refused(keeping, given, error):
    drawn = keeping.map()
    with pytest.raises(error):
        keeping.plan(drawn, **({"next_on": DAY, "cadence_days": 90} | given), today=DAY)
    assert keeping.due(drawn) == (90, date(2026, 4, 11))


def test_what_is_archived_or_shows_the_future_is_not_reviewed(keeping, world):
    drawn = keeping.map()
    for change in ({"state": Map.State.FUTURE}, {"state": Map.State.CURRENT, "archived_at": timezone.now()}):
        with world.inside():
            Map.objects.filter(pk=drawn.pk).update(**change)
        assert keeping.due(drawn) is None
        with pytest.raises(plans.IsNotReviewed):
            keeping.plan(drawn, DAY)


def test_one_aligns_what_one_owns_or_sponsors_and_each_keeps_its_cadence(keeping, world):
    owned, sponsored = keeping.map("Owned", owner=world.eli), keeping.map("Sponsored", sponsor=world.eli)
    other = keeping.map("Other", owner=world.max)
    keeping.plan(owned, DAY, 30)
    with world.inside():
        moved = plans.align(on=date(2026, 5, 4), by=world.eli, today=DAY)
        assert [each.title for each in moved] == ["Owned", "Sponsored"]
        assert plans.align(on=date(2026, 5, 4), by=world.eli, today=DAY) == []
        with pytest.raises(plans.BadDay):
            plans.align(on=DAY - timedelta(days=1), by=world.eli, today=DAY)
    assert keeping.due(owned) == (30, date(2026, 5, 4))
    assert keeping.due(sponsored) == (90, date(2026, 5, 4))
    assert keeping.due(other) == (90, date(2026, 4, 11))
    assert keeping.actions(owned)[-1] == (
        "map.align_review",
        "Eli",
        {"next_on": "2026-03-01"},
        {"next_on": "2026-05-04"},
    )


def test_owner_and_sponsor_plan_their_map_and_nobody_else_without_the_role(keeping, world):
    drawn = keeping.map(owner=world.con, sponsor=world.eli)
    page, on = f"maps/{drawn.pk}/review-plan/", keeping.today + timedelta(days=20)
    for member, days in ((world.con, 10), (world.eli, 20), (world.max, 40)):
        assert keeping.post(page, member, cadence_days=days, next_on=on).status_code == 302
        assert keeping.due(drawn) == (days, on)
    for member in (world.lea, world.vi, world.ivo):
        assert keeping.get(page, member).status_code == 403
        assert keeping.post(page, member, cadence_days=10, next_on=on).status_code == 403
    assert keeping.get(page, world.ann).status_code == 404
    assert keeping.due(drawn) == (40, on)


def test_bad_input_is_explained(keeping, world):
    drawn = keeping.map(owner=world.max)
    page, past = f"maps/{drawn.pk}/review-plan/", keeping.today - timedelta(days=2)
    answer = keeping.post(page, world.max, cadence_days=3, next_on="soon")
    assert answer.status_code == 422
    assert "greater than or equal to 7" in answer.content.decode()
    answer = keeping.post(page, world.max, cadence_days=30, next_on=past)
    assert "Give a day from today on" in answer.content.decode()
    answer = keeping.post("reviews/alignment/", world.max, on=past)
    assert answer.status_code == 422
    assert "Give a day from today on" in answer.content.decode()


def test_the_form_aligns_and_says_how_many_moved(keeping, world):
    keeping.map("One", owner=world.max)
    keeping.map("Two", sponsor=world.max)
    assert "You own or sponsor 2 maps." in keeping.get("reviews/alignment/", world.max).content.decode()
    answer = keeping.post("reviews/alignment/", world.max, on=keeping.today + timedelta(days=9))
    assert answer["Location"] == "/w/acme/reviews/"
    assert "2 reviews moved to" in keeping.get("reviews/", world.max).content.decode()

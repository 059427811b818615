"""People are reminded of reviews: on which days, who, of what, and never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from governance.models import Reminder, Reviewer
from governance.pipelines import reminders
from governance.queries import reminding
from governance.services import confirmations
from governance.services import reminders as service
from journeys.services import finding_placements, findings
from orgs.models import Notification
from orgs.services import members

DUE = date(2026, 4, 20)


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def told(keeping, world):
    """A map of Max's that Eli sponsors, due on a day; `told(days)` sweeps so many days after it, and says who heard."""
    drawn = keeping.map(owner=world.max, sponsor=world.eli)
    keeping.plan(drawn, DUE, today=date(2026, 2, 1))

    def sweep(days, *, hour=10):
        with world.inside():
            before = set(Notification.objects.values_list("pk", flat=True))
        reminders.sweep(at(DUE + timedelta(days=days), hour))
        with world.inside():
            made = Notification.objects.exclude(pk__in=before).select_related("member__user").order_by("pk")
            return [(str(each.member), each.kind) for each in made]

    sweep.drawn = drawn
    return sweep


def leave(world, *people):
    """They are let go, and nobody takes over what they held."""
    with world.inside():
        for person in people:
            members.remove(member=person, handed={}, by=world.ada, now=timezone.now())
            person.refresh_from_db()


def name(world, drawn, **named):
    with world.inside():
        Reviewer.objects.create(map=drawn, **named)


def test_on_five_days_once_each_and_at_last_the_sponsor(told):
    heard = {days: found for days in range(-20, 20) for found in [told(days) + told(days, hour=20)] if found}
    max_alone = [("Max", "review.due")]
    assert heard == {
        -14: max_alone,
        -3: max_alone,
        0: max_alone,
        3: max_alone,
        7: [("Max", "review.due"), ("Eli", "review.late")],
    }


@pytest.mark.parametrize("due", [date(2026, 5, 1), date(2026, 12, 26), date(2027, 1, 1)], ids=str)
def test_weekends_and_holidays_move_nothing(keeping, world, due):
    """ADR 60: who can say which day is a holiday where? A message waits for Monday without harm."""
    drawn = keeping.map(owner=world.max, sponsor=world.eli)
    keeping.plan(drawn, due, today=date(2026, 2, 1))
    for days in range(-20, 20):
        reminders.sweep(at(due + timedelta(days=days)))
    with world.inside():
        given = {(each.due_on, each.days, each.at.date()) for each in Reminder.objects.all()}
    assert given == {(due, days, due + timedelta(days=days)) for days in (-14, -3, 0, 3, 7)}


def test_a_day_begins_at_seven_by_the_clock_on_the_wall(told, world):
    # Berlin is two hours ahead of UTC in April.
    assert told(-14, hour=4) == []
    assert told(-14, hour=5) == [("Max", "review.due")]
    zone = world.acme.tzinfo
    assert reminding.day_of(datetime(2026, 3, 29, 4, 59, tzinfo=UTC), zone) == date(2026, 3, 28)
    assert reminding.day_of(datetime(2026, 3, 29, 5, tzinfo=UTC), zone) == date(2026, 3, 29)
    assert reminding.day_of(datetime(2026, 10, 25, 6, tzinfo=UTC), zone) == date(2026, 10, 25)


def test_after_an_outage_only_the_latest_goes_out(told):
    assert told(-14) == [("Max", "review.due")]
    assert told(5) == [("Max", "review.due")]  # -3 and 0 are stale by now
    assert told(6) == []
    assert told(30) == [("Max", "review.due"), ("Eli", "review.late")]
    assert told(31) == []


def test_another_day_is_judged_anew_and_what_was_asked_is_settled(told, keeping, world):
    told(-3)
    sooner = DUE - timedelta(days=1)
    keeping.plan(told.drawn, sooner, today=DUE - timedelta(days=3))
    with world.inside():
        assert Notification.objects.get().done_at is not None
    # Three days before the new day passed on the day on which somebody chose it: that one knows.
    assert [told(days) for days in (-3, -2)] == [[], []]
    assert told(-1) == [("Max", "review.due")]


def test_a_review_that_is_closed_is_not_reminded_of(told, keeping, world):
    told(-3)
    keeping.close(keeping.start(told.drawn, at(DUE)), at(DUE))
    with world.inside():
        assert Notification.objects.get().done_at is not None
    assert [told(days) for days in (0, 3, 7)] == [[], [], []]
    assert told(90 - 14) == [("Max", "review.due")]


def test_it_falls_to_whoever_is_still_here(told, keeping, world):
    name(world, told.drawn, member=world.con)
    name(world, told.drawn, department=world.service)
    assert told(-14) == [("Lea", "review.due"), ("Con", "review.due")]
    leave(world, world.con)
    assert told(-3) == [("Lea", "review.due")]
    leave(world, world.lea)
    assert told(0) == [("Max", "review.due")]
    leave(world, world.max)
    assert told(3) == [("Eli", "review.due")]
    leave(world, world.eli)
    assert told(7) == [("Ada Admin", "review.nobodys")]


def test_leads_who_owe_records_hear_of_a_review_that_runs(keeping, world):
    desk = keeping.touchpoint("Desk")
    drawn = keeping.map(owner=world.max, placed=[desk])
    keeping.plan(drawn, DUE, today=date(2026, 2, 1))
    keeping.start(drawn, at(DUE - timedelta(days=5)))

    def heard(days):
        reminders.sweep(at(DUE + timedelta(days=days)))
        with world.inside():
            found = Notification.objects.filter(occasion=f"review {DUE} {days:+d}").select_related("member__user")
            return {(str(each.member), each.kind) for each in found}

    assert heard(-3) == {("Max", "review.due"), ("Lea", "review.owed")}
    with world.inside():
        confirmations.confirm(seen={desk.pk: desk.version}, by=world.lea, now=at(DUE, 6))
    assert heard(0) == {("Max", "review.due")}


def test_who_owns_findings_hears_of_a_review_that_runs(keeping, world):
    drawn = keeping.map(owner=world.max, placed=[keeping.touchpoint("Desk", owned=False)])
    with world.inside():
        pain = findings.create(kind="pain", values={"name": "It takes long", "owner": world.con}, by=world.ada)
        finding_placements.place(step=drawn.stages.get().steps.get(), finding=pain, by=world.ada)
    keeping.plan(drawn, DUE, today=date(2026, 2, 1))
    keeping.start(drawn, at(DUE - timedelta(days=5)))

    def heard(days):
        reminders.sweep(at(DUE + timedelta(days=days)))
        with world.inside():
            found = Notification.objects.filter(occasion=f"review {DUE} {days:+d}").select_related("member__user")
            return {(str(each.member), each.kind) for each in found}

    assert "Confirm records" in keeping.get("reviews/", world.con).content.decode()
    assert "Confirm records" not in keeping.get("reviews/", world.vi).content.decode()
    assert heard(-3) == {("Max", "review.due"), ("Con", "review.owed")}
    with world.inside():
        confirmations.confirm(seen={}, findings={pain.pk: pain.version}, by=world.con, now=at(DUE, 6))
    assert heard(0) == {("Max", "review.due")}


def test_what_it_says_stays_true_and_leads_to_the_review(told, keeping, world):
    told(-3)
    text = keeping.get("inbox/", world.max).content.decode()
    assert "The review of Move in is due on 20 Apr 2026" in text
    told(3)
    assert "The review of Move in was due on 20 Apr 2026" in keeping.get("inbox/", world.max).content.decode()
    with world.inside():
        last = Notification.objects.first()
    assert keeping.get(f"inbox/{last.pk}/", world.max)["Location"] == f"/w/acme/maps/{told.drawn.pk}/review/"


def test_each_is_in_the_audit_and_none_is_given_again_by_a_second_worker(told, keeping, world):
    told(-3)
    assert keeping.actions(told.drawn)[-1][:2] == ("map.remind_of_review", "None")
    with world.inside():
        given = {"drawn": told.drawn, "due_on": DUE, "days": -3, "owing": (), "now": at(DUE)}
        assert not service.remind(**given)
        assert Reminder.objects.count() == Notification.objects.count() == 1

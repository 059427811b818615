"""Who reviews a map, and what is decided about its next review: delegated, handed back, postponed, skipped."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from governance.models import ReviewPlan
from governance.queries import reviewers, reviews
from governance.services import reviewers as naming
from governance.services import turns
from orgs.models import Notification
from orgs.services import members

DUE = date(2026, 4, 20)


@pytest.fixture
def drawn(keeping, world):
    """Max's map, sponsored by Eli, due on the 20th of April."""
    made = keeping.map(owner=world.max, sponsor=world.eli)
    keeping.plan(made, DUE, 40, today=date(2026, 2, 1))
    return made


@pytest.fixture
def decide(world, drawn):
    """Call a service about that map as somebody, on a day."""

    def call(act, by, **given):
        with world.inside():
            return act(drawn=drawn, workspace=world.acme, by=by, **{"note": "On holiday", **given})

    return call


def whose(world, drawn):
    with world.inside():
        found = reviewers.of(reviews.reviewed(world.acme.tzinfo).get(pk=drawn.pk))
        mine = [
            str(member)
            for member in world.cast.values()
            if member.left_at is None
            and reviews.reviewed(world.acme.tzinfo).filter(reviewers.falls_to(member), pk=drawn.pk).exists()
        ]
        assert sorted(map(str, found.members)) == sorted(mine)  # the same rule twice
        return [str(each) for each in found.members], found.why


def told(world, kind):
    with world.inside():
        return [str(each.member) for each in Notification.objects.filter(kind=kind).order_by("pk")]


def leave(world, *people):
    """They are let go, and nobody takes over what they held."""
    with world.inside():
        for person in people:
            members.remove(member=person, handed={}, by=world.ada, now=timezone.now())
            person.refresh_from_db()


def test_a_review_falls_to_the_next_who_is_here(keeping, world, drawn, decide):
    assert whose(world, drawn) == (["Max"], "owner")
    with world.inside():
        naming.name(drawn=drawn, members=[world.con], departments=[world.service], by=world.max)
    assert whose(world, drawn) == (["Con", "Lea"], "reviewers")
    decide(turns.delegate, world.max, to=world.ivo)
    assert whose(world, drawn) == (["Ivo"], "delegate")
    leave(world, world.ivo)
    assert whose(world, drawn) == (["Con", "Lea"], "reviewers")
    leave(world, world.con, world.lea)
    assert whose(world, drawn) == (["Max"], "owner_left")
    leave(world, world.max)
    assert whose(world, drawn) == (["Eli"], "sponsor")
    leave(world, world.eli)
    assert whose(world, drawn) == ([], "nobody")
    text = keeping.get("reviews/", world.vi).content.decode()
    assert "Nobody is here to review it" in text


def test_who_is_asked_may_review_it_and_hand_it_back(keeping, world, drawn, decide):
    page = f"maps/{drawn.pk}/review/"
    assert keeping.post(page, world.ivo).status_code == 403
    keeping.post(f"maps/{drawn.pk}/review-delegation/", world.max, to=world.ivo.pk, note="You built it")
    assert told(world, "review.delegated") == ["Ivo"]
    text = keeping.get(page, world.ivo).content.decode()
    for words in (
        "Ivo",
        "Delegated",
        "You built it",
        "Hand back",
        "Max delegated the review due on 20 Apr 2026 to Ivo",
    ):
        assert words in text
    assert "For me to review" in keeping.get("reviews/?whose=todo", world.ivo).content.decode()
    assert "Move in" in keeping.get("reviews/?whose=todo", world.ivo).content.decode()
    assert keeping.post(page, world.ivo).status_code == 302
    assert keeping.post(f"maps/{drawn.pk}/review-return/", world.ivo, note="No time").status_code == 302
    assert told(world, "review.handed_back") == ["Max"]
    assert told(world, "review.taken_back") == []
    assert keeping.post(page, world.ivo).status_code == 403
    assert "not delegated" in keeping.post(f"maps/{drawn.pk}/review-return/", world.max, note="x").content.decode()
    decide(turns.delegate, world.max, to=world.ivo)
    decide(turns.hand_back, world.ada)
    assert told(world, "review.taken_back") == ["Ivo"]
    assert [action for action, *_ in keeping.actions(drawn)].count("map.hand_back_review") == 2


def test_a_delegation_ends_with_the_review(keeping, world, drawn, decide):
    decide(turns.delegate, world.max, to=world.ivo)
    now = timezone.now()
    keeping.close(keeping.start(drawn, now), now)
    assert whose(world, drawn) == (["Max"], "owner")
    with world.inside():
        assert not Notification.objects.filter(done_at=None).exists()


def test_it_is_put_off_within_limits_and_no_further(keeping, world, drawn, decide):
    def postpone(on, today=DUE):
        decide(turns.postpone, world.max, on=on, today=today)
        assert keeping.due(drawn)[1] == on

    postpone(DUE + timedelta(days=10))
    postpone(DUE + timedelta(days=30), today=DUE + timedelta(days=25))
    for day in (DUE + timedelta(days=31), DUE + timedelta(days=29), date.max, date(2020, 1, 1)):
        with pytest.raises(turns.CannotWait):
            postpone(day)
    with world.inside():
        plan = ReviewPlan.objects.get(map=drawn)
        assert (plan.first_due_on, plan.sequence, plan.turn) == (DUE, 3, 0)
        assert turns.last_day(ReviewPlan(map=drawn, next_on=DUE, cadence_days=7)) == DUE + timedelta(days=7)
    assert (
        "Postponed: it was due on 20 Apr 2026 at first."
        in keeping.get(f"maps/{drawn.pk}/review/", world.vi).content.decode()
    )


def test_it_is_skipped_once_and_the_next_day_follows_from_the_cadence(keeping, world, drawn, decide):
    with pytest.raises(turns.CannotSkip, match="not due before"):
        decide(turns.skip, world.max, today=DUE - timedelta(days=15))
    assert decide(turns.skip, world.max, today=DUE - timedelta(days=14)) == DUE + timedelta(days=40)
    with pytest.raises(turns.CannotSkip, match=r"skipped on 6 Apr 2026"):
        decide(turns.skip, world.max, today=DUE + timedelta(days=40))
    now = timezone.now()
    review = keeping.start(drawn, now)
    with pytest.raises(turns.CannotSkip, match="being reviewed"):
        decide(turns.skip, world.max, today=DUE + timedelta(days=40))
    next_on = keeping.close(review, now)
    assert decide(turns.skip, world.max, today=next_on + timedelta(days=2)) == next_on + timedelta(days=42)
    assert keeping.actions(drawn)[-1] == (
        "map.skip_review",
        "Max",
        {"next_on": next_on.isoformat()},
        {"next_on": (next_on + timedelta(days=42)).isoformat(), "note": "On holiday"},
    )


def test_only_who_may_review_it_decides(keeping, world, drawn):
    names = ("reviewers", "review-delegation", "review-return", "review-postponement", "review-skip")
    for name in names:
        page = f"maps/{drawn.pk}/{name}/"
        for member in (world.lea, world.vi, world.con):
            assert keeping.get(page, member).status_code == keeping.post(page, member).status_code == 403
        assert keeping.get(page, world.ann).status_code == 404
    assert "review-delegation" not in keeping.get(f"maps/{drawn.pk}/review/", world.vi).content.decode()


def test_bad_input_is_explained_and_kept(keeping, world, drawn):
    page = f"maps/{drawn.pk}/review-delegation/"
    answer = keeping.post(page, world.max, to=world.ivo.pk, note=" \0 ")
    assert answer.status_code == 422
    answer = keeping.post(page, world.max, to=world.ivo.pk, note="x" * 301)
    assert "at most 300 characters" in answer.content.decode()
    assert "x" * 301 in answer.content.decode()
    for nobody in (world.vi, world.ann):
        assert keeping.post(page, world.max, to=nobody.pk, note="Please").status_code == 422
    with world.inside(), pytest.raises(turns.OnlyReads):
        turns.delegate(drawn=drawn, to=world.vi, note="x", workspace=world.acme, by=world.max)
    answer = keeping.post(f"maps/{drawn.pk}/review-postponement/", world.max, on="9999-12-31", note="Later")
    assert answer.status_code == 422
    assert "can wait until" in answer.content.decode()
    answer = keeping.post(f"maps/{drawn.pk}/reviewers/", world.max, members=[world.vi.pk])
    assert answer.status_code == 422


def test_reviewers_are_named_on_their_page(keeping, world, drawn):
    page = f"maps/{drawn.pk}/reviewers/"
    given = {"members": [world.con.pk], "departments": [world.service.pk]}
    assert keeping.post(page, world.max, **given).status_code == 302
    assert keeping.post(page, world.con, **given).status_code == 302  # nothing new, nothing written
    assert keeping.get(page, world.con).content.decode().count("selected") == 2
    assert whose(world, drawn)[0] == ["Con", "Lea"]
    assert [after for action, _by, _before, after in keeping.actions(drawn) if action == "map.name_reviewers"] == [
        {"reviewers": ["Con", "Service"], "names": "Con, Service"}
    ]
    assert (
        "Max named who reviews it: Con, Service" in keeping.get(f"maps/{drawn.pk}/review/", world.vi).content.decode()
    )

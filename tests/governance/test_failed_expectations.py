"""An expectation that fails for a day brings the reviews of the maps that show its touchpoint forward, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.models import Expectation
from governance.pipelines import early
from governance.services import checking, expectations
from tests.governance.conftest import Keeping

FAR, SOON = timedelta(days=60), timedelta(days=14)


@pytest.fixture
def drawn(expected, world, sign_in):
    """Two maps due in sixty days, of which one shows the visit."""
    keeping = Keeping(world, sign_in)
    shown = keeping.map("Move in", owner=world.max, placed=[expected.visit])
    other = keeping.map("Pay", owner=world.max, placed=[expected.order])
    for each in (shown, other):
        keeping.plan(each, keeping.today + FAR, today=keeping.today)
    return keeping, shown, other


def find(expected, made, outcome, at):
    with expected.world.inside():
        fresh = Expectation.objects.get(pk=made.pk)
        checking.note(expectation=fresh, occasion=at.isoformat(), outcome=outcome, at=at, words="Found")


def test_it_calls_once_a_failure_and_says_why(expected, world, drawn):
    keeping, shown, other = drawn
    made, now = expected.posted(), timezone.now()
    find(expected, made, "fail", now - timedelta(hours=23))
    assert early.sweep(now) == 0  # it may pass again
    assert early.sweep(now + timedelta(hours=1)) == 1
    assert (keeping.due(shown)[1], keeping.due(other)[1]) == (keeping.today + SOON, keeping.today + FAR)
    page = keeping.get(f"maps/{shown.pk}/review/", world.vi).content.decode()
    assert "Visit fails what is expected of it: Its tests pass" in page
    assert f'href="/w/acme/expectations/{made.pk}/"' in page
    assert early.sweep(now + timedelta(days=2)) == 0  # it goes on
    find(expected, made, "pass", now + timedelta(days=3))
    find(expected, made, "fail", now + timedelta(days=4))
    assert early.sweep(now + timedelta(days=6)) == 1


def test_what_passed_again_was_ended_or_stands_elsewhere_calls_for_nothing(expected, world, drawn):
    now = timezone.now()
    passed, ended, alone = expected.posted(), expected.posted(), expected.posted()
    for each in (passed, ended, alone):
        find(expected, each, "fail", now - timedelta(days=3))
    find(expected, passed, "pass", now - timedelta(days=2))
    with world.inside():
        expectations.end(expectation=ended, by=world.max, now=now)
        Expectation.objects.filter(pk=alone.pk).update(touchpoint=expected.touchpoint("Nowhere"))
    assert early.sweep(now) == 0

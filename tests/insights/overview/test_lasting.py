"""The Overview names the moment at which time alone changes it: until then it is the same page, worked out or kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from insights.models import Source
from insights.queries import lasting
from insights.queries.freshness import age, changes_at
from insights.services import kpis
from journeys.models import Touchpoint
from journeys.services import accountability
from tests.insights.overview.company import BAD, GOOD, headline, journey, kpi, touchpoint
from tests.insights.overview.test_kept import page, worked_out

NOW = datetime(2026, 5, 12, 9, 30, 20, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def told(clock, world):
    """Everything that time changes: sources fresh, stale for hours and for days; no owner; an offer; old news."""
    with world.inside():
        call = touchpoint(world, "Confirmation call", is_moment_of_truth=True)
        visit = touchpoint(world, "First visit", owned=False)
        broken = kpi(world, call, [GOOD, BAD], owner=world.con)
        kpi(world, visit, [GOOD, GOOD])
        headline(broken)
        clock.move_to(NOW - timedelta(days=6, hours=20))
        kpis.set_target(kpi=broken, value=4, valid_from=date(2020, 1, 1), by=world.ada)
        clock.move_to(NOW)
        journey("I move in", {3: [call], 4: [visit]}, sponsor=world.eli, owner=world.max)
        Source.objects.update(interval_minutes=90, refreshed_at=NOW - timedelta(minutes=100))
        accountability.offer(touchpoint=visit, department=world.service, by=world.ada, now=NOW - timedelta(hours=30))
        Touchpoint.objects.filter(pk=visit.pk).update(unowned_since=NOW - timedelta(days=3, hours=7))
    return world


@pytest.fixture
def named(monkeypatch):
    """The moments that pages named, the last one at the end."""
    found, really = [], lasting.until
    monkeypatch.setattr(lasting, "until", lambda known: found.append(really(known)) or found[-1])
    return found


def test_nothing_changes_before_the_moment_that_it_names(told, sign_in, clock, named):
    client, pages = sign_in(told.eli), []
    for _ in range(9):
        now, made = timezone.now(), worked_out(client)
        pages.append(made)
        until = named[-1]
        assert until > now
        for share in (0.4, 0.97):
            clock.move_to(now + (until - now) * share)
            assert worked_out(client) == made
            named.pop()
        clock.move_to(until - timedelta(microseconds=1))
        assert worked_out(client) == made
        clock.move_to(until)
    assert len(set(pages)) >= 7  # and at that moment mostly something does


def test_it_is_kept_until_then_and_no_longer(told, sign_in, clock, named):
    client = sign_in(told.eli)
    first = page(client)
    [until] = named
    clock.move_to(until - timedelta(seconds=1))
    assert page(client) == first
    assert len(named) == 1  # it was not worked out again
    clock.move_to(until)
    second = page(client)
    assert len(named) == 2
    assert second == worked_out(client)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"refreshed_at": NOW - timedelta(minutes=100)}, NOW + timedelta(minutes=80, microseconds=1)),
        ({"refreshed_at": NOW - timedelta(hours=5, minutes=10)}, NOW + timedelta(minutes=50)),
        ({"refreshed_at": NOW - timedelta(days=3, hours=5)}, NOW + timedelta(hours=19)),
        ({"refreshed_at": None}, None),
        ({"interval_minutes": None}, None),
    ],
)
def test_a_source_names_the_moment_its_age_is_another(world, clock, fields, expected):
    source = Source(**{"name": "Survey", "interval_minutes": 90, "refreshed_at": NOW - timedelta(minutes=100)} | fields)
    assert changes_at(source, now=NOW) == expected
    if expected:
        assert age(source, now=expected - timedelta(microseconds=1)) == age(source, now=NOW)
        assert age(source, now=expected) != age(source, now=NOW)

"""How reviews go, in four numbers and in one line of the Overview; counted anew here in plain Python."""

from datetime import timedelta
from statistics import median

import pytest
from django.utils import timezone

from governance.models import Review, ReviewPlan
from governance.queries import programme, reviews
from journeys.services import maps
from tests.days import local_today


@pytest.fixture
def several(keeping, world):
    """Maps late by some days, due in some, and far away; and reviews that took some days each."""
    for n, days in enumerate((-30, -1, 0, 14, 15, 80, 200)):
        keeping.plan(keeping.map(f"Map {n}", owner=world.max, sponsor=world.eli), keeping.today + timedelta(days=days))
    now = timezone.now()
    with world.inside():
        drawn = list(reviews.reviewed(world.acme.tzinfo).order_by("pk"))
        for one, took, ago in zip(drawn, (2, 9, 4, 30), (5, 100, 364, 366), strict=False):
            closed = now - timedelta(days=ago)
            told = {"due_on": keeping.today, "by": world.max, "closed_by": world.max}
            Review.objects.create(map=one, at=closed - timedelta(days=took), closed_at=closed, **told)
        maps.archive(drawn=drawn[5], now=now, by=world.ada)
    return keeping


def test_the_numbers_are_those_of_a_count_by_hand(several, world):
    now, zone = timezone.now(), world.acme.tzinfo
    with world.inside():
        found = programme.programme(today=several.today, now=now, zone=zone)
        days = [
            (plan.next_on - several.today).days
            for plan in ReviewPlan.objects.select_related("map")
            if plan.map.archived_at is None
        ]
        closed = [each for each in Review.objects.all() if each.closed_at > now - timedelta(days=365)]
    assert found.maps == len(days) == 6
    assert found.overdue == sum(each < 0 for each in days)
    assert found.due == sum(0 <= each <= 14 for each in days)
    assert found.cycle == median(each.closed_at - each.at for each in closed)
    assert (found.current, found.share, found.cycle_days) == (4, 66, 4)


def test_without_maps_there_is_nothing_to_share(world):
    with world.inside():
        found = programme.programme(today=local_today(), now=timezone.now(), zone=world.acme.tzinfo)
    assert (found.maps, found.share, found.cycle_days) == (0, None, None)


def test_the_page_shows_them_and_leads_to_the_rows(several, world):
    page = several.get("governance/", world.eli).content.decode()
    for words in ("66 % (4 of 6)", "4 days", 'href="/w/acme/reviews/?when=overdue">2<'):
        assert words in page


def test_executives_read_it_in_one_line(several, world):
    page = several.get("overview/", world.eli).content.decode()
    assert "4 of 6 maps are current · 2 reviews overdue · 2 due in 14 days · a review takes 4 days" in page
    assert 'href="/w/acme/governance/"' in page


def test_a_workspace_without_maps_has_no_line(keeping, world):
    assert "Maps kept true" not in keeping.get("overview/", world.eli).content.decode()

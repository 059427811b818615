"""A feed that a person must put right stands in the owner's inbox: once for each reason, until it is resumed."""

import pytest
from django.utils import timezone

from connectors.base import SetupProblem
from connectors.models import Feed
from connectors.services import schedules
from orgs.models import Notification
from orgs.queries import inbox
from tests.connectors.running.desk import connect, hourly, raising, refresh

REASON = "The source refused the key. Enter a new one."


@pytest.fixture
def feeds(world, bell):
    bell.answer = raising(SetupProblem(REASON))
    there = connect(world)
    return [hourly(world, there, f"Rings {number}") for number in range(3)]


def waiting(world):
    with world.inside():
        return list(Notification.objects.filter(kind="feed.paused", done_at=None))


def test_three_feeds_with_one_bad_key_are_one_thing_to_do(world, feeds):
    for feed in feeds:
        refresh(world, feed)
    (told,) = waiting(world)
    with world.inside():
        assert told.member_id == feeds[0].connection.created_by_id
        assert inbox.told([told], told.member)[told.pk].text.startswith("Feeds of “")
        assert inbox.told([told], told.member)[told.pk].quote == REASON


def test_it_is_done_when_the_last_of_them_is_resumed_and_said_anew_when_it_stops_again(world, feeds):
    for feed in feeds[:2]:
        refresh(world, feed)
    with world.inside():
        for number, feed in enumerate(Feed.objects.exclude(paused_at=None)):
            assert Notification.objects.filter(kind="feed.paused", done_at=None).count() == 1, number
            schedules.resume(feed=feed, now=timezone.now(), by=world.ivo)
    assert waiting(world) == []
    refresh(world, feeds[0])
    assert len(waiting(world)) == 1

"""Ten feeds of one connection that stop for one bad key are one piece of news: one mail, one line on the page."""

import threading

import pytest
from django.core import mail

from connectors.base import SetupProblem
from connectors.models import Feed
from connectors.pipelines import pauses
from orgs.models import AuditEntry
from tests.connectors.running.desk import connect, hourly, raising, refresh, tick, woken
from tests.connectors.test_at_once import at_once

REASON = "The source refused the key. Enter a new one."


@pytest.fixture
def feeds(world, bell):
    bell.answer = raising(SetupProblem(REASON))
    there = connect(world)
    return [hourly(world, there, f"Rings {number}") for number in range(10)]


def tell(world, feed):
    pauses.tell(workspace_id=world.acme.pk, feed_id=feed.pk)


def untold(world):
    with world.inside():
        return Feed.objects.untold().count()


def test_feeds_that_stop_together_are_named_in_one_mail(world, feeds):
    for feed in feeds:
        refresh(world, feed)
    for feed in feeds:
        tell(world, feed)
    (letter,) = mail.outbox
    assert letter.subject == "“Rings 0” and other feeds are paused (10)"
    assert letter.body.count(REASON) == 1
    assert all(f"- Rings {number}\n" in letter.body for number in range(10))
    assert untold(world) == 0
    with world.inside():
        assert AuditEntry.objects.filter(action="feed.tell_owner").count() == 10


def test_those_that_stop_one_after_the_other_are_one_mail_too(world, feeds, page):
    for feed in feeds:
        refresh(world, feed)
        tell(world, feed)
    assert len(mail.outbox) == 1
    assert untold(world) == 0
    assert page("connections").split("<table")[0].count(REASON) == 1


def test_another_reason_or_another_connection_is_news(world, feeds, bell):
    refresh(world, feeds[0])
    tell(world, feeds[0])
    bell.answer = raising(SetupProblem("The address is gone."))
    refresh(world, feeds[1])
    tell(world, feeds[1])
    bell.answer = raising(SetupProblem(REASON))
    other = hourly(world, connect(world, "Other"), "Elsewhere")
    refresh(world, other)
    tell(world, other)
    assert [letter.subject for letter in mail.outbox] == [
        "“Rings 0” is paused",
        "“Rings 1” is paused",
        "“Elsewhere” is paused",
    ]


def test_the_sweep_wakes_one_job_for_all_of_them(world, feeds, django_capture_on_commit_callbacks):
    for feed in feeds:
        refresh(world, feed)
    with django_capture_on_commit_callbacks() as callbacks:
        tick()
    assert len(woken(callbacks, "connectors.tasks.tell")) == 1


def test_workers_at_once_send_one_mail_for_all(committed_world, bell):
    world = committed_world
    bell.answer = raising(SetupProblem(REASON))
    there = connect(world)
    feeds = [hourly(world, there, f"Rings {number}") for number in range(4)]
    for feed in feeds:
        refresh(world, feed)
    barrier = threading.Barrier(4)

    def each(feed):
        def together():
            barrier.wait(timeout=30)
            tell(world, feed)

        return together

    at_once(*map(each, feeds))
    assert len(mail.outbox) == 1
    for feed in feeds:  # the sweep: what a worker left to another one
        tell(world, feed)
    assert len(mail.outbox) == 1
    assert untold(world) == 0

"""What a person must put right pauses the feed and is told to its owner, once."""

import smtplib
import threading

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from connectors.base import SetupProblem
from connectors.models import Feed
from connectors.pipelines import pauses
from connectors.services import schedules
from orgs.models import AuditEntry, Member
from tests.connectors.desk import bring, csv_of
from tests.connectors.running.desk import (
    NOW,
    answers,
    ask,
    connect,
    feed_of,
    fresh,
    hourly,
    raising,
    refresh,
    runs_of,
    tick,
    woken,
    work,
)
from tests.connectors.test_at_once import at_once
from tests.world import CANARY

REASON = "The source refused the key. Enter a new one."


@pytest.fixture
def feed(world, bell):
    bell.answer = raising(SetupProblem(REASON))
    return hourly(world, connect(world))


def tell(world, feed):
    pauses.tell(workspace_id=world.acme.pk, feed_id=feed.pk)


def resume(world, feed):
    with world.inside():
        return schedules.resume(feed=feed, now=NOW, by=world.ivo)


def test_the_feed_stops_with_the_reason_on_run_feed_and_source(world, feed):
    run = refresh(world, feed)
    held = fresh(world, feed)
    assert (run.state, run.message) == ("failed", REASON)
    assert (held.paused_reason, held.source.trouble) == (REASON, REASON)
    assert held.paused_at
    tick(NOW.replace(hour=20))
    assert len(runs_of(world, feed)) == 1
    with world.inside():
        assert AuditEntry.objects.get(action="feed.pause").after == {"reason": REASON}


def test_the_owner_gets_one_mail_and_the_feed_remembers_it(world, feed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        refresh(world, feed)
    assert woken(callbacks, "connectors.tasks.tell") == [feed.pk]
    tell(world, feed)
    tell(world, feed)
    (letter,) = mail.outbox
    assert letter.to == ["ivo@acme.test"]
    assert letter.subject == "“Rings” is paused"
    assert REASON in letter.body
    assert "Acme" in letter.body
    assert CANARY not in letter.body
    assert fresh(world, feed).owner_told_at
    with world.inside():
        assert AuditEntry.objects.filter(action="feed.tell_owner").count() == 1


def test_a_mail_server_that_is_away_is_tried_again_and_told_once(
    world, feed, monkeypatch, django_capture_on_commit_callbacks
):
    refresh(world, feed)

    def refuse(*_args):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", refuse)
        tell(world, feed)
    assert fresh(world, feed).owner_told_at is None
    with django_capture_on_commit_callbacks() as callbacks:
        tick()
    assert woken(callbacks, "connectors.tasks.tell") == [feed.pk]
    tell(world, feed)
    with django_capture_on_commit_callbacks() as callbacks:
        tick()
    assert woken(callbacks, "connectors.tasks.tell") == []
    assert len(mail.outbox) == 1


def test_workers_at_once_send_one_mail(committed_world, bell, monkeypatch):
    world = committed_world
    bell.answer = raising(SetupProblem(REASON))
    feed = feed_of(world, connect(world))
    refresh(world, feed)
    barrier = threading.Barrier(3)

    def together():
        barrier.wait(timeout=30)
        tell(world, feed)

    at_once(*[together] * 3)
    assert len(mail.outbox) == 1


def test_when_the_owner_has_left_the_administrators_are_told(world, feed):
    refresh(world, feed)
    with world.inside():
        Member.objects.filter(pk=world.ivo.pk).update(left_at=NOW)
    tell(world, feed)
    assert [letter.to for letter in mail.outbox] == [["ada@acme.test"]]


def test_nobody_can_tell_about_the_feed_of_another_company(world, feed):
    refresh(world, feed)
    pauses.tell(workspace_id=world.umbra.pk, feed_id=feed.pk)
    assert mail.outbox == []


def test_resuming_begins_at_once_and_a_second_pause_is_told_again(world, feed, bell):
    refresh(world, feed)
    tell(world, feed)
    held = resume(world, feed)
    assert (held.paused_at, held.paused_reason, held.owner_told_at) == (None, "", None)
    assert work(world, runs_of(world, feed)[-1]).state == "failed"
    tell(world, feed)
    assert len(mail.outbox) == 2
    resume(world, feed)
    bell.answer = answers("2026-05-12")
    run = work(world, runs_of(world, feed)[-1])
    assert (run.state, run.feed.source.trouble) == ("done", "")


def test_a_file_that_cannot_be_read_pauses_nothing_and_mails_nobody(world):
    run = bring(world, csv_of())
    assert run.state == "failed"
    tell(world, run.feed)
    assert fresh(world, run.feed).paused_at is None
    assert mail.outbox == []


def test_a_person_pauses_and_resumes(world, bell):
    feed = hourly(world, connect(world))
    run = ask(world, feed)
    with world.inside():
        schedules.pause(feed=feed, now=NOW, by=world.ivo)
    assert runs_of(world, feed)[0].state == "cancelled"
    tick(NOW.replace(hour=20))
    assert len(runs_of(world, feed)) == 1
    tell(world, feed)
    assert mail.outbox == []
    resume(world, feed)
    assert [one.state for one in runs_of(world, feed)] == ["cancelled", "queued"]
    assert fresh(world, feed).next_due_at == NOW.replace(hour=10)
    assert runs_of(world, feed)[0].pk == run.pk


def test_a_paused_feed_is_not_run_by_hand(world, feed):
    refresh(world, feed)
    with pytest.raises(schedules.FeedIsPaused, match="Resume it first"):
        ask(world, feed)
    day = NOW.date()
    with world.inside(), pytest.raises(schedules.FeedIsPaused):
        schedules.backfill(feed=feed, first=day, last=day, today=day, by=world.ivo)


def test_a_feed_of_another_company_is_not_found(world, feed):
    with world.inside_umbra(), pytest.raises(Feed.DoesNotExist):
        schedules.pause(feed=feed, now=NOW, by=world.ann)

"""Mails go out once, wait while the mail server is away, and survive a sender that dies between any two lines."""

import os
import signal
import threading
from datetime import timedelta
from multiprocessing import get_context
from time import monotonic

import pytest
from django.db import connection
from django.utils import timezone

from cxhub.lib import mail
from orgs.models import Member, Notification
from orgs.pipelines import outbox, sendings, writing
from orgs.services import comments
from tests.orgs.comments.desk import NOW, owned_kpi, say


@pytest.fixture
def comment(world, office):
    return say(world, owned_kpi(world), world.ivo, "Do you <b>know</b>, @Eli? שלום")


def send(world, minutes=0):
    return outbox.send(workspace_id=world.acme.pk, now=timezone.now() + timedelta(minutes=minutes))


def to_eli(world):
    with world.inside():
        return Notification.objects.get(member=world.eli)


def recipients(office):
    return sorted(letter["To"] for letter in office.letters)


def test_each_gets_one_mail_with_words_and_a_whole_address(world, comment, office):
    assert send(world, 1) == 2
    assert send(world, 1) == 0
    assert recipients(office) == ["con@acme.test", "eli@acme.test"]
    letter = next(letter for letter in office.letters if letter["To"] == "eli@acme.test")
    plain, html = (letter.get_body([kind]).get_content() for kind in ("plain", "html"))
    address = f"https://cx.acme.example/w/acme/inbox/{to_eli(world).pk}/"
    assert "Ivo mentioned you on" in letter["Subject"]
    assert letter["Message-ID"] == writing.message_id("notification", to_eli(world))
    for body in (plain, html):
        assert address in body
        assert "שלום" in body
    assert "<b>know</b>" in plain
    assert "&lt;b&gt;know&lt;/b&gt;" in html
    assert to_eli(world).sent_at


def test_what_was_read_or_deleted_meanwhile_is_not_mailed(world, comment, office):
    with world.inside():
        Notification.objects.filter(member=world.con).update(seen_at=timezone.now())
        comments.delete(comment=comment, by=world.ivo, now=NOW)
    assert send(world, 1) == 0
    assert office.letters == []
    assert to_eli(world).due_at is None


def test_who_has_left_gets_none(world, comment, office):
    with world.inside():
        Member.objects.filter(pk=world.eli.pk).update(left_at=timezone.now())
    send(world, 1)
    assert recipients(office) == ["con@acme.test"]


def test_a_mail_server_that_is_away_is_asked_later_and_later(world, comment, office, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert send(world, 1) == 0
    assert send(world, 2) == 0
    assert to_eli(world).tries == 1, "it waits two minutes"
    assert send(world, 4) == 0
    assert to_eli(world).tries == 2
    settings.EMAIL_PORT = port
    assert send(world, 5) == 0
    assert send(world, 60) == 2


def test_a_mail_refused_for_good_keeps_no_other_waiting(world, comment, office):
    office.refuses = ["con@"]
    assert send(world, 1) == 1
    assert send(world, 600) == 0
    assert recipients(office) == ["eli@acme.test"]


def test_a_server_that_dies_after_taking_a_mail_gets_it_again_under_the_same_id(world, comment, office):
    office.dies = True
    assert send(world, 1) == 0
    office.dies = False
    assert send(world, 60) == 2
    ids = [letter["Message-ID"] for letter in office.letters]
    assert len(ids) == 3
    assert len(set(ids)) == 2


def test_a_mail_refused_for_a_while_keeps_no_other_waiting_and_comes_later(world, comment, office):
    office.defers = ["con@"]
    assert send(world, 1) == 1
    assert send(world, 2) == 0
    office.defers = []
    assert send(world, 4) == 1
    assert recipients(office) == ["con@acme.test", "eli@acme.test"]


def test_a_server_that_dies_in_the_middle_of_a_mail_gets_it_again(world, comment, office):
    office.cuts = True
    assert send(world, 1) == 0
    assert office.letters == []
    office.cuts = False
    assert send(world, 60) == 2
    assert recipients(office) == ["con@acme.test", "eli@acme.test"]


def test_a_slow_server_does_not_hold_the_worker_and_gets_it_again_under_the_same_id(
    world, comment, office, monkeypatch
):
    monkeypatch.setattr(mail, "SECONDS", 0.3)
    office.seconds = 1
    began = monotonic()
    assert send(world, 1) == 0
    assert monotonic() - began < 5
    office.seconds = 0
    monkeypatch.setattr(mail, "SECONDS", 15)
    assert send(world, 60) == 2
    ids = [letter["Message-ID"] for letter in office.letters]
    assert len(set(ids)) == 2
    assert len(ids) <= 3


def test_a_fence_keeps_a_late_worker_from_noting(world, comment, office):
    with world.inside():
        held = sendings.claim(Notification, timezone.now())
        Notification.objects.update(leased_until=timezone.now() - timedelta(minutes=1))
        again = sendings.claim(Notification, timezone.now() + timedelta(minutes=1))
        assert {pk for pk, _ in held} == {pk for pk, _ in again}
        sendings.note(Notification, *held[0], due_at=None)
        assert Notification.objects.get(pk=held[0][0]).due_at


def test_the_sweep_wakes_what_waits(world, comment, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as none:
        outbox.sweep(timezone.now() - timedelta(days=1))
    with django_capture_on_commit_callbacks() as some:
        outbox.sweep(timezone.now() + timedelta(minutes=1))
    assert (len(none), len(some)) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(committed_world, office):
    world = committed_world
    record = owned_kpi(world)
    for number in range(15):
        say(world, record, world.ivo, f"@Eli {number}")

    def work():
        try:
            while send(world, 1):
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while send(world, 1):
        pass
    assert len(office.letters) == 30
    assert len({letter["Message-ID"] for letter in office.letters}) == 30


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["post", "_close"], ids=["before sending", "after sending"])
def test_a_worker_killed_leaves_nothing_unsent_and_at_most_one_duplicate(committed_world, office, where):
    """Killed with -9 after the claim is committed, or once everything has gone out."""
    world = committed_world
    say(world, owned_kpi(world), world.ivo, "@Eli")
    workspace_id, due = world.acme.pk, timezone.now() + timedelta(minutes=1)
    connection.close()

    def die(*_args, **_more):
        os.kill(os.getpid(), signal.SIGKILL)

    def child():
        connection.close()
        setattr(writing, where, die)
        outbox.send(workspace_id=workspace_id, now=due)

    process = get_context("fork").Process(target=child)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    gone = len(office.letters)
    assert gone == (0 if where == "post" else 2)
    assert send(world, 2) == 0, "the lease of the dead one holds"
    assert send(world, 60) == 2 - gone
    ids = [letter["Message-ID"] for letter in office.letters]
    assert len(ids) == len(set(ids)) == 2


@pytest.mark.django_db(transaction=True)
def test_what_died_twice_in_the_middle_of_sending_is_not_sent_a_third_time(committed_world, office):
    world = committed_world
    say(world, owned_kpi(world), world.ivo, "@Eli")
    with world.inside():
        Notification.objects.filter(member=world.eli).update(begun=sendings.MOST_BEGUN)
    send(world, 1)
    assert recipients(office) == ["con@acme.test"]
    assert to_eli(world).due_at is None

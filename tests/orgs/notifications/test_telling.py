"""One message per thing, occasion and person, in the transaction of the change; never to the one who did it."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from orgs.models import Member, Notification
from orgs.services import notifications
from tests.orgs.comments.desk import owned_touchpoint, say


@pytest.fixture
def comment(world):
    return say(world, owned_touchpoint(world), world.ivo, "Nobody is named")


def tell(world, comment, *members, occasion="a", by=None):
    with world.inside():
        ids = [member.pk for member in members]
        notifications.tell(members=ids, kind="comment.mention", thing=comment, occasion=occasion, by=by or world.ivo)


def told(world):
    with world.inside():
        found = Notification.objects.filter(kind="comment.mention")
        return sorted((each.member.user.name, each.occasion) for each in found)


def test_each_person_is_told_once_however_often_the_service_is_called(world, comment):
    for _ in range(3):
        tell(world, comment, world.eli, world.max, world.eli)
    tell(world, comment, world.eli, occasion="b")
    assert told(world) == [("Eli", "a"), ("Eli", "b"), ("Max", "a")]


def test_who_did_it_who_left_and_who_belongs_elsewhere_is_not_told(world, comment):
    with world.inside():
        Member.objects.filter(pk=world.con.pk).update(left_at=timezone.now())
    tell(world, comment, world.ivo, world.con, world.ann, world.vi)
    assert told(world) == [("Vi", "a")]


def test_a_change_that_is_undone_tells_nobody(world, comment):
    with world.inside(), transaction.atomic():
        tell(world, comment, world.eli)
        transaction.set_rollback(True)
    assert told(world) == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_tell_once(committed_world):
    world = committed_world
    comment = say(world, owned_touchpoint(world), world.ivo, "Nobody is named")
    both = threading.Barrier(2)

    def one():
        try:
            with world.inside():
                both.wait()
                ids = [world.eli.pk, world.max.pk]
                notifications.tell(members=ids, kind="comment.mention", thing=comment, occasion="a", by=world.ivo)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told(world) == [("Eli", "a"), ("Max", "a")]


def test_what_is_settled_is_done_for_everybody(world, comment):
    tell(world, comment, world.eli, world.max)
    with world.inside():
        notifications.settle(thing=comment, kinds=["comment.mention"], now=timezone.now(), members=[world.eli.pk])
        assert Notification.objects.get(kind="comment.mention", done_at=None).member == world.max
        notifications.settle(thing=comment, kinds=["comment.mention"], now=timezone.now())
        assert not Notification.objects.filter(kind="comment.mention", done_at=None).exists()

"""Two people, or two presses, at the same moment: one sign-off, one version, one acknowledgement."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from governance.models import Acknowledgement, Endorsement
from governance.services import endorsements, plans, reviews, sharing
from journeys.models import Map, MapVersion
from journeys.queries import documents, maps
from orgs.models import AuditEntry, Notification
from orgs.scope import workspace_id
from tests.world import lay_out

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review(committed_world):
    """A validated review of a map that Eli sponsors and Ivo is asked to endorse."""
    world = committed_world
    with world.inside():
        drawn = lay_out("Move in", [], world.ada)
        Map.objects.filter(pk=drawn.pk).update(owner=world.max, sponsor=world.eli)
        made = reviews.start(drawn=drawn, workspace=world.acme, by=world.max, now=timezone.now())
        for step in ("update", "validate"):
            reviews.mark(review=made, step=step, is_done=True, by=world.max, now=timezone.now())
        endorsements.ask_second(drawn=drawn, member=world.ivo, by=world.max)
    return made


def at_once(world, *jobs):
    """Do the jobs in threads that begin together; returns what each raised, if it did."""
    start, raised = threading.Barrier(len(jobs)), []

    def do(job):
        try:
            start.wait()
            with world.inside():
                assert workspace_id() == world.acme.pk
                job()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def seen(world, review):
    with world.inside():
        return documents.sha256(documents.document(maps.one().get(pk=review.map_id)))


def test_a_double_press_signs_once(committed_world, review):
    world, token = committed_world, seen(committed_world, review)

    def sign():
        endorsements.sign_off(review=review, seen=token, comment="", by=world.eli, now=timezone.now())

    assert at_once(world, sign, sign, sign) == []
    with world.inside():
        assert Endorsement.objects.count() == MapVersion.objects.count() == 1
        assert AuditEntry.objects.filter(action="map.endorse").count() == 1
        assert Notification.objects.filter(kind="review.signed").count() == 1
        version = MapVersion.objects.get()

    def endorse():
        endorsements.endorse(version=version, comment="", by=world.ivo, now=timezone.now())

    assert at_once(world, sign, endorse, endorse) == []
    with world.inside():
        assert sorted(Endorsement.objects.values_list("capacity", flat=True)) == ["second", "sponsor"]
        sharing.share(version=version, text="New", members=[world.con.pk], by=world.max, now=timezone.now())

    def read():
        sharing.acknowledge(version=version, by=world.con, now=timezone.now())

    def remind():
        sharing.remind(version=version, by=world.max, now=timezone.now())

    assert at_once(world, read, read, remind, remind) == []
    with world.inside():
        assert Acknowledgement.objects.count() == 1
        assert AuditEntry.objects.filter(action="map.acknowledge").count() == 1
        assert Notification.objects.filter(kind="version.reminder").count() <= 1


def test_signing_and_closing_at_once_leave_no_sign_off_of_a_closed_review(committed_world, review):
    world, token = committed_world, seen(committed_world, review)
    with world.inside():
        for step in reviews.ALL:
            reviews.mark(review=review, step=step, is_done=True, by=world.max, now=timezone.now())

    def sign():
        endorsements.sign_off(review=review, seen=token, comment="", by=world.eli, now=timezone.now())

    def close():
        reviews.close(review=review, workspace=world.acme, note="", by=world.max, now=timezone.now())

    raised = at_once(world, sign, close)
    assert all(isinstance(error, reviews.IsOver | plans.PlanError) for error in raised)
    with world.inside():
        review.refresh_from_db()
        assert not review.is_open
        assert Endorsement.objects.count() == 1 - len(raised)

"""A digest is one mail a person and moment with what is unread by then, whatever crashes; never an empty one."""

import os
import signal
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest
from django.db import connection
from django.utils import timezone

from orgs.models import Comment, Digest, Notification
from orgs.pipelines import digests, writing
from orgs.queries import mail_choices as queries
from orgs.services import mail_choices
from tests.days import local_today
from tests.orgs.comments.desk import owned_touchpoint, say

EIGHT = datetime(2126, 5, 7, 6, tzinfo=UTC)  # a Tuesday, 8:00 in Berlin
DAY = timedelta(days=1)


def begin(world, at):
    digests.sweep(at)
    return digests.send(workspace_id=world.acme.pk, now=at)


def subscribe(world, *members, **times):
    with world.inside():
        for member in members:
            mail_choices.choose(kinds={"comment.mention": "digest", "comment.new": "digest"}, by=member)
            whole = {name: getattr(queries.wishes(member).times, name) for name in mail_choices.TIMES} | times
            mail_choices.set_times(times=whole, by=member, today=local_today())


def mention(world, name="Call us", at=EIGHT - timedelta(hours=2), text="Do you know, @Eli?"):
    say(world, owned_touchpoint(world, name=name), world.ivo, text)
    with world.inside():
        Notification.objects.filter(member=world.eli, created_at__lt=timezone.now() + DAY).update(created_at=at)


def recipients(office):
    return sorted(letter["To"] for letter in office.letters)


def test_one_mail_has_everything_grouped_and_the_next_day_none(world, office):
    subscribe(world, world.eli)
    for name in ("Zebra", "Call us", "Zebra"):
        mention(world, name)
    assert begin(world, EIGHT - timedelta(minutes=1)) == 0
    assert begin(world, EIGHT) == 1
    [letter] = office.letters
    assert letter["Subject"] == "3 messages wait for you · Acme"
    assert letter["List-Unsubscribe-Post"]
    plain, html = (letter.get_body([kind]).get_content() for kind in ("plain", "html"))
    for body in (plain, html):
        assert body.count("Do you know, @Eli?") == 3
        assert body.index("Ivo mentioned you on Call us") < body.index("Ivo mentioned you on Zebra")
    assert html.count("Zebra</h2>") == 1
    assert [begin(world, at) for at in (EIGHT, EIGHT + timedelta(hours=3), EIGHT + DAY)] == [0, 0, 0]
    with world.inside():
        assert not Notification.objects.filter(in_digest=True, member=world.eli).exists()
        assert Digest.objects.count() == 1


def test_what_was_read_muted_or_chosen_otherwise_meanwhile_is_left_out(world, office):
    subscribe(world, world.eli)
    for name in ("Read", "Muted", "Left"):
        mention(world, name)
    with world.inside():
        first, second, _third = Notification.objects.filter(member=world.eli).order_by("pk")
        Notification.objects.filter(pk=first.pk).update(seen_at=timezone.now())
        about = {"thing_type": "touchpoint", "thing_id": Comment.objects.get(pk=second.thing_id).subject_id}
        mail_choices.mute(**about, until=None, by=world.eli, today=local_today())
    assert begin(world, EIGHT) == 1
    assert office.letters[0]["Subject"].startswith("1 message waits")
    mention(world, "Later", at=EIGHT + timedelta(hours=1))
    with world.inside():
        mail_choices.choose(kinds={"comment.mention": "never"}, by=world.eli)
    assert begin(world, EIGHT + DAY) == 0


def test_a_weekly_one_waits_for_its_day_and_quiet_hours_for_their_end(world, office):
    subscribe(world, world.eli, digest_every="week", digest_weekday=3, quiet_from=7, quiet_until=9)
    mention(world)
    assert begin(world, EIGHT) == 0
    thursday = EIGHT + 2 * DAY
    assert begin(world, thursday) == 0
    assert begin(world, thursday + timedelta(hours=1)) == 1


def test_after_an_outage_there_is_one_not_one_for_each_day_missed(world, office):
    subscribe(world, world.eli)
    mention(world, at=EIGHT - 3 * DAY)
    mention(world, "Other", at=EIGHT - timedelta(hours=1))
    assert begin(world, EIGHT + timedelta(hours=2)) == 1
    assert office.letters[0]["Subject"].startswith("2 messages")


def test_a_server_that_is_away_gets_it_later(world, office, settings):
    subscribe(world, world.eli)
    mention(world)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert begin(world, EIGHT) == 0
    settings.EMAIL_PORT = port
    assert begin(world, EIGHT + timedelta(minutes=3)) == 1
    assert recipients(office) == ["eli@acme.test"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", ["post", "_close"], ids=["before sending", "after sending"])
def test_a_worker_killed_leaves_one_digest(committed_world, office, where):
    world = committed_world
    subscribe(world, world.eli, world.max)
    mention(world, text="@Eli @Max")
    with world.inside():
        Notification.objects.update(created_at=EIGHT - DAY)
    workspace_id = world.acme.pk
    connection.close()

    def die(*_args, **_more):
        os.kill(os.getpid(), signal.SIGKILL)

    def child():
        connection.close()
        setattr(writing, where, die)
        digests.sweep(EIGHT)
        digests.send(workspace_id=workspace_id, now=EIGHT)

    process = get_context("fork").Process(target=child)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert begin(world, EIGHT + timedelta(minutes=1)) == 0, "the lease of the dead one holds"
    begin(world, EIGHT + timedelta(minutes=60))
    assert recipients(office) == ["eli@acme.test", "max@acme.test"]
    assert begin(world, EIGHT + timedelta(hours=3)) == 0

"""Quiet hours hold mails back, a pause and a mute leave them to the inbox, and bad times are explained."""

from datetime import UTC, date, datetime

import pytest

from orgs.models import AuditEntry, MailTimes, Mute, Notification, User
from orgs.pipelines import outbox
from orgs.services import mail_choices
from tests.days import local_today
from tests.orgs.comments.desk import owned_touchpoint, say

EVENING, MORNING = datetime(2126, 5, 4, 21, 30, tzinfo=UTC), datetime(2126, 5, 5, 5, tzinfo=UTC)  # 23:30 and 7:00
TIMES = {"digest_every": "day", "digest_weekday": "0", "digest_hour": "8"}
PATH = "/w/acme/inbox/mails/"


@pytest.fixture
def touchpoint(world, office):
    return owned_touchpoint(world)


def send(world, at):
    return outbox.send(workspace_id=world.acme.pk, now=at)


def to_eli(world):
    with world.inside():
        return Notification.objects.get(member=world.eli)


def set_times(world, **times):
    whole = {name: getattr(MailTimes(), name) for name in mail_choices.TIMES} | times
    with world.inside():
        mail_choices.set_times(times=whole, by=world.eli, today=date(2026, 5, 4))


def test_a_mail_waits_for_the_end_of_quiet_hours_where_the_person_is(world, touchpoint, office):
    set_times(world, quiet_from=22, quiet_until=7)
    say(world, touchpoint, world.ivo, "@Eli")
    assert send(world, EVENING) == 1, "Lea's alone"
    assert (to_eli(world).due_at, to_eli(world).tries) == (MORNING, 0)
    assert send(world, MORNING) == 1
    User.objects.filter(pk=world.eli.user_id).update(zone="America/New_York")
    say(world, touchpoint, world.ivo, "@Eli again")
    assert send(world, EVENING) == 2, "it is afternoon there"


def test_new_hours_are_kept_to_by_what_waits(world, touchpoint, office):
    set_times(world, quiet_from=22, quiet_until=7)
    say(world, touchpoint, world.ivo, "@Eli")
    send(world, EVENING)
    set_times(world)
    assert send(world, EVENING) == 1


def test_a_pause_leaves_mails_to_the_inbox(world, touchpoint, office):
    set_times(world, paused_until=date(2126, 5, 6))
    say(world, touchpoint, world.ivo, "@Eli")
    send(world, MORNING)
    assert [letter["To"] for letter in office.letters] == ["lea@acme.test"]
    assert (to_eli(world).due_at, to_eli(world).seen_at) == (None, None)
    say(world, touchpoint, world.ivo, "@Eli later")
    assert send(world, MORNING.replace(day=6)) == 2


def test_what_is_muted_stays_in_the_inbox(world, touchpoint, office, sign_in):
    say(world, touchpoint, world.ivo, "@Eli")
    say(world, owned_touchpoint(world, name="Other"), world.ivo, "@Eli")
    client = sign_in(world.eli)
    with world.inside():
        path = f"/w/acme/inbox/{Notification.objects.filter(member=world.eli).order_by('pk').first().pk}/mute/"
    assert "Call us" in client.get(path).content.decode()
    assert client.post(path, {"until": "2001-01-01"}).status_code == 422
    assert client.post(path, {"until": ""}).status_code == 302
    send(world, MORNING)
    assert [letter["Subject"] for letter in office.letters if letter["To"] == "eli@acme.test"] == [
        "Ivo mentioned you on Other"
    ]
    assert "Ivo mentioned you on Call us" in client.get("/w/acme/inbox/").content.decode()
    assert "Call us" in client.get(PATH).content.decode()
    with world.inside():
        mute = Mute.objects.get(member=world.eli)
        assert AuditEntry.objects.filter(action="member.mute", actor=world.eli).exists()
    assert sign_in(world.max).post(f"/w/acme/inbox/mutes/{mute.pk}/removal/").status_code == 404
    sign_in(world.eli).post(f"/w/acme/inbox/mutes/{mute.pk}/removal/")
    with world.inside():
        assert not Mute.objects.exists()


def test_a_mute_ends_on_its_day(world, touchpoint, office):
    about = {"thing_type": "touchpoint", "thing_id": touchpoint.pk}
    with world.inside():
        mail_choices.mute(**about, until=date(2126, 5, 5), by=world.eli, today=local_today())
    say(world, touchpoint, world.ivo, "@Eli")
    send(world, EVENING.replace(hour=12))
    say(world, touchpoint, world.ivo, "@Eli next day")
    send(world, MORNING)
    assert [letter["To"] for letter in office.letters].count("eli@acme.test") == 1


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"quiet_from": "22"}, "Quiet hours need a beginning and an end."),
        ({"quiet_from": "9", "quiet_until": "9"}, "Quiet hours end at another hour"),
        ({"paused_until": "2001-01-01"}, "Choose a day after today."),
        ({"digest_hour": "99"}, "99 is not one of the available choices"),
    ],
)
def test_bad_times_are_explained_and_nothing_is_lost(world, sign_in, bad, sentence):
    answer = sign_in(world.eli).post(PATH, TIMES | bad | {"kind-comment.reply": "never"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert answer.content.decode().count('value="never" checked') == 1
    with world.inside():
        assert not MailTimes.objects.exists()


def test_the_page_keeps_everything_and_others_keep_theirs(world, sign_in):
    sent = TIMES | {"digest_every": "week", "digest_weekday": "4", "quiet_from": "20", "quiet_until": "6"}
    assert sign_in(world.vi).post(PATH, sent).status_code == 302
    with world.inside():
        kept = MailTimes.objects.get()
        assert (kept.member, kept.digest_weekday, kept.quiet_from, kept.quiet_until) == (world.vi, 4, 20, 6)
    assert sign_in(world.ann).get(PATH).status_code == 404

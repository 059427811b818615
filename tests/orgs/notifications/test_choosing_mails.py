"""Each person chooses of which kinds a mail comes too."""

import pytest

from orgs.models import AuditEntry, MailChoice, Notification
from tests.orgs.comments.desk import owned_touchpoint, say


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def due(world):
    with world.inside():
        return list(Notification.objects.exclude(due_at=None).values_list("kind", flat=True))


def choose(client, **kinds):
    times = {"digest_every": "day", "digest_weekday": "0", "digest_hour": "8"}
    return client.post("/w/acme/inbox/mails/", times | {f"kind-{slug}": when for slug, when in kinds.items()})


def test_without_a_choice_everything_is_mailed(world):
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    assert sorted(due(world)) == ["comment.mention", "comment.new"]


def test_what_is_not_wanted_stays_in_the_inbox_alone(world, sign_in):
    client = sign_in(world.eli)
    assert choose(client, **{"comment.mention": "never", "comment.new": "weekly", "nonsense": "now"}).status_code == 302
    page = client.get("/w/acme/inbox/mails/").content.decode()
    assert page.count('value="never" checked') == 1
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    assert due(world) == ["comment.new"]
    with world.inside():
        assert Notification.objects.filter(member=world.eli).exists()
        assert AuditEntry.objects.filter(action="member.choose_mails").exists()
        assert set(MailChoice.objects.values_list("member_id", flat=True)) == {world.eli.pk}


def test_a_mail_that_waits_is_not_sent_once_it_is_unwanted(world, sign_in):
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    choose(sign_in(world.eli), **{"comment.mention": "never"})
    assert due(world) == ["comment.new"]


def test_without_a_mail_server_nothing_is_due_and_the_page_says_so(world, settings, sign_in):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    assert due(world) == []
    assert "No mail server is set up here" in sign_in(world.eli).get("/w/acme/inbox/mails/").content.decode()

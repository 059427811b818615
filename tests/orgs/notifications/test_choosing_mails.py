"""Each person chooses of which kinds a mail comes too."""

import pytest

from orgs.models import AuditEntry, MailChoice, Notification
from tests.orgs.comments.desk import owned_touchpoint, say


@pytest.fixture(autouse=True)
def _mail_is_set_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def due(world):
    with world.inside():
        return list(Notification.objects.exclude(mail_due_at=None).values_list("kind", flat=True))


def test_without_a_choice_everything_is_mailed(world):
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    assert sorted(due(world)) == ["comment.mention", "comment.new"]


def test_what_is_not_wanted_stays_in_the_inbox_alone(world, sign_in):
    client = sign_in(world.eli)
    assert client.post("/w/acme/inbox/mails/", {"kind": ["comment.reply", "nonsense"]}).status_code == 302
    page = client.get("/w/acme/inbox/mails/").content.decode()
    assert page.count(" checked") == 1
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    assert due(world) == ["comment.new"]
    with world.inside():
        assert Notification.objects.filter(member=world.eli).exists()
        assert AuditEntry.objects.filter(action="member.choose_mails").exists()
        assert set(MailChoice.objects.values_list("member_id", flat=True)) == {world.eli.pk}


def test_a_mail_that_waits_is_not_sent_once_it_is_unwanted(world, sign_in):
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    sign_in(world.eli).post("/w/acme/inbox/mails/", {})
    assert due(world) == ["comment.new"]


def test_without_a_mail_server_nothing_is_due_and_the_page_says_so(world, settings, sign_in):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    assert due(world) == []
    assert "No mail server is set up here" in sign_in(world.eli).get("/w/acme/inbox/mails/").content.decode()

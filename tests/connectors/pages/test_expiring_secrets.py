"""Before a secret expires its owner is warned, on pages and by one mail for each occasion; afterwards it is said."""

import base64
import json
import smtplib
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from connectors import tokens
from connectors.base import SetupProblem
from connectors.models import ConnectionSecret
from connectors.pipelines import expiries
from connectors.services import secrets
from orgs.models import AuditEntry
from tests.connectors.http_json.api import reading
from tests.connectors.running.desk import connect, hourly, raising, refresh, tick, woken
from tests.outside import json_answer
from tests.world import CANARY

WORD = "s3cret-of-acme"
END = date(2026, 12, 3)
BERLIN = ZoneInfo("Europe/Berlin")


def on(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def there(world, bell):
    return connect(world, "Survey API")


@pytest.fixture
def keep(world, there):
    def _keep(expires_on):
        with world.inside():
            how = {"field": "secret", "text": WORD, "origin": "https://a.test:443", "expires_on": expires_on}
            secrets.keep(connection=there, by=world.ivo, **how)
            return ConnectionSecret.objects.get(connection=there)

    return _keep


def warn(world, secret, day):
    expiries.warn(workspace_id=world.acme.pk, secret_id=secret.pk, now=on(day))


def jwt(**claims):
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims)]
    return ".".join([*parts, "signature"])


@pytest.mark.parametrize(
    ("token", "day"),
    [
        (jwt(exp=int(on(END).timestamp())), END),
        (jwt(exp=int(datetime(2026, 12, 2, 23, 30, tzinfo=UTC).timestamp())), END),  # past midnight in Berlin
        (jwt(sub="ivo"), None),
        (jwt(exp="soon"), None),
        (jwt(exp=10**30), None),
        (jwt(exp=None), None),
        ("plain-token", None),
        ("a.b.c", None),
        ("a.WzFd.c", None),
        ("a.\u00e9.c", None),
    ],
    ids=["noon", "zone", "no-exp", "words", "huge", "none", "plain", "no-base64", "list", "no-ascii"],
)
def test_a_token_says_itself_when_it_expires(token, day):
    assert tokens.last_day(token, BERLIN) == day


def test_the_owner_gets_one_mail_at_14_and_one_at_3_days(world, keep):
    secret = keep(END)
    for left in range(20, -3, -1):
        for _twice in range(2):
            warn(world, secret, END - timedelta(days=left))
    assert [letter.to for letter in mail.outbox] == [["ivo@acme.test"]] * 2
    assert mail.outbox[0].subject == "The key of “Survey API” expires soon"
    assert "expires on 3 December 2026: give it a new one before." in mail.outbox[0].body
    assert WORD not in mail.outbox[0].body + mail.outbox[0].subject
    with world.inside():
        told = AuditEntry.objects.filter(action="connection.warn_owner").order_by("id")
        assert [entry.after["days_before"] for entry in told] == [14, 3]


def test_a_key_that_is_kept_late_is_warned_of_once(world, keep):
    secret = keep(END)
    for left in (2, 1, 0):
        warn(world, secret, END - timedelta(days=left))
    assert len(mail.outbox) == 1


def test_the_sweep_wakes_what_is_due_and_nothing_else(world, keep, django_capture_on_commit_callbacks):
    secret = keep(END)
    for left, expected in ((15, []), (14, [secret.pk])):
        with django_capture_on_commit_callbacks() as callbacks:
            tick(on(END - timedelta(days=left)))
        assert woken(callbacks, "connectors.tasks.warn") == expected
    warn(world, secret, END - timedelta(days=14))
    with django_capture_on_commit_callbacks() as callbacks:
        tick(on(END - timedelta(days=13)))
    assert woken(callbacks, "connectors.tasks.warn") == []


def test_a_mail_server_that_is_away_is_tried_again(world, keep, monkeypatch):
    secret = keep(END)

    def refuse(*_args):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as away:
        away.setattr(EmailBackend, "send_messages", refuse)
        warn(world, secret, END - timedelta(days=14))
    assert mail.outbox == []
    warn(world, secret, END - timedelta(days=14))
    assert len(mail.outbox) == 1


def test_a_new_key_begins_anew(world, keep):
    warn(world, keep(END), END - timedelta(days=3))
    warn(world, keep(END + timedelta(days=365)), END)
    assert len(mail.outbox) == 1
    with world.inside():
        assert ConnectionSecret.objects.get(connection__name="Survey API").warned_days is None


def test_nobody_is_warned_about_the_key_of_another_company(world, keep):
    secret = keep(END)
    expiries.warn(workspace_id=world.umbra.pk, secret_id=secret.pk, now=on(END))
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("left", "words"),
    [(15, ""), (14, "give it a new one before."), (0, "give it a new one before."), (-1, "expired on")],
)
def test_pages_warn_from_14_days_before(world, keep, page, there, left, words):
    keep(timezone.now().astimezone(BERLIN).date() + timedelta(days=left))
    feed = hourly(world, there)
    for text in (page("connections", by=world.vi), page("feed", feed.pk, by=world.vi)):
        assert ("The key of “Survey API”" in text) == bool(words)
        assert words in text
        assert CANARY not in text


def test_when_it_has_expired_the_reason_says_so(world, keep, there, bell):
    today = timezone.now().astimezone(BERLIN).date()
    keep(today - timedelta(days=1))
    bell.answer = raising(SetupProblem("“a.test” refuses the key (401). Enter a new one."))
    run = refresh(world, hourly(world, there))
    assert run.message.startswith("The key of “Survey API” expired on ")
    assert run.message.endswith("refuses the key (401). Enter a new one.")
    assert run.feed.paused_reason == run.message
    keep(today)
    assert refresh(world, hourly(world, there, "Other")).message.startswith("“a.test” refuses")


def test_it_is_typed_beside_the_secret_and_changed_without_it(world, serve, feed_of, send, page):
    server = serve(json_answer([]))
    feed = feed_of(reading(server.url, sign_in="bearer"), secret=jwt(exp=int(on(END).timestamp())))
    given = reading(server.url, sign_in="bearer").to_json() | {"headers": ""}
    data = {key: value for key, value in given.items() if value not in (None, False)}

    def kept():
        with world.inside():
            return ConnectionSecret.objects.get(connection__name="Survey API").expires_on

    assert kept() == END
    assert 'value="2026-12-03"' in page("http_json", feed.pk)
    assert send("http_json", feed.pk, **data, secret_expires_on="2027-01-31").status_code == 302
    assert kept() == date(2027, 1, 31)
    with world.inside():
        entry = AuditEntry.objects.get(action="connection.secret_expiry")
    assert (entry.before, entry.after) == ({"expires_on": "2026-12-03"}, {"expires_on": "2027-01-31"})
    refused = send("http_json", feed.pk, **data, secret_expires_on="soon")
    assert refused.status_code == 422
    assert "Enter a valid date" in refused.content.decode()
    assert send("http_json", feed.pk, **data, secret_expires_on="").status_code == 302
    assert kept() is None

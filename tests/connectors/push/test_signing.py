"""Who may send: a valid signature of a valid secret, not older than five minutes. Nobody else leaves a trace."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest

from connectors.models import PushMessage, SigningSecret
from connectors.services import push_feeds
from connectors.systems.push import signatures
from connectors.systems.push.settings import PushSettings
from cxhub.lib.signatures import NotSigned, digest, new_secret
from tests.connectors.push.desk import (
    Sender,
    base64_headers,
    day_ago,
    feed_of,
    items,
    plain_headers,
    row,
    scored,
    standard_headers,
)

BODY = json.dumps(items(row(day_ago(2), 4))).encode()
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)


def kept(world):
    with world.inside():
        return PushMessage.objects.count()


def test_a_message_signed_as_standard_webhooks_say_is_kept(world, sender):
    reply = sender.send(items(row(day_ago(2), 4)), "msg_1")
    assert reply.status_code == 202
    assert reply.json() == {
        "result": "accepted",
        "id": "msg_1",
        "accepted": 1,
        "rejected": 0,
        "rows": [{"index": 0, "result": "accepted"}],
    }
    assert kept(world) == 1


def test_a_message_with_a_plain_hmac_is_kept(world, plain_sender):
    assert plain_sender.send_plain(items(row(day_ago(2), 4))).status_code == 202
    assert kept(world) == 1


def test_a_plain_hmac_may_be_base64_without_a_prefix(world, client):
    settings = scored(signature="hmac", header="X-Shop-Hmac", encoding="base64")
    sender = Sender(world, client, *feed_of(world, settings, secret="the secret of the shop"))
    assert sender.post(BODY, base64_headers("the secret of the shop", BODY, "X-Shop-Hmac")).status_code == 202


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_early_message_is_turned_away(world, sender, minutes):
    at = datetime.now(UTC) + timedelta(minutes=minutes)
    assert sender.send(items(row(day_ago(2), 4)), at=at).status_code == 401
    assert kept(world) == 0


def test_a_message_of_four_minutes_ago_is_kept(world, sender):
    assert sender.send(items(), at=datetime.now(UTC) - timedelta(minutes=4)).status_code == 202


FORGED = {
    "no headers": lambda secret: {},
    "another secret": lambda secret: standard_headers(new_secret(), BODY, "msg_1"),
    "another body": lambda secret: standard_headers(secret, BODY + b" ", "msg_1"),
    "another id": lambda secret: standard_headers(secret, BODY, "msg_2") | {"webhook-id": "msg_1"},
    "another time": lambda secret: (
        standard_headers(secret, BODY, "msg_1") | {"webhook-timestamp": str(int(datetime.now(UTC).timestamp()) + 1)}
    ),
    "no signature": lambda secret: standard_headers(secret, BODY, "msg_1") | {"webhook-signature": ""},
    "a signature of another version": lambda secret: {
        name: value.replace("v1,", "v1a,") for name, value in standard_headers(secret, BODY, "msg_1").items()
    },
    "an empty time": lambda secret: standard_headers(secret, BODY, "msg_1") | {"webhook-timestamp": ""},
    "no number as time": lambda secret: standard_headers(secret, BODY, "msg_1") | {"webhook-timestamp": "nan"},
    "strange letters": lambda secret: standard_headers(secret, BODY, "msg_1") | {"webhook-signature": "v1,\xe9"},
    "the other style": lambda secret: plain_headers(secret, BODY),
}


@pytest.mark.parametrize("forgery", FORGED)
def test_a_forgery_is_turned_away_in_the_same_words(world, sender, forgery):
    reply = sender.post(BODY, FORGED[forgery](sender.secret))
    assert (reply.status_code, reply.json()) == (401, {"error": "The signature is missing, wrong or too old."})
    assert kept(world) == 0


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=00", "sha1=00"])
def test_a_plain_forgery_is_turned_away(world, plain_sender, signature):
    assert plain_sender.post(BODY, {"X-Hub-Signature-256": signature}).status_code == 401
    assert kept(world) == 0


def test_one_of_several_signatures_is_enough(world, sender):
    headers = standard_headers(sender.secret, BODY, "msg_1")
    headers["webhook-signature"] = "v1a,other v1,bm90IG1pbmU= " + headers["webhook-signature"]
    assert sender.post(BODY, headers).status_code == 202


def change_secret(world, sender, now=None):
    with world.inside():
        return push_feeds.change_secret(feed=sender.feed, secret="", now=now or datetime.now(UTC), by=world.ivo)


def test_two_secrets_count_while_one_takes_the_place_of_the_other(world, sender):
    first, second = sender.secret, change_secret(world, sender)
    for secret in (first, second):
        sender.secret = secret
        assert sender.send(items()).status_code == 202


def test_the_older_secret_ends_after_a_day_or_when_it_is_retired(world, sender):
    first, second = sender.secret, change_secret(world, sender, datetime.now(UTC) - timedelta(hours=25))
    assert sender.send(items()).status_code == 401
    sender.secret = second
    third = change_secret(world, sender)
    assert sender.send(items()).status_code == 202
    with world.inside():
        assert push_feeds.retire_secret(feed=sender.feed, by=world.ivo)
        assert SigningSecret.objects.count() == 1
    assert sender.send(items()).status_code == 401
    sender.secret = third
    assert sender.send(items()).status_code == 202
    assert first != second != third


def test_there_are_never_three_secrets(world, sender):
    first = sender.secret
    change_secret(world, sender)
    change_secret(world, sender)
    sender.secret = first
    assert sender.send(items()).status_code == 401
    with world.inside():
        assert SigningSecret.objects.count() == 2


@pytest.mark.parametrize("style", ["standard", "hmac"])
@pytest.mark.parametrize("secret", ["", "whsec_", " ", "\0", "short"])
def test_an_empty_or_short_secret_signs_nothing(style, secret):
    settings = PushSettings(signature=style, header="X-S")
    for key in (secret, ""):
        for headers in (plain_headers(key, BODY, "X-S", ""), {"X-S": ""}):
            with pytest.raises(NotSigned):
                signatures.check(settings, headers, BODY, [secret], NOW)
    empty = {"webhook-id": "1", "webhook-timestamp": str(int(NOW.timestamp()))}
    signed = digest(b"", b".".join([b"1", empty["webhook-timestamp"].encode(), BODY]))
    empty["webhook-signature"] = "v1," + base64.b64encode(signed).decode()
    with pytest.raises(NotSigned):
        signatures.check(settings, empty, BODY, [secret], NOW)


def test_no_secret_at_all_signs_nothing(world, sender):
    with world.inside():
        SigningSecret.objects.all().delete()
    assert sender.send(items()).status_code == 401


@pytest.mark.parametrize("secret", ["whsec_", "whsec_c2hvcnQ=", "not base64 at all!", "whsec_" + "QUFB" * 30])
def test_a_secret_that_is_no_key_is_refused(world, secret):
    with pytest.raises(push_feeds.SettingsHaveProblems) as refused:
        feed_of(world, scored(), secret=secret)
    assert [problem.field for problem in refused.value.problems] == ["secret"]


def test_the_token_of_another_feed_does_not_open_this_one(world, client, sender):
    other = Sender(world, client, *feed_of(world, scored(), name="Other tool"))
    other.secret = sender.secret
    assert other.send(items()).status_code == 401


def test_unknown_and_malformed_addresses_answer_alike(world, client, sender):
    token = sender.address.split("/")[2]
    number, word = token.split("-", 1)
    strange = [
        f"{world.umbra.pk}-{word}",
        f"{number}-{'A' * 43}",
        f"999999-{word}",
        f"{'9' * 30}-{word}",
        f"0-{word}",
        f"{number}-short",
        "nothing",
        f"{number}-{word}%00",
    ]
    answers = set()
    for one in strange:
        headers = standard_headers(sender.secret, BODY, "msg_1")
        reply = client.post(f"/hooks/{one}/", BODY, content_type="application/json", headers=headers)
        answers.add((reply.status_code, reply.content))
    assert answers == {(404, b'{"error": "There is nothing at this address."}')}
    assert kept(world) == 0
    with world.inside_umbra():
        assert PushMessage.objects.count() == 1  # the planted one

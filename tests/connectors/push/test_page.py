"""The pages of a push feed: set up, the secret shown once, changed, retired; messages listed; nothing for strangers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from connectors.models import Connection, Feed, SigningSecret, Webhook
from connectors.queries import webhooks
from insights.models import Source
from orgs.models import AuditEntry
from tests.connectors.push.desk import Sender, day_ago, digest, feed_of, items, row, scored

DAY = day_ago(2)


def page(world, name, *args):
    return reverse(name, args=[world.acme.slug, *args])


def posted(**news):
    given = {**scored().to_json(), "name": "Survey tool", "expected_minutes": "60", "secret": ""}
    return {key: value for key, value in {**given, **news}.items() if value not in (None, False)}


def secrets_of(world):
    with world.inside():
        return webhooks.valid_secrets(Feed.objects.get(connection__kind="push"), timezone.now())


def test_saving_shows_address_and_secret_this_once(world, sign_in):
    client = sign_in(world.ivo)
    reply = client.post(page(world, "push_new"), posted())
    words = reply.content.decode()
    [secret] = secrets_of(world)
    assert reply.status_code == 200
    assert "no-store" in reply["Cache-Control"]
    assert secret in words
    with world.inside():
        feed = Feed.objects.select_related("source").get()
        token = webhooks.token_of(feed)
        assert feed.source.interval_minutes == 60
    assert f"http://testserver/hooks/{token}/" in words
    again = client.get(page(world, "push", feed.pk)).content.decode()
    assert token in again
    assert secret not in again
    assert Sender(world, client, feed, secret).send(items(row(DAY, 4))).status_code == 202


def test_secret_and_token_are_in_no_audit_entry_and_in_no_plain_column(world, sign_in):
    sign_in(world.ivo).post(page(world, "push_new"), posted(secret="whsec_" + "QUJD" * 10))
    with world.inside():
        token = webhooks.token_of(Feed.objects.get())
        kept = [*AuditEntry.objects.values(), *Feed.objects.values(), *Connection.objects.values()]
        kept += [*Webhook.objects.values(), *SigningSecret.objects.values()]
        actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert "QUJDQUJD" not in str(kept)
    assert token not in str(kept)
    assert {"connection.create", "feed.create", "feed.signing_secret"} <= actions


@pytest.mark.parametrize(
    ("news", "sentence"),
    [
        ({"name": " "}, "This field is required"),
        ({"score_path": ""}, "Say which field holds the score."),
        ({"rows": "[["}, "This is not a path."),
        ({"measures": ["nps"]}, "cannot be computed from 1 to 5"),
        ({"secret": "short"}, "Use a secret like whsec_"),
        ({"signature": "hmac", "secret": "short"}, "Use a secret of 16 to 400 characters"),
        ({"signature": "hmac", "header": "Two Words"}, "Type the name of the header"),
        ({"signature": "magic"}, "Select a valid choice"),
    ],
    ids=["name", "score", "path", "measure", "secret", "plain secret", "header", "choice"],
)
def test_what_is_wrong_is_said_and_nothing_is_lost_or_made(world, sign_in, news, sentence):
    reply = sign_in(world.ivo).post(page(world, "push_new"), posted(date_path="answered_on", **news))
    assert reply.status_code == 422
    assert sentence in reply.content.decode()
    assert 'value="answered_on"' in reply.content.decode()
    with world.inside():
        assert not Connection.objects.exists()


def test_a_second_feed_of_the_same_name_is_refused(world, sign_in):
    client = sign_in(world.ivo)
    client.post(page(world, "push_new"), posted())
    assert "has this name already" in client.post(page(world, "push_new"), posted()).content.decode()


def test_settings_change_but_not_what_kept_rows_were_read_with(world, sign_in, sender):
    client = sign_in(world.ivo)
    sender.client = client
    path = page(world, "push_settings", sender.feed.pk)
    assert client.post(path, posted(score_path="rating", expected_minutes="1440")).status_code == 302
    assert client.post(path, posted(scale_high="10")).status_code == 302
    assert client.post(path, posted()).status_code == 302
    sender.send(items(row(DAY, 4)))
    refused = client.post(path, posted(scale_high="10"))
    assert refused.status_code == 422
    assert "Messages came with the choice before." in refused.content.decode()
    with world.inside():
        assert Source.objects.get(feeds=sender.feed).interval_minutes == 60
        assert AuditEntry.objects.filter(action="feed.change").count() == 3


def test_a_secret_is_changed_shown_once_and_the_older_one_retired(world, sign_in, sender):
    client = sign_in(world.ivo)
    reply = client.post(page(world, "push_secrets", sender.feed.pk), {"secret": ""})
    newest, older = secrets_of(world)
    assert older == sender.secret
    assert newest in reply.content.decode()
    assert older not in reply.content.decode()
    shown = client.get(page(world, "push", sender.feed.pk)).content.decode()
    assert "Retire the older secret now" in shown
    assert newest not in shown
    assert client.post(page(world, "push_retirement", sender.feed.pk)).status_code == 302
    assert secrets_of(world) == [newest]


def test_a_refused_message_is_said_until_one_is_taken_in(world, sign_in, sender):
    sender.client = sign_in(world.ivo)
    good, sender.secret = sender.secret, "whsec_" + "QUJD" * 10
    sender.send(items())
    assert (
        "None of the secrets fits its signature."
        in sender.client.get(page(world, "push", sender.feed.pk)).content.decode()
    )
    sender.secret = good
    sender.send(items())
    assert "turned away" not in sender.client.get(page(world, "push", sender.feed.pk)).content.decode()


def test_a_viewer_sees_messages_and_neither_address_nor_secrets(world, sign_in, sender):
    sender.send(items(row(DAY, 4), row(DAY, 9)), "msg_seen")
    words = sign_in(world.vi).get(page(world, "push", sender.feed.pk)).content.decode()
    assert "msg_seen" in words
    assert "/hooks/" not in words
    assert "Signing secrets" not in words


def test_an_outsider_sees_nothing(world, sign_in, sender):
    client = sign_in(world.ann)
    for name in ("push", "push_settings"):
        assert client.get(page(world, name, sender.feed.pk)).status_code == 404


def test_a_feed_of_another_kind_is_not_there(world, sign_in):
    rows = world.fill_acme()
    assert sign_in(world.ivo).get(page(world, "push", rows["http_feed"].pk)).status_code == 404


def test_messages_are_searched_filtered_and_paged(world, sign_in, sender):
    sender.client = sign_in(world.ivo)
    for n in range(30):
        sender.send(items(row(DAY, 9 if n == 7 else 4)), f"msg_{n}_")
    path = page(world, "push", sender.feed.pk)

    def listed(query):
        words = sender.client.get(path + query).content.decode()
        return [n for n in range(30) if f"msg_{n}_" in words]

    assert listed("") == list(range(5, 30))
    assert listed("?page=2") == list(range(5))
    assert listed("?only=rejected") == [7]
    assert listed("?q=msg_12_") == [12]
    assert listed("?only=waiting&q=msg_3_") == [3]
    assert "No message matches" in sender.client.get(path + "?q=none%00").content.decode()
    fragment = sender.client.get(path, headers={"HX-Request": "true"}).content.decode()
    assert fragment.strip().startswith('<div id="messages"')


@pytest.mark.parametrize("name", ["push", "connections"])
def test_more_messages_and_feeds_take_no_more_queries(world, sign_in, sender, name):
    sender.client = sign_in(world.ivo)
    path = page(world, name, sender.feed.pk) if name == "push" else page(world, name)
    sender.send(items(row(DAY, 4)))
    digest(world)

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert sender.client.get(path).status_code == 200
        return len(found)

    queries()
    few = queries()
    for n in range(20):
        sender.send(items(row(DAY, 4)))
        feed, secret = feed_of(world, scored(), name=f"Tool {n}")
        Sender(world, sender.client, feed, secret).send(items())
    digest(world)
    assert queries() == few


def test_the_page_of_connections_says_when_the_last_message_came(world, sign_in, sender):
    sender.client = sign_in(world.ivo)
    path = page(world, "connections")
    assert "No message yet" in sender.client.get(path).content.decode()
    sender.send(items(row(DAY, 4), row(DAY, 9)))
    assert "1 accepted, 1 rejected" in sender.client.get(path).content.decode()

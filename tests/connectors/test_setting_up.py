"""The page that sets up any kind with a form: test, save, change. Secrets go in and never come out."""

import pytest
from django import forms
from django.conf import settings as installation
from django.db import connection as database
from django.urls import reverse

from connectors import registry, replies
from connectors.base import Answer, Place, Plan, Problem, Rejected
from connectors.models import Connection, Feed, SyncRun
from connectors.queries import secrets as kept
from connectors.setting_up import SecretField, SetUpForm
from cxhub.lib.http import Rules
from insights.measures.base import Scale
from insights.measures.registry import measure
from orgs.models import AuditEntry
from tests import browser as look
from tests.connectors.http_json.api import NOW
from tests.outside import answer, json_answer, outside

WORD = "s3cret-of-acme"


class HornForm(SetUpForm):
    url = forms.CharField()
    key = SecretField()
    loudness = forms.IntegerField()


class Horn:
    """A small kind: each number of a JSON list is an answer about the door."""

    kind, name, lead, form = "horn", "Horn", "How loud the door is.", HornForm

    def plan(self, settings):
        return Plan(measures=(measure("csat_mean"),), scale=Scale(1, 5))

    def problems(self, settings):
        return [] if settings.get("loudness", 0) < 9 else [Problem("loudness", "Turn it down.")]

    def address(self, settings):
        return settings["url"]

    def secrets(self, settings):
        return ("key",)

    def pull(self, settings, ask, calendar):
        headers = {"X-Key": replies.secret(ask, "key", settings["url"])}
        for number, score in enumerate(replies.ask_json(settings["url"], ask, headers=headers).content, 1):
            yield Answer(Place("Door"), NOW.date(), score) if score < 6 else Rejected(number, "Too loud", str(score))


@pytest.fixture(autouse=True)
def _horn(settings):
    settings.OUTBOUND = Rules.of(allow=["127.0.0.1/32"])
    registry.CONNECTORS["horn"] = Horn()
    yield
    registry.CONNECTORS.pop("horn")


@pytest.fixture
def page(world):
    return reverse("connection_of", args=[world.acme.slug, "horn"])


@pytest.fixture
def server():
    with outside(lambda request: json_answer([4, 9]) if WORD in request else answer(b"", "401 Unauthorized")) as made:
        yield made


def filled(server, **news):
    return {"name": "Doors", "interval": "60", "url": f"{server.url}/x", "key": WORD, "loudness": "3", **news}


def the_feed(world):
    with world.inside():
        return Feed.objects.select_related("connection").get()


def settings_page(world):
    return reverse("feed_settings", args=[world.acme.slug, the_feed(world).pk])


def test_the_list_leads_to_every_kind_that_can_be_set_up(world, sign_in, page):
    shown = sign_in(world.ivo).get(reverse("connection_new", args=[world.acme.slug])).content.decode()
    for address in (page, reverse("http_json_new", args=["acme"]), reverse("upload_new", args=["acme"])):
        assert f'href="{address}"' in shown
    assert "How loud the door is." in shown


def test_saving_keeps_settings_and_secret_apart_and_asks_for_the_first_run(world, sign_in, page, server):
    assert sign_in(world.ivo).post(page, filled(server)).status_code == 302
    feed = the_feed(world)
    assert feed.mapping == {"url": f"{server.url}/x", "loudness": 3}
    assert feed.interval_minutes == 60
    with world.inside():
        assert kept.opened(feed.connection) == {"key": WORD, "key_origin": server.url}
        assert SyncRun.objects.filter(feed=feed).count() == 1
        actions = set(AuditEntry.objects.filter(actor=world.ivo).values_list("action", flat=True))
        assert WORD not in str(list(AuditEntry.objects.values_list("before", "after")))
    assert actions >= {"connection.create", "feed.create", "connection.secret", "feed.schedule", "run.ask"}


def test_the_test_shows_the_first_rows_and_stores_nothing(world, sign_in, page, server):
    reply = sign_in(world.ivo).post(page, filled(server, test="1"))
    shown = reply.content.decode()
    assert reply.status_code == 200
    assert "Door" in shown
    assert "Too loud" in shown
    assert WORD not in shown
    with world.inside():
        assert not Connection.objects.exists()


def test_the_test_says_what_to_fix(world, sign_in, page, server):
    shown = sign_in(world.ivo).post(page, filled(server, key="wrong", test="1")).content.decode()
    assert "refuses the key (401)" in shown


@pytest.mark.parametrize(
    ("news", "sentence"),
    [
        ({"loudness": "9"}, "Turn it down."),
        ({"key": ""}, "Enter the secret to sign in with."),
        ({"url": "http://169.254.169.254/"}, "inside a private network"),
        ({"name": ""}, "This field is required."),
    ],
    ids=["the kind's own rule", "no secret", "an address inside", "no name"],
)
def test_bad_input_is_explained_and_kept(world, sign_in, page, server, news, sentence):
    reply = sign_in(world.ivo).post(page, filled(server, **news))
    assert reply.status_code == 422
    assert sentence in reply.content.decode()
    with world.inside():
        assert not Connection.objects.exists()


def test_two_connections_of_one_name_are_refused(world, sign_in, page, server):
    client = sign_in(world.ivo)
    client.post(page, filled(server))
    reply = client.post(page, filled(server))
    assert "A connection has this name already." in reply.content.decode()


def test_a_change_keeps_the_secret_and_reads_from_the_beginning(world, sign_in, page, server):
    client = sign_in(world.ivo)
    client.post(page, filled(server))
    with world.inside():
        Feed.objects.update(cursor={"day": "2026-05-01"})
    assert "A secret is kept." in client.get(settings_page(world)).content.decode()
    assert client.post(settings_page(world), filled(server, key="", loudness="5")).status_code == 302
    feed = the_feed(world)
    assert (feed.mapping["loudness"], feed.cursor) == (5, {})
    with world.inside():
        assert kept.opened(feed.connection)["key"] == WORD


def test_another_address_needs_the_secret_again(world, sign_in, page, server):
    client = sign_in(world.ivo)
    client.post(page, filled(server))
    with outside(json_answer([4])) as other:
        reply = client.post(settings_page(world), filled(other, key=""))
        assert reply.status_code == 422
        assert "No secret is kept for this address." in reply.content.decode()
        assert (
            "No secret is kept" in client.post(settings_page(world), filled(other, key="", test="1")).content.decode()
        )
        assert other.requests == []


def test_a_kind_nobody_knows_or_with_its_own_page_is_not_found_here(world, sign_in):
    for kind in ("no-such-kind", "file", "http_json"):
        assert sign_in(world.ivo).get(reverse("connection_of", args=["acme", kind])).status_code == 404


def test_others_may_not(world, sign_in, page, server):
    assert sign_in(world.vi).get(page).status_code == 403
    assert sign_in(world.vi).post(page, filled(server)).status_code == 403
    assert sign_in(world.ann).get(page).status_code == 404


@look.needed
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_pages_are_accessible(committed_world, browser, live_server, sign_in, scheme, monkeypatch):
    monkeypatch.setitem(database.settings_dict, "CONN_MAX_AGE", 0)
    name = installation.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": sign_in(committed_world.ivo).cookies[name].value, "url": live_server.url}
    context = browser.new_context(color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    context.add_cookies([cookie])
    shown = context.new_page()
    for address in (reverse("connection_new", args=["acme"]), reverse("connection_of", args=["acme", "horn"])):
        shown.goto(live_server.url + address)
        assert look.violations(shown) == []

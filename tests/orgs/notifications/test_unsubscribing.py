"""One click in a mail ends its kind, without signing in; looking changes nothing, and no link can be made up."""

import re

import pytest
from django.core import signing
from django.test import Client

from orgs.models import AuditEntry, MailChoice, Member, Notification
from orgs.queries import mail_choices as queries
from orgs.services import mail_choices
from orgs.views import unsubscribing
from tests.orgs.comments.desk import owned_touchpoint, say

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def stranger(client):
    """A mail program: no session, and no token for forms."""
    return Client(enforce_csrf_checks=True)


def link(world, member=None, kind="comment.mention"):
    member = member or world.eli
    with world.inside():
        return f"/unsubscribe/{queries.link_token(member, kind, queries.wishes(member).times)}/"


def when(world, kind="comment.mention", member=None):
    with world.inside():
        return queries.chosen(member or world.eli)[kind]


def test_looking_changes_nothing_and_the_click_ends_it(world, stranger, office):
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    shown = stranger.get(link(world))
    assert "Somebody mentions me" in shown.content.decode()
    assert stranger.head(link(world)).status_code == 200
    assert when(world) == "now"
    assert stranger.post(link(world), ONE_CLICK).status_code == 200
    assert (when(world), when(world, "comment.reply")) == ("never", "now")
    with world.inside():
        assert Notification.objects.get(member=world.eli).due_at is None
        entry = AuditEntry.objects.filter(action="member.choose_mails").get()
        assert (entry.actor, entry.after) == (world.eli, {"comment.mention": "never"})
    assert stranger.post(link(world), ONE_CLICK).status_code == 200, "a second click says the same"
    stranger.post(link(world), {"again": "1"})
    assert when(world) == "now"


def test_the_link_of_a_digest_ends_what_comes_in_it(world, stranger):
    with world.inside():
        mail_choices.choose(kinds={"comment.mention": "digest", "comment.new": "digest"}, by=world.eli)
    stranger.post(link(world, kind=queries.DIGEST), ONE_CLICK)
    assert [when(world, kind) for kind in ("comment.mention", "comment.new", "comment.reply")] == [
        "never",
        "never",
        "now",
    ]


def test_it_says_nothing_to_who_made_it_up(world, stranger):
    token = link(world).split("/")[2]
    forged = [token[:-1] + ("A" if token[-1] != "A" else "B"), "1-nobody", signing.dumps([1, 1, "x", 0])]
    forged.append(signing.dumps([world.acme.pk, 999_999_999, "comment.mention", 0], salt=queries.SALT))
    found = [(each, stranger.post(f"/unsubscribe/{each}/", ONE_CLICK)) for each in forged]
    assert {answer.status_code for _, answer in found} == {404}
    assert len({re.sub("[A-Za-z0-9]{64}", "", answer.content.decode()) for _, answer in found}) == 1
    assert stranger.get("/unsubscribe/1-nobody/").status_code == 404
    assert when(world) == "now"


def test_a_link_dies_with_being_made_void_and_with_leaving(world, stranger, sign_in):
    old, other = link(world), link(world, world.max)
    assert sign_in(world.eli).post("/w/acme/inbox/mails/links/").status_code == 302
    assert stranger.post(old, ONE_CLICK).status_code == 404
    assert stranger.get(link(world)).status_code == 200, "newer mails have another"
    with world.inside():
        Member.objects.filter(pk=world.max.pk).update(left_at="2026-05-04T00:00Z")
    assert stranger.post(other, ONE_CLICK).status_code == 404
    with world.inside():
        assert not MailChoice.objects.exists()


def test_it_ends_nothing_elsewhere(world, stranger):
    with world.inside_umbra():
        before = queries.chosen(world.ann)
    stranger.post(link(world), ONE_CLICK)
    with world.inside_umbra():
        assert queries.chosen(world.ann) == before


def test_too_many_from_one_address_wait(world, stranger, monkeypatch):
    monkeypatch.setattr(unsubscribing, "TRIES_A_MINUTE", 2)
    assert [stranger.get(link(world)).status_code for _ in range(3)] == [200, 200, 429]

"""A comment to the owner only is nowhere for anybody else: not in pages, counts, audit text, inboxes or mails."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from orgs.models import AuditEntry, Comment, Notification
from orgs.pipelines import outbox
from orgs.queries import comments as found
from orgs.services import comments, threads
from tests.architecture.asking import MISSING, ask, clients, comparable
from tests.architecture.sources import modules
from tests.orgs.comments.desk import NOW, SECRET, answer, owned_kpi, say

READERS, OTHERS = ("ivo", "lea"), ("ada", "eli", "max", "con", "vi")


@pytest.fixture
def private(world, touchpoint):
    return say(world, touchpoint, world.ivo, SECRET, is_private=True)


def pages(touchpoint, comment):
    return (
        f"/w/acme/touchpoints/{touchpoint.pk}/?c={comment.pk}",
        f"/w/acme/touchpoints/{touchpoint.pk}/comments/?resolved=1",
        f"/w/acme/comments/{comment.pk}/",
        f"/w/acme/comments/{comment.pk}/assignment/",
        "/w/acme/inbox/",
        "/w/acme/touchpoints/",
        "/w/acme/touchpoints.csv",
    )


def words(client, path):
    got = client.get(path, follow=True)
    return (b"".join(got.streaming_content) if got.streaming else got.content).decode()


def test_its_author_and_the_records_owner_read_it(world, touchpoint, private, sign_in):
    for name in READERS:
        text = words(sign_in(world.cast[name]), pages(touchpoint, private)[0])
        assert SECRET in text, name
        assert "To the owner only" in text


def test_nobody_else_does_anywhere_administrators_included(world, touchpoint, private, sign_in):
    answer(world, private, world.lea, f"{SECRET}, I know")
    for name in OTHERS:
        client = sign_in(world.cast[name])
        for path in pages(touchpoint, private):
            assert SECRET not in words(client, path), (name, path)
            assert f"c-{private.pk}" not in words(client, path).replace(path, ""), (name, path)
        with world.inside():
            assert found.counts(world.cast[name], "touchpoint", [touchpoint.pk]) == {}, name


def test_it_answers_others_like_a_missing_one(world, private):
    people = clients(world)
    for name in OTHERS:
        client = people[name]
        for part in ("", "replies/", "text/", "deletion/", "resolution/", "assignment/", "completion/"):
            theirs = ask(client, "post", f"/w/acme/comments/{private.pk}/{part}", {"text": "x"})
            missing = ask(client, "post", f"/w/acme/comments/{MISSING}/{part}", {"text": "x"})
            assert comparable(theirs, private.pk) == comparable(missing, MISSING), (name, part)


def test_its_words_are_not_in_the_audit_trail(world, touchpoint, private):
    with world.inside():
        comments.edit(comment=private, version=1, text=f"{SECRET} yet", by=world.ivo, now=NOW)
        comments.delete(comment=private, by=world.ivo, now=NOW)
        entries = AuditEntry.objects.filter(subject_type="comment")
        assert {entry.action for entry in entries} == {"comment.write", "comment.edit", "comment.delete"}
        assert not any(SECRET in f"{entry.before}{entry.after}{entry.subject_label}" for entry in entries)


def test_a_reply_to_the_owner_only_in_an_open_thread_is_read_by_those_it_answers(world, comment, sign_in):
    answer(world, comment, world.eli, SECRET, is_private=True)
    page = f"/w/acme/touchpoints/{comment.subject_id}/"
    for name, reads in (("eli", True), ("lea", True), ("ivo", True), ("ada", False), ("vi", False), ("max", False)):
        assert (SECRET in words(sign_in(world.cast[name]), page)) is reads, name


def test_only_its_readers_are_told_and_mailed(world, touchpoint, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    first = say(world, touchpoint, world.eli, "In the open")
    answer(world, first, world.max, "Me too")
    answer(world, first, world.ivo, SECRET, is_private=True)
    with world.inside():
        told = Notification.objects.filter(by=world.ivo)
        assert {each.member.user.name for each in told} == {"Eli", "Lea"}
    outbox.send(workspace_id=world.acme.pk, now=timezone.now())
    assert {letter.to[0] for letter in mail.outbox if SECRET in letter.body} == {"eli@acme.test", "lea@acme.test"}


def test_who_owns_nothing_cannot_be_written_to_alone(world, sign_in):
    kpi = owned_kpi(world)
    with world.inside():
        type(kpi).objects.filter(pk=kpi.pk).update(owner=None)
        with pytest.raises(comments.NobodyOwnsIt, match="Nobody owns this yet"):
            comments.write(about=type(kpi).objects.get(pk=kpi.pk), text=SECRET, by=world.ivo, now=NOW, is_private=True)
        assert not Comment.objects.exists()
    assert 'name="is_private"' not in words(sign_in(world.ivo), f"/w/acme/kpis/{kpi.pk}/comments/")


def test_naming_or_tasking_somebody_who_cannot_read_it_is_explained(world, touchpoint, private, sign_in):
    sent = {"text": "@Max look", "is_private": "on"}
    refused = sign_in(world.ivo).post(f"/w/acme/touchpoints/{touchpoint.pk}/comments/", sent)
    assert refused.status_code == 422
    assert "Max cannot read this comment." in refused.content.decode()
    with world.inside(), pytest.raises(comments.CannotRead, match="Max cannot read"):
        threads.assign(thread=private, assignee=world.max, due_on=None, by=world.ivo, now=NOW)


def test_comments_are_read_through_read_by_alone():
    """Whoever begins at Comment.objects without read_by reads what is not theirs."""
    strays = [
        (name, match.group(0))
        for name, text in modules()
        for match in re.finditer(r"\bComment\.(?:objects|_base_manager)\s*(?!\s*\.read_by\()\.?\w*", text)
    ]
    # Whom to tell of a reply: ids alone, and each is asked whether they read it. Moving all, counting the public ones.
    allowed = {("orgs/services/comments.py", f"Comment.objects.{name}") for name in ("filter", "about")}
    # An administrator reads how many go with an example that is removed.
    allowed.add(("orgs/queries/counts.py", "Comment.objects.count"))
    assert set(strays) == allowed

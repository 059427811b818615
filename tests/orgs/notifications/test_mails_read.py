"""A mail names who, what and why, in plain text and HTML, loads nothing, and no name gets into its headers."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from orgs.models import User, Workspace
from orgs.pipelines import outbox, writing
from tests.orgs.comments.desk import owned_touchpoint, say

BAD_NAMES = [
    "Call\nBcc: spy@evil.test",
    "Call\r\n\r\nBody of mine",
    "Call\u2028us\u2029\x00\x0b\x85",
    "\u202eevil\u202c \u2066x\u2069",
]


def mail_to_eli(world, office):
    outbox.send(workspace_id=world.acme.pk, now=timezone.now() + timedelta(minutes=1))
    return next(letter for letter in office.letters if letter["To"] == "eli@acme.test")


def bodies(letter):
    return [letter.get_body([kind]).get_content() for kind in ("plain", "html")]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.stack = [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "hr", "img", "link"}:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag


def test_it_names_the_workspace_the_person_and_the_reason(world, office):
    say(world, owned_touchpoint(world), world.ivo, "Do you know, @Eli?")
    letter = mail_to_eli(world, office)
    assert letter["From"] == "Acme · CX Hub <cxhub@localhost>"
    for body in bodies(letter):
        assert "Ivo mentioned you on Call us" in body
        assert "Eli, you get this from Acme on CX Hub because of “Somebody mentions me”." in body
        assert "https://cx.acme.example/w/acme/inbox/mails/" in body
        assert letter["List-Unsubscribe"].strip(" <>") in body
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<https://cx\.acme\.example/unsubscribe/[^<>\s]+/>", letter["List-Unsubscribe"].strip())


def test_the_html_is_whole_has_one_button_and_loads_nothing(world, office):
    say(world, owned_touchpoint(world), world.ivo, "<img src=//evil.test> @Eli")
    tags = Tags()
    tags.feed(bodies(mail_to_eli(world, office))[1])
    assert tags.stack == []
    names = {tag for tag, _ in tags.seen}
    assert names.isdisjoint({"img", "link", "script", "iframe", "form"})
    assert sum(attrs.get("class") == "button" for _, attrs in tags.seen) == 1
    assert all(attrs["href"].startswith("https://cx.acme.example/") for tag, attrs in tags.seen if tag == "a")


@pytest.mark.parametrize("name", BAD_NAMES)
def test_no_name_adds_a_header_or_turns_the_line(world, office, name):
    with world.inside():
        User.objects.filter(pk=world.ivo.user_id).update(name=name.replace("\x00", ""))
        Workspace.objects.filter(pk=world.acme.pk).update(name=name.replace("\x00", ""))
    say(world, owned_touchpoint(world), world.ivo, "@Eli")
    letter = mail_to_eli(world, office)
    assert letter["Bcc"] is None
    for header in ("Subject", "From"):
        assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", letter[header]) is None
    assert "mentioned you" in letter["Subject"]
    assert "mentioned you" in bodies(letter)[0]


def test_a_long_name_is_cut_and_emoji_and_hebrew_stay(world, office):
    with world.inside():
        User.objects.filter(pk=world.ivo.user_id).update(name="שלום 👩‍👩‍👧 " + "x" * 180)
    say(world, owned_touchpoint(world, name="y" * 200), world.ivo, "@Eli")
    subject = mail_to_eli(world, office)["Subject"].strip()
    assert subject.startswith("שלום 👩‍👩‍👧 xx")
    assert len(subject) == writing.MOST_IN_SUBJECT
    assert subject.endswith("…")

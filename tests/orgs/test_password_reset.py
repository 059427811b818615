"""Resetting a password by mail, from "Forgot your password?" to signing in with the new one."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.world import PASSWORD

RESET = "/accounts/password/reset/"
NEW = "an entirely new phrase"


def looks(answer):
    return (
        answer.status_code,
        answer.get("Location"),
        re.sub(r'[A-Za-z0-9]{64}|value="[^"]*"', "", answer.content.decode()),
    )


def link():
    """The path in the one mail."""
    assert len(mail.outbox) == 1
    return re.search(r"https?://[^/\s]+(/accounts/password/reset/\S+)", mail.outbox[0].body)[1]


def open_form(client):
    """Follow the link to the form; it hides the key from the address first."""
    return client.get(link(), follow=True).redirect_chain[-1][0]


@pytest.fixture
def asked(client, world):
    client.post(RESET, {"email": "Lea@acme.test"})
    return world


def test_leads_from_the_mail_to_a_new_password(client, asked):
    assert mail.outbox[0].to == ["lea@acme.test"]
    answer = client.post(open_form(client), {"password1": NEW, "password2": NEW})
    assert answer["Location"] == "/accounts/password/reset/done/"
    signed_in = client.post("/accounts/sign-in/", {"login": "lea@acme.test", "password": NEW})
    assert signed_in.status_code == 302
    asked.lea.user.refresh_from_db()
    assert not asked.lea.user.check_password(PASSWORD)


def test_ends_every_session_that_was_open(client, world):
    elsewhere = Client()
    elsewhere.post("/accounts/sign-in/", {"login": "lea@acme.test", "password": PASSWORD})
    assert elsewhere.get("/w/acme/touchpoints/").status_code == 200
    client.post(RESET, {"email": "lea@acme.test"})
    client.post(open_form(client), {"password1": NEW, "password2": NEW})
    assert elsewhere.get("/w/acme/touchpoints/").status_code == 302


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, world):
    known = client.post(RESET, {"email": "lea@acme.test"})
    mail.outbox.clear()
    unknown = client.post(RESET, {"email": "nobody@acme.test"})
    assert looks(known) == looks(unknown)
    assert mail.outbox == []


def test_a_look_alike_address_gets_no_mail(client, world):
    client.post(RESET, {"email": "lea@acme.te\u017ft"})  # a long s, which upper-cases to S
    assert [message.to for message in mail.outbox] in ([], [["lea@acme.test"]])


def test_the_link_works_once(client, asked):
    path = link()
    client.post(open_form(client), {"password1": NEW, "password2": NEW})
    again = Client().get(path, follow=True).content.decode()
    assert "This link no longer works" in again


def test_a_forged_link_says_so(client, asked):
    answer = client.get("/accounts/password/reset/1-set-abc123/", follow=True)
    assert "This link no longer works" in answer.content.decode()


def test_the_link_leads_to_our_own_host(client, world):
    answer = client.post(RESET, {"email": "lea@acme.test"}, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert mail.outbox == []


@pytest.mark.parametrize(("password", "why"), [("short", "at least 10"), ("password123", "too common")])
def test_a_weak_password_is_refused_with_the_reason(client, asked, password, why):
    answer = client.post(open_form(client), {"password1": password, "password2": password})
    assert why in answer.content.decode()
    asked.lea.user.refresh_from_db()
    assert asked.lea.user.check_password(PASSWORD)


def test_one_address_cannot_ask_for_mail_without_end(client, world):
    for _ in range(20):
        client.post(RESET, {"email": "lea@acme.test"})
    assert len(mail.outbox) <= 5

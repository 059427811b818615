"""Signing in: the right password opens; every wrong try looks alike; guessing is stopped, other people are not."""

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client

from tests.world import PASSWORD

SIGN_IN = "/accounts/sign-in/"
WRONG = "not the password"
TOO_MANY = "Too many tries"


def attempt(client, account="ada@acme.test", password=WRONG, address="192.0.2.1", **headers):
    return client.post(SIGN_IN, {"login": account, "password": password}, REMOTE_ADDR=address, headers=headers)


def looks(answer):
    """The page without the forgery token and what was typed."""
    return answer.status_code, re.sub(r'[A-Za-z0-9]{64}|value="[^"]*"', "", answer.content.decode())


def test_the_right_password_opens_the_workspace(client, world):
    answer = attempt(client, password=PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/", follow=True).status_code == 200


def test_the_address_is_read_in_any_letter_case(client, world):
    assert attempt(client, account=" Ada@ACME.test ", password=PASSWORD).status_code == 302


def test_people_go_on_to_the_page_they_asked_for_but_never_elsewhere(client, world):
    there = {"login": "ada@acme.test", "password": PASSWORD}
    assert client.post(f"{SIGN_IN}?next=/w/acme/journeys/", there)["Location"] == "/w/acme/journeys/"
    for evil in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        assert Client().post(SIGN_IN, {**there, "next": evil})["Location"] == "/"


def test_a_wrong_password_and_an_unknown_account_look_the_same(client, world):
    wrong, unknown = attempt(client), attempt(client, account="nobody@acme.test")
    assert looks(wrong) == looks(unknown)
    assert wrong.status_code in {200, 422}
    assert "_auth_user_id" not in client.session


def test_an_account_that_is_switched_off_does_not_open(client, world):
    world.vi.user.is_active = False
    world.vi.user.save()
    attempt(client, account="vi@acme.test", password=PASSWORD)
    assert client.get("/w/acme/touchpoints/").status_code == 302


def test_the_session_is_another_one_after_signing_in(client, world):
    client.get(SIGN_IN)
    session = client.session
    session["before"] = "x"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    attempt(client, password=PASSWORD)
    assert client.cookies["sessionid"].value not in {"", before}
    assert Client(headers={"Cookie": f"sessionid={before}"}).get("/w/acme/touchpoints/").status_code == 302


def test_nobody_signs_up(client, world):
    for path in ("/accounts/signup/", "/accounts/sign-up/", "/accounts/register/"):
        assert client.get(path).status_code == 404
        assert client.post(path, {"email": "new@x.example", "password1": PASSWORD}).status_code == 404


class TestAfterFiveFailures:
    @pytest.fixture(autouse=True)
    def failed(self, client, world):
        for _ in range(5):
            assert TOO_MANY not in attempt(client).content.decode()

    def test_even_the_right_password_is_refused(self, client):
        answer = attempt(client, password=PASSWORD)
        assert TOO_MANY in answer.content.decode()
        assert "_auth_user_id" not in client.session

    def test_other_spellings_of_the_account_count_as_the_same(self, client):
        for spelling in ("ADA@acme.test", " ada@acme.test", "ada@ACME.TEST"):
            assert TOO_MANY in attempt(client, account=spelling, password=PASSWORD).content.decode()

    def test_a_forged_address_does_not_help(self, client):
        forged = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
        assert TOO_MANY in attempt(client, password=PASSWORD, **forged).content.decode()

    def test_the_same_account_opens_from_elsewhere(self, client):
        assert attempt(client, password=PASSWORD, address="192.0.2.2").status_code == 302

    def test_another_account_opens_from_there(self, client):
        assert attempt(client, account="eli@acme.test", password=PASSWORD).status_code == 302

    def test_an_unknown_account_is_stopped_just_so(self, client):
        for _ in range(5):
            attempt(client, account="nobody@acme.test")
        known, unknown = attempt(client), attempt(client, account="nobody@acme.test")
        assert TOO_MANY in unknown.content.decode()
        assert looks(known) == looks(unknown)


def test_a_success_gives_the_tries_back(client, world):
    for _ in range(3):
        for _ in range(4):
            attempt(client)
        assert attempt(client, password=PASSWORD).status_code == 302
        client.logout()


def test_one_address_cannot_try_account_after_account(client, world):
    answers = [attempt(client, account=f"person-{n}@acme.test").content.decode() for n in range(70)]
    refused = [TOO_MANY in text or "Too many" in text or "too many" in text for text in answers]
    assert refused[-1]
    assert not refused[0]
    assert all(later or not earlier for earlier, later in pairwise(refused))
    assert attempt(client, password=PASSWORD, address="192.0.2.77").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_tries_side_by_side_count_like_one_after_another(client, committed_world, settings):
    # The slow hash of production: all tries are at it before the first has failed.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]

    def one_try(number):
        try:
            return attempt(Client(), account="nobody@acme.test", password=f"guess-{number}").content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one_try, range(12)))
    assert sum(TOO_MANY not in text for text in answers) == 5

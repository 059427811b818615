"""A test tool signs what it posts with a secret of the expectation. What is not signed like that leaves no trace."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook

from cxhub.lib.signatures import new_secret
from governance.models import ExpectationCheck, SignedAddress
from governance.queries import signed as kept
from governance.services import signed
from journeys.models import Touchpoint
from journeys.services import touchpoints
from orgs.models import AuditEntry
from tests.governance.expecting import Expecting

FAILED = {"outcome": "fail", "detail": "2 of 41 failed", "link": "https://ci.example/812"}
REFUSED = {"error": "The signature is missing, wrong or too old."}
NOTHING = {"error": "There is nothing at this address."}


class Tool:
    """Posts results of one expectation, signed as the reference library signs."""

    def __init__(self, expected, made, client):
        self.expected, self.world, self.made, self.client = expected, expected.world, made, client
        self.secret = self.change()
        with self.world.inside():
            self.address = f"/hooks/results/{kept.of(made, timezone.now()).token}/"

    def change(self, now=None):
        with self.world.inside():
            return signed.change_secret(expectation=self.made, by=self.world.max, now=now or timezone.now())

    def headers(self, body, run, at=None):
        at = at or datetime.now(UTC)
        signature = Webhook(self.secret).sign(run, at, body.decode())
        stamp = str(int(at.timestamp()))
        return {"webhook-id": run, "webhook-timestamp": stamp, "webhook-signature": signature}

    def post(self, body, headers):
        return self.client.post(self.address, body, content_type="application/json", headers=headers)

    def send(self, told=FAILED, run="run-1", at=None):
        body = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
        return self.post(body, self.headers(body, run, at))

    def noted(self):
        return self.expected.kept(self.made)


@pytest.fixture
def tool(expected, client):
    return Tool(expected, expected.posted(), client)


def test_a_signed_result_counts_and_its_failure_is_told_once(tool, expected, world):
    answer = tool.send()
    assert (answer.status_code, answer.json()) == (202, {"result": "accepted", "id": "run-1"})
    assert (expected.standing_of(tool.made).state, expected.told()) == ("fail", ["Lea"])
    words = "نجح ٤١ اختبارًا 🎉"
    old = datetime.now(UTC) - timedelta(minutes=4)
    assert tool.send({"outcome": "pass", "detail": words}, "run-2", old).status_code == 202
    assert (expected.standing_of(tool.made).words, expected.told()) == (words, ["Lea"])
    page = expected.get(f"expectations/{tool.made.pk}/", world.vi).content.decode()
    assert words in page
    assert 'href="https://ci.example/812"' in page
    assert page.count("<bdi>signed</bdi>") == 2


def test_the_same_id_counts_once_whatever_comes_under_it(tool, expected):
    assert tool.send().status_code == 202
    for told, result in ((FAILED, "duplicate"), ({"outcome": "pass"}, "conflict"), (FAILED, "duplicate")):
        answer = tool.send(told, at=datetime.now(UTC) + timedelta(seconds=30))
        assert (answer.status_code, answer.json()["result"]) == (200, result)
    assert (tool.noted(), expected.told()) == ([("fail", "2 of 41 failed")], ["Lea"])


@pytest.mark.django_db(transaction=True)
def test_eight_that_send_the_same_id_at_once_are_one(committed_world, sign_in):
    world = committed_world
    expected = Expecting(world, sign_in)
    tool = Tool(expected, expected.posted(), Client())
    body = json.dumps(FAILED).encode()
    headers, start = tool.headers(body, "run-1"), Barrier(8)

    def send(_number):
        try:
            start.wait()
            answer = Client().post(tool.address, body, "application/json", headers=headers)
            return answer.status_code, answer.json()["result"]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        told = Counter(threads.map(send, range(8)))
    assert told == {(202, "accepted"): 1, (200, "duplicate"): 7}
    assert (tool.noted(), expected.told()) == ([("fail", "2 of 41 failed")], ["Lea"])


FORGED = {
    "nothing signed": lambda tool, body: {},
    "another body": lambda tool, body: tool.headers(body + b" ", "run-1"),
    "another id": lambda tool, body: tool.headers(body, "run-2") | {"webhook-id": "run-1"},
    "a time of six minutes ago": lambda tool, body: tool.headers(body, "run-1", datetime.now(UTC) - timedelta(0, 360)),
    "a time ahead": lambda tool, body: tool.headers(body, "run-1", datetime.now(UTC) + timedelta(0, 360)),
    "an old signature with a fresh time": lambda tool, body: (
        tool.headers(body, "run-1", datetime.now(UTC) - timedelta(0, 360))
        | {"webhook-timestamp": str(int(datetime.now(UTC).timestamp()))}
    ),
    "no time": lambda tool, body: tool.headers(body, "run-1") | {"webhook-timestamp": "١٢"},
    "no signature": lambda tool, body: tool.headers(body, "run-1") | {"webhook-signature": ""},
    "strange letters": lambda tool, body: tool.headers(body, "run-1") | {"webhook-signature": "v1,\xe9"},
    "an API key": lambda tool, body: {"Authorization": "Bearer cxk_1-x"},
}


def test_a_forgery_is_refused_in_the_same_words_and_leaves_nothing(tool, expected, world):
    body = json.dumps(FAILED).encode()
    answers = {name: tool.post(body, forge(tool, body)) for name, forge in FORGED.items()}
    own = tool.secret
    other = Tool(expected, expected.posted(), tool.client)
    with world.inside_umbra():
        theirs = signed.change_secret(expectation=world.umbra_rows["expectation"], by=world.ann, now=timezone.now())
    for name, secret in (("other's", other.secret), ("Umbra's", theirs), ("nobody's", new_secret())):
        tool.secret = secret
        answers[name] = tool.send()
    assert {name: (each.status_code, each.json()) for name, each in answers.items()} == dict.fromkeys(
        answers, (401, REFUSED)
    )
    assert (tool.noted(), expected.told()) == ([], [])
    page = expected.get(f"expectations/{tool.made.pk}/", world.max).content.decode()
    assert "It had no webhook-id" in page  # the first of them; strangers do not keep us busy with the rest
    tool.secret = own
    assert tool.send().status_code == 202
    assert "turned away" not in expected.get(f"expectations/{tool.made.pk}/", world.max).content.decode()


def test_unknown_foreign_and_malformed_addresses_answer_alike(tool, world):
    body = json.dumps(FAILED).encode()
    number, word = tool.address.split("/")[3].split("-", 1)
    strange = [
        f"{world.umbra.pk}-{word}",
        f"{number}-{'A' * 43}",
        f"999999-{word}",
        f"{'9' * 30}-{word}",
        f"0-{word}",
        "nothing",
        f"{number}-{word}%00",
    ]
    for one in strange:
        reply = tool.client.post(f"/hooks/results/{one}/", body, "application/json", headers=tool.headers(body, "r"))
        assert (reply.status_code, reply.json()) == (404, NOTHING), one
    with world.inside_umbra():
        assert ExpectationCheck.objects.count() == 1  # the planted one
    assert tool.noted() == []


def test_what_cannot_be_taken_is_explained_and_not_noted(tool, world):
    ahead = (timezone.now() + timedelta(hours=1)).isoformat()
    for body, status, path, words in (
        (b"x" * (16 * 1024 + 1), 413, None, "16 KiB"),
        (b"not json", 400, "$", "not JSON"),
        (b"\xef\xbb\xbf[]", 400, "$", "dictionary"),
        (b"null", 400, "$", ""),
        ({**FAILED, "run": "1"}, 400, "run", "no field of this name"),
        ({"detail": "x"}, 400, "outcome", "required"),
        ({"outcome": "unknown"}, 400, "outcome", "not a valid choice"),
        ({"outcome": "pass", "detail": "\0"}, 400, "$.detail", "NUL"),
        ({"outcome": "pass", "detail": "x" * 301}, 400, "detail", "300"),
        (b'{"outcome": "pass", "detail": ' + b"[" * 50 + b"]" * 50 + b"}", 400, None, "deeper"),
        ({"outcome": "pass", "link": "javascript:alert(1)"}, 400, "link", "valid URL"),
        ({"outcome": "pass", "at": ahead}, 400, "at", "Check the clock"),
    ):
        answer = tool.send(body)
        told = answer.json()
        assert (answer.status_code, words in told["error"]) == (status, True), (body, told)
        assert path in {None, told.get("path")}, told
    for run in ("x" * 101, "two\ttabs"):
        assert tool.send(run=run).json()["path"] == "webhook-id"
    assert tool.client.get(tool.address).status_code == 405
    assert tool.noted() == []


def test_so_many_are_taken_in_a_minute_and_strangers_use_up_nobodys(tool):
    for _each in range(signed.RESULTS + 5):
        assert tool.post(b"{}", {}).status_code == 401
    for _each in range(signed.RESULTS):
        assert tool.send({}).status_code == 400
    late = tool.send()
    assert (late.status_code, late["Retry-After"]) == (429, "60")
    assert tool.noted() == []


def test_what_is_expected_no_more_is_gone_for_a_tool_that_signs(tool, expected, world):
    with world.inside():
        visit = Touchpoint.objects.get(pk=expected.visit.pk)
        touchpoints.archive(touchpoint=visit, version=visit.version, by=world.max, now=timezone.now())
    assert tool.send().status_code == 410
    assert "Restore it" in expected.get(f"expectations/{tool.made.pk}/", world.max).content.decode()
    expected.end_all()
    assert "Stop posting" in tool.send().json()["error"]
    assert tool.noted() == []


def post(expected, made, member, path=""):
    return expected.post(f"expectations/{made.pk}/secrets/{path}", member)


def test_a_secret_is_shown_once_to_who_made_it_and_kept_encrypted(expected, world, client):
    made, page = expected.posted(), expected.page("https://example.com/")
    assert "Make a signing secret" in expected.get(f"expectations/{made.pk}/", world.ivo).content.decode()
    assert "signing secret" not in expected.get(f"expectations/{made.pk}/", world.lea).content.decode()
    shown = post(expected, made, world.ivo).content.decode()
    with world.inside():
        row = SignedAddress.objects.get(expectation=made)
        secret, token = (each.open(settings.ENCRYPTION_KEYS) for each in (row.secret, row.token))
        told = json.dumps(list(AuditEntry.objects.values_list("action", "before", "after")))
    assert f'value="{secret}"' in shown
    assert secret.startswith("whsec_")
    later = expected.get(f"expectations/{made.pk}/", world.ivo).content.decode()
    assert (secret in later, f"http://testserver/hooks/results/{token}/" in later) == (False, True)
    assert token not in expected.get(f"expectations/{made.pk}/", world.vi).content.decode()
    assert "expectation.signing_secret" in told
    assert not {text for text in (secret, token) if text in told + row.secret.token + row.token.token}
    assert "by itself" in post(expected, page, world.ivo).content.decode()
    expected.end_all()
    assert "ended meanwhile" in post(expected, made, world.ivo).content.decode()


def test_two_secrets_count_for_a_day_and_never_three(tool, expected, world):
    first, second = tool.secret, tool.change()
    for at, secret in enumerate((first, second)):
        tool.secret = secret
        assert tool.send(run=f"both-{at}").status_code == 202
    third = tool.change()
    tool.secret = first
    assert tool.send().status_code == 401  # the one before the one before
    tool.secret = second
    assert tool.send(run="overlap").status_code == 202
    assert "The older secret is retired" in post(expected, tool.made, world.max, "retirement/").content.decode()
    assert tool.send().status_code == 401
    tool.secret = third
    assert tool.send(run="third").status_code == 202
    fourth = tool.change(timezone.now() - timedelta(hours=25))
    assert tool.send(run="late").status_code == 401
    tool.secret = fourth
    assert tool.send(run="fourth").status_code == 202

"""A test tool posts with a key whether its tests passed; the same run counts once, whoever sends it again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.models import ExpectationCheck
from orgs.models import ApiKey
from tests.api.conftest import program  # noqa: F401  a fixture

PASSED = {"run": "nightly-1", "outcome": "pass", "detail": "41 passed", "link": "https://ci.example/1"}
FAILED = {"run": "nightly-2", "outcome": "fail", "detail": "2 of 41 failed"}


@pytest.fixture
def made(expected):
    return expected.posted()


@pytest.fixture
def tool(program, world):  # noqa: F811
    return program(world.ivo, ["results:write"])


def post(tool, made, **body):
    return tool.send("POST", f"expectations/{made.pk}/results/", body)


def test_its_newest_result_counts_while_it_lasts(expected, world, made, tool):
    assert expected.standing_of(made).words == "No result was posted yet."
    assert post(tool, made, **PASSED).status_code == 201
    assert expected.standing_of(made).state == "pass"
    assert post(tool, made, **FAILED).status_code == 201
    assert (expected.standing_of(made).state, expected.told()) == ("fail", ["Lea"])
    page = expected.get(f"expectations/{made.pk}/", world.vi).content.decode()
    assert "2 of 41 failed" in page
    assert 'href="https://ci.example/1"' in page
    assert f"http://testserver/w/acme/api/v1/expectations/{made.pk}/results/" in page
    late = expected.standing_of(made, now=timezone.now() + timedelta(days=7, hours=1))
    assert (late.state, late.words) == ("unknown", "The last result is 7 days old.")


def test_sent_again_it_is_noted_once_and_another_result_of_the_run_is_refused(expected, made, tool):
    first = post(tool, made, **FAILED)
    again = post(tool, made, **FAILED)
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    other = post(tool, made, **{**FAILED, "outcome": "pass"})
    assert (other.status_code, other["Content-Type"]) == (409, "application/problem+json")
    assert "another result" in other.json()["detail"]
    assert (expected.kept(made), expected.told()) == ([("fail", "2 of 41 failed")], ["Lea"])


def test_a_run_that_ended_earlier_does_not_hide_a_later_one(expected, made, tool):
    now = timezone.now()
    for name, outcome, hours in (("late", "pass", 1), ("early", "fail", 3)):
        at = (now - timedelta(hours=hours)).isoformat()
        assert post(tool, made, run=name, outcome=outcome, at=at).status_code == 201
    assert (expected.standing_of(made).state, expected.told()) == ("pass", [])
    assert [outcome for outcome, _words in expected.kept(made)] == ["pass", "fail"]


def test_what_cannot_be_is_explained(expected, world, made, tool):
    now = timezone.now()
    page = expected.page("https://example.com/")
    for body, status, words in (
        ({**PASSED, "at": (now + timedelta(hours=1)).isoformat()}, 400, "Check the clock"),
        ({**PASSED, "at": (now - timedelta(days=400)).isoformat()}, 400, "more than a year back"),
        ({**PASSED, "outcome": "unknown"}, 400, "not a valid choice"),
        ({**PASSED, "link": "javascript:alert(1)"}, 400, "valid URL"),
        ({**PASSED, "run": " "}, 400, "blank"),
        ({**PASSED, "detail": "x" * 301}, 400, "300"),
        ({**PASSED, "secret": "x"}, 400, "no field of this name"),
    ):
        answer = post(tool, made, **body)
        assert (answer.status_code, words in answer.content.decode()) == (status, True), (body, answer.content)
    assert "by itself" in post(tool, page, **PASSED).json()["detail"]
    expected.end_all()
    assert post(tool, made, **PASSED).status_code == 409
    assert expected.kept(made) == []


def test_only_a_key_for_it_of_somebody_who_may(world, made, program, tool):  # noqa: F811
    for maker, scopes in (
        (world.ivo, ["releases:write"]),
        (world.lea, ["results:write"]),
        (world.vi, ["results:write"]),
    ):
        assert post(program(maker, scopes), made, **PASSED).status_code == 403
    with world.inside():
        ApiKey.objects.filter(member=world.ivo).update(revoked_at=timezone.now())
    assert post(tool, made, **PASSED).status_code == 401
    with world.inside_umbra():
        theirs = ExpectationCheck.objects.get().expectation
    assert post(program(world.ada, ["results:write"]), theirs, **PASSED).status_code == 404

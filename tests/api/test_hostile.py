"""What nobody sends in good faith is answered with a problem that says why, and never with a failure."""

import pytest

from orgs.api.bodies import MOST_BYTES

BODIES = {
    "nothing": b"{",
    "not a number": b'{"name": "N", "importance_to_customer": NaN}',
    "infinity": b'{"name": "N", "importance_to_customer": -Infinity}',
    "half a character": b'{"name": "\\ud800"}',
    "half a character as a name": b'{"\\ud800": 1}',
    "half a character as a choice": b'{"name": "N", "place": "\\udfff"}',
    "not utf-8": b'{"name": "\xff"}',
    "too deep": b"[" * 100_000,
    "deep and whole": b"[" * 50_000 + b"]" * 50_000,
    "long number": b'{"name": "N", "channel": ' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_no_json_is_refused(body, world, program):
    answer = program(world.max).send("POST", "touchpoints/", body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize("number", ["1e400", "1.5", "true", "[]", "{}", '"1"'])
def test_numbers_that_are_none(number, world, program):
    answer = program(world.max).send("POST", "touchpoints/", f'{{"name": {number}, "channel": {number}}}')
    assert answer.status_code == 400


def test_a_large_body_is_read_no_further_than_the_limit(world, program):
    sent = b'{"name": "' + b"x" * MOST_BYTES + b'"}'
    answer = program(world.max).send("POST", "touchpoints/", sent)
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("get", "nowhere/", {}, 404),
        ("get", "kpis", {}, 404),
        ("post", "../v2/kpis/", {}, 404),
        ("get", "touchpoints/999999999999999999999999/", {}, 404),
        ("get", "touchpoints/1%00/", {}, 404),
        ("delete", "touchpoints/", {}, 405),
        ("options", "touchpoints/", {}, 405),
        ("put", "touchpoints/1/", {}, 405),
        ("get", "touchpoints/", {"Accept": "text/csv"}, 406),
    ],
)
def test_each_refusal_is_a_problem(method, path, headers, status, world, program):
    asking = program(world.max)
    answer = asking.client.generic(method.upper(), asking.base + path, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


@pytest.mark.parametrize(
    ("kind", "packing"), [("text/plain", ""), ("multipart/form-data; boundary=x", ""), ("application/json", "gzip")]
)
def test_a_body_of_another_kind_is_refused(kind, packing, world, program):
    asking = program(world.max)
    headers = {"Content-Encoding": packing} if packing else {}
    answer = asking.client.post(asking.base + "touchpoints/", b'{"name": "N"}', content_type=kind, headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")


def test_a_session_changes_nothing_without_the_forgery_token(world, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(world.max.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post("/w/acme/api/v1/touchpoints/", {"name": "N"}, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")


def test_a_key_that_asks_too_often_waits(world, program, settings, client):
    settings.API_PER_MINUTE = 3
    asking, other = program(world.max), program(world.max)
    statuses = [asking.get("touchpoints/").status_code for _ in range(8)]  # a new minute can begin in between
    assert {200, 429} == set(statuses)
    assert statuses.count(429) >= 2
    assert other.get("touchpoints/").status_code == 200
    while (answer := asking.get("touchpoints/")).status_code == 200:
        pass
    assert answer["Content-Type"] == "application/problem+json"
    assert 1 <= int(answer["Retry-After"]) <= 60

"""What every page keeps to: forms need their token, nothing runs inline, no browser frames, sniffs or guesses."""

import re

import pytest
from django.test import Client

from tests.architecture.access_table import TABLE
from tests.architecture.asking import address, ask, client_of, is_of_workspace

CHANGING = [name for name, row in TABLE.items() if row.post.of("ada") not in {403, 404, 405}]
INLINE = {
    "a script without a file": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I),
    "an event handler": re.compile(r"<[^>]+\son[a-z]+\s*=", re.I),
    "a handler of htmx": re.compile(r"\shx-on", re.I),
    "a style attribute": re.compile(r"<[^>]+\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style", re.I),
    "another site": re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.I),
}


@pytest.fixture
def world(filled):
    return filled[0]


@pytest.fixture
def rows(filled):
    return filled[1]


@pytest.fixture
def ada(world):
    return client_of(world.ada)


def path_of(name, rows):
    about = TABLE[name].about
    return address(name, rows[about].pk if about else None)


@pytest.mark.parametrize("name", TABLE)
def test_each_address_keeps_to_the_rules(name, world, rows, ada):
    path = path_of(name, rows)
    answer = ask(ada, "get", path)
    check_what_the_browser_is_told(name, answer)
    if answer["Content-Type"].startswith("text/html"):
        for what, pattern in INLINE.items():
            assert not pattern.search(answer.words), f"{what}: {pattern.search(answer.words)}"
    if name in CHANGING:
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        strict.force_login(world.ada.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert ask(strict, "post", path, TABLE[name].post.data).status_code == 403, "changed without its token"
    if is_of_workspace(name):
        for verb in ("put", "patch", "delete", "options", "trace"):
            assert ask(ada, verb, path).status_code < 500, verb


def check_what_the_browser_is_told(name, answer):
    policy = answer["Content-Security-Policy"]
    # Swagger UI writes style attributes; its page alone may have them (docs/adr/0021), and no script of its own.
    allowed = policy.replace("style-src 'self' 'unsafe-inline'", "") if name == "api_reference" else policy
    assert "unsafe" not in allowed
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer", "strict-origin-when-cross-origin"}


def test_a_foreign_choice_in_a_form_answers_like_a_missing_one(world, rows, ada):
    path = path_of("upload", rows)
    for field, foreign in {"feed": world.umbra_rows["feed"].pk, "phase_id": _foreign_phase(world)}.items():
        theirs = ask(ada, "post", path, {field: str(foreign), "feed_name": "x"})
        none = ask(ada, "post", path, {field: "999999999", "feed_name": "x"})
        assert theirs.status_code == none.status_code == 422
        assert _plain(theirs, foreign) == _plain(none, 999_999_999)


def _foreign_phase(world):
    with world.inside_umbra():
        return type(world.umbra_rows["map"].stages.get().phase).objects.first().pk


def _plain(answer, pk):
    return re.sub(r"[A-Za-z0-9]{64}", "TOKEN", answer.words).replace(f" {pk} is not one", " PK is not one")

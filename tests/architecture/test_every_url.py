"""Every URL answers every person as the access table says, and shows nobody another company's words."""

from collections import Counter
from itertools import product

import pytest

from tests.architecture.access_table import MEMBERS, TABLE
from tests.architecture.asking import MISSING, address, ask, clients, comparable, is_of_workspace, patterns, together
from tests.world import ACME_CANARY, CANARY

IN_A_WORKSPACE = [name for name in TABLE if is_of_workspace(name)]
SIGNED_IN_ONLY = [name for name in TABLE if TABLE[name].get.anonymous == 302 and name != "account_logout"]
ABOUT_A_RECORD = [name for name in IN_A_WORKSPACE if TABLE[name].about]


@pytest.fixture
def world(filled):
    return filled[0]


@pytest.fixture
def rows(filled):
    return filled[1]


@pytest.fixture
def people(world):
    return clients(world)


def acme_address(name, rows):
    about = TABLE[name].about
    return address(name, rows[about].pk if about else None)


def test_every_pattern_has_one_row_and_every_row_a_pattern():
    names = Counter(pattern.name for pattern in patterns())
    assert set(names) == set(TABLE)
    assert max(names.values()) == 1


def test_every_page_of_a_workspace_has_it_in_its_address_and_asks_for_sign_in():
    for pattern in patterns():
        route = str(pattern.pattern)
        assert route.startswith("w/<slug:slug>/") == route.startswith("w/") == ("slug" in pattern.pattern.converters)
    for name in IN_A_WORKSPACE:
        nobody = 401 if "/api/" in address(name, MISSING) else 302
        assert (TABLE[name].get.ann, TABLE[name].get.anonymous, TABLE[name].post.anonymous) == (404, nobody, nobody)


@together(TABLE)
def test_everybody_gets_the_answer_of_the_table(names, rows, people):
    """And Acme's words where its members may read them, nobody else's anywhere, and no cache keeps any."""
    for name, method in product(names, ("get", "post")):
        expected, path = getattr(TABLE[name], method), acme_address(name, rows)
        answers = {person: ask(client, method, path, expected.data) for person, client in people.items()}
        assert {person: answer.status_code for person, answer in answers.items()} == {
            person: expected.of(person) for person in people
        }, (name, method)
        for person, answer in answers.items():
            assert (ACME_CANARY if person in {"ann", "anonymous"} else CANARY) not in answer.words, (name, person)
            shows = TABLE[name].shows and method == "get" and person in expected.may
            assert not shows or ACME_CANARY in answer.words, (name, person)
            if name in IN_A_WORKSPACE and method == "get" and person != "anonymous":
                assert "no-store" in answer["Cache-Control"], (name, person)


@together(sorted(SIGNED_IN_ONLY))
def test_nobody_reads_before_signing_in(names, rows, people):
    anonymous = people["anonymous"]
    for name in names:
        path = acme_address(name, rows)
        answer = ask(anonymous, "get", path)
        assert answer["Location"] == f"/accounts/sign-in/?next={path}"
        fragment = ask(anonymous, "get", path, **{"HX-Request": "true"})
        assert (fragment.status_code, fragment.content) == (200, b""), name
        assert fragment["HX-Redirect"] == answer["Location"]


@together(IN_A_WORKSPACE)
def test_an_outsider_cannot_tell_the_workspace_from_none(names, rows, people):
    for name, method in product(names, ("get", "post")):
        pk = rows[TABLE[name].about].pk if TABLE[name].about else MISSING
        there = ask(people["ann"], method, address(name, pk))
        nowhere = ask(people["ann"], method, address(name, pk, slug="no-such-place"))
        assert comparable(there, pk) == comparable(nowhere, pk, slug="no-such-place"), (name, method)


@together(ABOUT_A_RECORD)
def test_a_foreign_record_answers_like_a_missing_one(names, world, rows, people):
    for name, person, method in product(names, MEMBERS, ("get", "post")):
        foreign = world.umbra_rows[TABLE[name].about].pk
        theirs = ask(people[person], method, address(name, foreign))
        none = ask(people[person], method, address(name, MISSING))
        assert comparable(theirs, foreign) == comparable(none, MISSING), (name, person)
        assert theirs.status_code in {404, 405}, (name, person)


def test_an_own_record_is_not_reached_through_another_workspace(world, rows, people):
    for name in ABOUT_A_RECORD:
        answer = ask(people["ann"], "get", address(name, rows[TABLE[name].about].pk, slug="umbra"))
        assert answer.status_code in {404, 405}, name
        assert ACME_CANARY not in answer.words

"""Who is at a map, and what others saved on it: told to each open page, to nobody else, and for as long as it is so."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cxhub.lib import here
from cxhub.lib.shared_pool import client as redis
from journeys.queries.lanes import text_kind
from journeys.services import cells, lanes, steps
from orgs.models import Member
from tests.journeys.touchpoint_page.conftest import HTMX

A, B = "a" * 16, "b" * 16


@pytest.fixture
def lane(desk, world):
    with world.inside():
        return lanes.add(drawn=desk.map, kind=text_kind("actions"), by=world.max)


@pytest.fixture
def at(desk, sign_in):
    """Returns a function that says for somebody where their page is, and gives the answer."""

    def _at(member, page=A, query="", **said):
        data = {"page": page, "people": "", "seen": "", **said}
        return sign_in(member).post(desk.url("map_presence") + query, data, headers=HTMX)

    return _at


class Reader:
    """An open page: it remembers what the server says and repeats it."""

    def __init__(self, at, desk, member, query=""):
        self.at, self.member, self.query = at, member, query
        text = desk.client.get(desk.url("map") + query).content.decode()
        found = re.search(r'data-structure="(\w+)" data-cards="(\w+)"', text)
        self.said = {"structure": found[1], "cards": found[2], "cells": ""}

    def ask(self, **more):
        answer = self.at(self.member, query=self.query, **(self.said | more))
        if "X-Seen" in answer:
            self.said["seen"] = answer["X-Seen"]
        return answer.content.decode()


@pytest.fixture
def reader(at, desk):
    return lambda member, query="": Reader(at, desk, member, query)


def names(answer):
    return re.findall(r'data-here="(\w+)[^"]* is here"', answer.content.decode())


def write(world, lane, step, text, by, version=0):
    with world.inside():
        return cells.write(lane=lane, step=step, text=text, version=version, by=by).cell


def test_those_who_are_here_see_each_other_and_where(desk, world, lane, at):
    cell = f"{lane.pk}-{desk.first_step('Buy').pk}"
    assert at(world.ada, at=cell).status_code == 204
    seen = at(world.vi, B)
    assert names(seen) == ["Ada"]
    assert f'data-at="{cell}"' in seen.content.decode()
    assert names(at(world.ada)) == ["Vi"]


def test_what_is_known_is_not_sent_again(world, at):
    at(world.ada)
    answer = at(world.vi)
    known = re.search(r'data-people="(\w+)"', answer.content.decode()).group(1)
    assert at(world.vi, people=known).status_code == 204


def test_two_pages_of_one_person_are_one_who_is_where_they_write(desk, world, lane, at):
    cell = f"{lane.pk}-{desk.first_step('Buy').pk}"
    at(world.ada, A, at=cell)
    at(world.ada, B)
    seen = at(world.vi)
    assert names(seen) == ["Ada"]
    assert f'data-at="{cell}"' in seen.content.decode()
    at(world.ada, A, leaves="yes")
    assert 'data-at=""' in at(world.vi).content.decode()
    at(world.ada, B, leaves="yes")
    assert names(at(world.vi)) == []


def test_who_is_not_heard_of_is_gone(world, at, monkeypatch):
    at(world.ada)
    later = timezone.now() + timedelta(seconds=here.SECONDS + 1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert names(at(world.vi)) == []


def test_whose_access_ended_is_not_seen(world, at):
    at(world.ada)
    with world.inside():
        Member.objects.filter(pk=world.ada.pk).update(left_at=timezone.now())
    assert names(at(world.vi)) == []


def test_an_outsider_neither_sees_nor_is_seen(desk, world, at):
    at(world.ada)
    assert at(world.ann).status_code == 404
    assert at(world.vi, B, at="1-1").status_code == 200
    assert names(at(world.ada)) == ["Vi"]


def test_another_map_knows_nothing_of_it(desk, world, at, sign_in):
    at(world.ada)
    desk.client = sign_in(world.max)
    copy = desk.post("map_copies", state="current", title="Another", htmx=False)
    other = int(re.search(r"/maps/(\d+)/", copy.url).group(1))
    answer = desk.client.post(f"/w/acme/maps/{other}/presence/", {"page": A}, headers=HTMX)
    assert names(answer) == []


def test_a_page_that_says_nonsense_is_not_followed(world, at):
    for bad in ({"page": ""}, {"page": "x" * 16}, {"page": "a" * 99}, {"cells": "1-1.1 " * 50_000}):
        answer = at(world.ada, **bad)
        assert (bad, answer.status_code) == (bad, 422)
        assert "Load it again" in answer.content.decode()


def test_a_place_that_is_no_cell_is_none(world, at):
    for where in ("x", "1-", "1-2-3", "9" * 40, "١-٢", '"><b>', "\0"):
        at(world.ada, at=where)
        assert 'data-at=""' in at(world.vi).content.decode()


def test_nobody_fills_redis(desk, world, at):
    for number in range(40):
        at(world.ada, f"{number:016x}")
    key = cache.make_key(f"here:{world.ada.workspace_id}.{desk.map.pk}")
    assert redis().hlen(key) == here.PAGES
    assert 0 < redis().ttl(key) <= 2 * here.SECONDS


def test_without_redis_the_page_works_and_says_nobody(desk, world, lane, at, reader, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9"}
    }
    at(world.ada)
    page = reader(world.vi)
    write(world, lane, desk.first_step("Buy"), "Saved", world.ada)
    text = page.ask()
    assert "Saved" in text
    assert "data-here" not in text
    assert at(world.ada, leaves="yes").status_code == 204


def test_a_name_is_words_whatever_it_holds(world, at):
    name = "أَدا <b>" + "x" * 190 + " 👩‍🚀"
    world.ada.user.name = name[:200]
    world.ada.user.save()
    at(world.ada)
    text = at(world.vi).content.decode()
    assert "<b>x" not in text
    assert "&lt;b&gt;" in text


class TestWhatOthersSave:
    def test_comes_to_those_who_write_and_to_those_who_read(self, desk, world, lane, reader):
        step = desk.first_step("Buy")
        pages = [reader(member) for member in (world.lea, world.vi)]
        for page in pages:
            page.ask()
        write(world, lane, step, "I compare", world.ada)
        for page in pages:
            text = page.ask()
            assert f'data-cell="{lane.pk}-{step.pk}"' in text
            assert "I compare" in text
            assert "Ada Admin changed Actions at First." in text
            assert "data-restructured" not in text
            assert "data-cards" not in text

    def test_only_what_the_page_does_not_have(self, desk, world, lane, reader):
        first, other = desk.first_step("Buy"), desk.first_step("Use")
        page = reader(world.max)
        write(world, lane, first, "Known", world.ada)
        write(world, lane, other, "New", world.ada)
        text = page.ask(cells=f"{lane.pk}-{first.pk}.1")
        assert "New" in text
        assert "Known" not in text

    def test_a_cell_that_was_emptied_is_empty_to_readers(self, desk, world, lane, reader):
        step = desk.first_step("Buy")
        page = reader(world.vi)
        write(world, lane, step, "Gone soon", world.ada)
        page.ask()
        write(world, lane, step, "", world.ada, version=1)
        text = page.ask(cells=f"{lane.pk}-{step.pk}.1")
        assert re.search(r"<template data-cell[^>]+></template>", text)
        assert "data-cell" not in page.ask(cells="", seen="")  # nothing is what it shows already

    def test_ones_own_is_not_announced(self, desk, world, lane, reader):
        page = reader(world.max)
        write(world, lane, desk.first_step("Buy"), "Mine", world.max)
        text = page.ask()
        assert "Mine" in text
        assert "data-said" not in text

    def test_is_nothing_where_nothing_changed(self, desk, world, lane, at, reader):
        write(world, lane, desk.first_step("Buy"), "Here", world.ada)
        page = reader(world.vi)
        page.ask(cells=f"{lane.pk}-{desk.first_step('Buy').pk}.1")
        answer = at(world.vi, seen=page.said["seen"])
        assert (answer.status_code, answer.content) == (204, b"")
        assert len(str(answer.headers)) < 1024

    def test_is_asked_for_where_the_page_did_not_say_what_it_has(self, desk, world, lane, at, reader):
        page = reader(world.vi)
        page.ask()
        write(world, lane, desk.first_step("Buy"), "Here", world.ada)
        answer = at(world.vi, seen=page.said["seen"])
        assert answer.status_code == 204
        assert "X-Ask" in answer

    def test_structure_is_offered_and_records_are_read_off_the_page(self, desk, world, lane, reader):
        pages = [reader(world.vi), reader(world.vi, "?detail=1"), reader(world.vi, "?audience=it")]
        with world.inside():
            steps.add(stage=desk.stage("Buy"), name="Pay", by=world.ada)
        for page in pages:
            assert "data-restructured" in page.ask()
        page = reader(world.vi, "?detail=1")
        write(world, lane, desk.first_step("Buy"), "Here", world.ada)
        text = page.ask()
        assert "data-cards" in text
        assert "data-cell" not in text

    def test_a_lane_that_an_audience_does_not_see_is_not_told(self, desk, world, lane, reader):
        page = reader(world.vi, "?audience=it")
        write(world, lane, desk.first_step("Buy"), "Here", world.ada)
        assert "Here" not in page.ask()

    def test_asks_as_many_questions_for_many_as_for_one(self, desk, world, lane, at, reader):
        counts = []
        for number in range(2):
            page = reader(world.vi)
            for stage in ("Find out", "Buy", "Use")[: 1 + 2 * number]:
                version = number if stage == "Find out" else 0
                write(world, lane, desk.first_step(stage), f"Text {number}", world.ada, version=version)
            for member in (world.ada, world.max, world.lea)[: 1 + 2 * number]:
                at(member)
            with CaptureQueriesContext(connection) as seen:
                assert "Text" in page.ask()
            counts.append(sum(query["sql"].startswith("SELECT") for query in seen))
        assert counts[0] == counts[1] <= 14

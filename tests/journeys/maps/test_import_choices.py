"""What becomes of each touchpoint and finding of a file that is not here: made, left out, or one that is here."""

import json
import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Finding, FindingPlacement, Map, Touchpoint, TouchpointPlacement
from journeys.services import findings, touchpoints
from tests.journeys.maps.map_files import base, sent

NAMED = {"touchpoints": ("Hotline for bookings", "New shop"), "findings": ("Long queues", "No signs")}


@pytest.fixture
def content():
    told = base()
    step = told["stages"][0]["steps"][0]
    step["touchpoints"] = [{"name": name, "channel": ""} for name in NAMED["touchpoints"]]
    step["findings"] = [{"kind": "pain", "name": name} for name in NAMED["findings"]]
    return json.dumps(told).encode()


@pytest.fixture
def known(world):
    """A touchpoint and a pain that are here, called nearly so."""
    with world.inside():
        hotline = touchpoints.find_or_create("Booking hotline", by=world.ada)[0]
        return hotline, findings.find_or_create(kind="pain", name="Queues are long", by=world.ada)[0]


def form_of(client, answer):
    """What the page offers: for each record its field, and how each way is worded."""
    page = client.get(answer["Location"]).content.decode()
    fields = dict(re.findall(r'name="(fingerprint|title)" value="([^"]*)"', page))
    phase = re.search(r'<select name="(phase:0)".*?value="(\d+)"', page, re.S)
    fields |= {phase[1]: phase[2]} if phase else {}
    ways = {}
    record = r"(?:touchpoints|findings):[0-9a-f]+"
    labels = dict(re.findall(rf'<label[^>]*for="id_({record})"[^>]*>\s*([^<]+)', page))
    for name, options in re.findall(rf'<select name="({record})"(.*?)</select>', page, re.S):
        words = re.findall(r'value="([^"]*)"[^>]*>([^<]+)<', options)
        ways[labels[name].strip().split(": ")[-1]] = (name, dict(words))
    return fields, ways, page


def placed(world):
    with world.inside():
        made = Map.objects.get()
        return (
            set(TouchpointPlacement.objects.filter(step__stage__map=made).values_list("touchpoint__name", flat=True)),
            set(FindingPlacement.objects.filter(step__stage__map=made).values_list("finding__name", flat=True)),
        )


def test_one_is_made_one_is_left_out_and_one_is_meant(world, sign_in, content, known):
    client = sign_in(world.max)
    answer = sent(client, content)
    fields, ways, _page = form_of(client, answer)
    hotline, offered = ways["Hotline for bookings"]
    meant = next(value for value, words in offered.items() if "Booking hotline" in words)
    chosen = {hotline: meant, ways["New shop"][0]: "make"}
    chosen |= {ways["Long queues"][0]: "make", f"{ways['Long queues'][0]}:name": "queues are LONG"}
    chosen |= {ways["No signs"][0]: "leave"}
    assert client.post(answer["Location"], {**fields, **chosen}).status_code == 302
    assert placed(world) == ({"Booking hotline", "New shop"}, {"Queues are long"})
    with world.inside():
        assert set(Touchpoint.objects.values_list("name", flat=True)) == {"Booking hotline", "New shop"}
        assert Finding.objects.count() == 1


def test_a_name_that_nobody_has_is_said_and_every_choice_stays(world, sign_in, content, known):
    client = sign_in(world.max)
    answer = sent(client, content)
    fields, ways, _page = form_of(client, answer)
    name = ways["New shop"][0]
    data = {**fields, name: "make", f"{name}:name": "Nobody", ways["No signs"][0]: "leave"}
    refused = client.post(answer["Location"], data)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "None in use here is called so" in page
    assert 'value="Nobody"' in page
    assert re.search(r'value="leave" selected', page)
    with world.inside():
        assert Map.objects.count() == 0


def test_choices_stay_when_something_changed_meanwhile(world, sign_in, content, known):
    client = sign_in(world.max)
    answer = sent(client, content)
    fields, ways, _page = form_of(client, answer)
    with world.inside():
        touchpoints.find_or_create("New shop", by=world.ada)
    data = {**fields, ways["No signs"][0]: "leave", "title": "Mine"}
    stale = client.post(answer["Location"], data)
    page = stale.content.decode()
    assert stale.status_code == 409
    assert re.search(r'value="leave" selected', page)
    again = re.search(r'name="fingerprint" value="([^"]*)"', page)[1]
    assert client.post(answer["Location"], {**data, "fingerprint": again}).status_code == 302
    assert placed(world) == ({"Hotline for bookings", "New shop"}, {"Long queues"})


def test_records_of_another_company_are_never_offered_nor_taken(world, sign_in, content):
    client = sign_in(world.max)
    answer = sent(client, content)
    fields, ways, page = form_of(client, answer)
    theirs = world.umbra_rows["touchpoint"]
    assert theirs.name not in page
    name = ways["New shop"][0]
    assert client.post(answer["Location"], {**fields, name: f"use:{theirs.pk}"}).status_code == 422
    assert client.post(answer["Location"], {**fields, f"{name}:name": theirs.name}).status_code == 422


def test_the_page_asks_no_question_per_record(world, sign_in, known):
    client = sign_in(world.max)

    def ask(count):
        told = base()
        told["stages"][0]["steps"] = [
            {
                "uid": str(UUID(int=100 + n)),
                "name": f"S{n}",
                "cells": {},
                "touchpoints": [{"name": f"Shop number {n}", "channel": ""}],
            }
            for n in range(count)
        ]
        return sent(client, json.dumps(told).encode())["Location"]

    def queries(url):
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    few = ask(2)
    queries(few)
    before = queries(few)
    assert queries(ask(60)) == before

"""A map as a file and back: nothing is lost, nothing is overwritten, nothing is written before it is accepted."""

import json
import re
from uuid import UUID, uuid4

import pytest

from journeys.models import Finding, Journey, Map, MapImport, Touchpoint
from journeys.pipelines.map_import import parts
from journeys.queries import documents
from tests.journeys.maps.map_files import NEW, accepted, apart_from_ids, base, document_of, ids, sent, text_of
from tests.world import CANARY


@pytest.mark.parametrize("end", ["json", "xlsx"])
def test_the_map_comes_back_as_a_new_one(filled, world, sign_in, end):
    client = sign_in(world.max)
    content = client.get(f"/w/acme/maps/{filled.map.pk}.{end}").content
    answer = sent(client, content, f"map.{end}")
    with world.inside():
        before = document_of(filled.map.pk)
        assert Map.objects.count() == 1
    done = accepted(client, answer)
    with world.inside():
        made = Map.objects.exclude(pk=filled.map.pk).get()
        after = document_of(made.pk)
        assert done["Location"] == f"/w/acme/maps/{made.pk}/"
        assert apart_from_ids(after) == apart_from_ids(before)
        assert document_of(filled.map.pk) == before
        assert not ids(after) & ids(before)  # the map it came from keeps its own
        assert made.journey_id == filled.map.journey_id
        assert MapImport.objects.get().document == {}
    assert accepted(client, answer)["Location"] == done["Location"]  # a second time makes no second map
    with world.inside():
        assert Map.objects.count() == 2


def test_what_the_workspace_lacks_is_made_by_choice_and_ids_that_are_free_stay(world, sign_in):
    lane, step = str(uuid4()), str(uuid4())
    document = {
        "schema": documents.SCHEMA,
        "title": "From afar",
        "owner": "Somebody else",
        "sponsor_email": "eli@acme.test",
        "future": {"part": 1},
        "lanes": [{"uid": lane, "kind": "notes", "position": 1}],
        "stages": [
            {
                "uid": str(uuid4()),
                "name": "Only",
                "phase": "Unheard of",
                "steps": [
                    {
                        "uid": step,
                        "name": "First",
                        "cells": {lane: "Words"},
                        "touchpoints": [{"name": "Kiosk", "channel": "Fax"}],
                        "findings": [{"kind": "pain", "name": "Queue"}],
                    }
                ],
            }
        ],
    }
    client = sign_in(world.max)
    for way, kept in (("leave", 0), ("make", 1)):
        answer = sent(client, json.dumps(document).encode())
        page = client.get(answer["Location"]).content.decode()
        choices = dict.fromkeys(re.findall(r'<select name="((?:touchpoints|findings):\w+)"', page), way)
        for words in (
            "Somebody else",
            "<bdi>future</bdi>",
            "Kiosk · Fax",
            "Pain: Queue",
            "new touchpoints stand without",
        ):
            assert words in page
        accepted(client, answer, **choices)
        with world.inside():
            made = Map.objects.latest("pk")
            told = document_of(made.pk)
            assert (step in ids(told)) is (kept == 0)  # the second map finds it in use by the first
            [only] = told["stages"][0]["steps"]
            assert (len(only["touchpoints"]), len(only.get("findings", ()))) == (kept, kept)
            assert list(only["cells"].values()) == ["Words"]
            assert sorted(lane["kind"] for lane in told["lanes"]) == ["notes", "pains"][: kept + 1]
            assert (made.owner, str(made.sponsor)) == (None, "Eli")
            assert Touchpoint.objects.count() == Finding.objects.count() == kept


def test_a_change_since_the_preview_is_shown_first(filled, world, sign_in):
    client = sign_in(world.max)
    answer = sent(client, client.get(f"/w/acme/maps/{filled.map.pk}.json").content)
    seen = re.search(r'name="fingerprint" value="(\w+)"', client.get(answer["Location"]).content.decode())[1]
    with world.inside():
        Touchpoint.objects.filter(name="Hotline").update(name="Hotline by phone")
    refused = client.post(answer["Location"], {"title": "X", "fingerprint": seen})
    assert (refused.status_code, "Something changed since you looked" in refused.content.decode()) == (409, True)
    with world.inside():
        assert (Map.objects.count(), Journey.objects.count()) == (1, 1)


def test_only_map_editors_import_and_only_their_own_files(filled, world, sign_in):
    content = sign_in(world.vi).get(f"/w/acme/maps/{filled.map.pk}.xlsx").content
    answer = sent(sign_in(world.max), content)
    assert 'href="/w/acme/journeys/import/"' in sign_in(world.max).get("/w/acme/journeys/").content.decode()
    for who in (world.vi, world.lea, world.eli):
        client = sign_in(who)
        assert sent(client, content).status_code == client.get(answer["Location"]).status_code == 403
        assert NEW not in client.get("/w/acme/journeys/?view=none").content.decode()
    assert sign_in(world.ada).get(answer["Location"]).status_code == 403
    assert sign_in(world.ann).get(answer["Location"]).status_code == 404


def test_ids_of_another_company_tell_nothing_and_collide_with_nothing(world, sign_in):
    with world.inside_umbra():
        theirs = document_of(world.umbra_rows["map"].pk)
    told = json.loads(json.dumps(theirs).replace(CANARY, "mine"))
    client = sign_in(world.max)
    done = accepted(client, sent(client, json.dumps(told).encode()))
    assert CANARY not in client.get(done["Location"]).content.decode()
    with world.inside():
        assert ids(document_of(Map.objects.get().pk)) == ids(theirs)
    with world.inside_umbra():
        assert document_of(world.umbra_rows["map"].pk) == theirs


def test_a_picture_that_is_not_here_is_left_out_and_said(inside):
    document = base()
    document["lanes"][0]["kind"] = "storyboard"
    document["stages"][0]["steps"][0]["cells"] = {str(UUID(int=3)): f"{'a' * 64}\nA queue"}
    read = parts.read(document)
    clean, left_out = read.document, read.left_out
    assert clean["stages"][0]["steps"][0]["cells"] == {}
    assert left_out == ["pictures that are not kept in this workspace"]


def test_addresses_leave_in_files_of_those_who_see_them(filled, world, sign_in):
    for end in ("json", "xlsx"):
        path = f"/w/acme/maps/{filled.map.pk}.{end}"
        shown = {who: sign_in(who).get(path).content for who in (world.ada, world.max, world.vi)}
        told = {who: text_of(content) if end == "xlsx" else content.decode() for who, content in shown.items()}
        assert [world.max.user.email in text for text in told.values()] == [True, False, False], end

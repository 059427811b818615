"""A map as a file and back: nothing is lost, nothing is overwritten, nothing is written before it is accepted."""

import copy
import io
import json
import re
import zipfile
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxhub.lib import workbooks
from journeys.exports import map_json, map_sheets
from journeys.models import Evidence, Finding, Journey, Map, MapImport, MapLane, Persona, Touchpoint
from journeys.pipelines.map_import import child, opening, parts
from journeys.queries import documents, maps
from journeys.queries.lanes import text_kind
from journeys.registry import LANES
from journeys.services import (
    cells,
    channels,
    evidence,
    finding_placements,
    findings,
    lanes,
    placements,
    registers,
    touchpoints,
)
from journeys.services import maps as changing
from tests.world import CANARY

NEW = "/w/acme/journeys/import/"
# Any text that PostgreSQL and XML keep: no NUL, no half character, none that is no character.
LETTERS = st.characters(exclude_characters="\0\ufffe\uffff", exclude_categories=["Cs"])
WORDS = st.text(LETTERS, max_size=30) | st.sampled_from(
    ["=1+1", "+a", "-2", "@x", "'=1", "_x000B_", "a\r\nb\n", "007", "😀"]
)
NAMES = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
TEXTS = WORDS.map(lambda text: text.replace("\r\n", "\n").strip())
UIDS = st.uuids().map(str)
SHARED = {"max_size": 3}


@st.composite
def told(draw):
    """A document as a map of any content would give it."""
    written = draw(
        st.lists(st.fixed_dictionaries({"uid": UIDS, "kind": st.sampled_from(["actions", "notes"])}), **SHARED)
    )
    derived = [
        {"uid": draw(UIDS), "kind": kind}
        for kind in draw(st.sets(st.sampled_from([lane.key for lane in LANES]), **SHARED))
    ]
    flags = {
        "name": st.just("") | NAMES,
        "position": st.integers(0, 400),
        "is_hidden": st.booleans(),
        "is_pinned": st.booleans(),
    }
    kept = [{**lane, **draw(st.fixed_dictionaries(flags))} for lane in written + derived]
    found = st.fixed_dictionaries({"kind": st.sampled_from(Finding.Kind.values), "name": NAMES})
    step = st.fixed_dictionaries(
        {
            "uid": UIDS,
            "name": NAMES,
            "cells": st.fixed_dictionaries({}, optional={lane["uid"]: TEXTS.filter(bool) for lane in written}),
            "touchpoints": st.lists(st.fixed_dictionaries({"name": NAMES, "channel": st.just("") | NAMES}), **SHARED),
        },
        optional={
            "findings": st.lists(found, min_size=1, **SHARED),
            "evidence": st.sampled_from([Evidence.ASSUMPTION, Evidence.REASONED]).map(str),
            "evidence_source": TEXTS.filter(bool),
        },
    )
    stage = st.fixed_dictionaries({"uid": UIDS, "name": NAMES, "phase": NAMES, "steps": st.lists(step, **SHARED)})
    about = st.lists(NAMES, unique=True, **SHARED)
    own = {"title": NAMES, "journey": NAMES, "scenario": TEXTS, "owner": NAMES, "sponsor": st.just("")}
    own |= {
        "level": st.sampled_from(["", *Map.Level.values]),
        "dimension": st.sampled_from(["", *Map.Dimension.values]),
    }
    own |= {"state": st.sampled_from(Map.State.values), "personas": about, "products": about, "markets": about}
    found = draw(st.fixed_dictionaries({**own, "stages": st.lists(stage, **SHARED)}))
    uids = [step["uid"] for stage in found["stages"] for step in stage["steps"]]
    if len(uids) > 1:
        label = {"label": draw(st.just("") | TEXTS)}
        found["paths"] = [
            {"source": uids[0], "target": uids[-1], "kind": draw(st.sampled_from(["next", "loop"])), **label}
        ]
        found["stages"][-1]["is_overlapping"] = True
    return {"schema": documents.SCHEMA, **found, "lanes": kept}


def here(does, content):
    """What the child answers, without one: starting a hundred takes a minute."""
    try:
        return list(child.TASKS[does]({}, iter([content])))
    except child.BadFile as refused:
        raise opening.UnreadableFile(str(refused)) from None


def refusal(content):
    with pytest.raises(opening.UnreadableFile) as refused:
        opening.opened(content, asked=here)
    return str(refused.value)


@pytest.mark.parametrize("written", [lambda told: map_json.text(told).encode(), map_sheets.workbook])
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(document=told())
def test_out_and_in_again_is_the_same(written, document):
    found = opening.opened(written(document), asked=here)
    assert found.left_out == []
    assert documents.canonical(found.document) == documents.canonical(document)


@pytest.fixture
def filled(desk, world):
    """The map of the desk with one of everything that a map can hold."""
    with world.inside():
        step, by = desk.first_step("Buy"), world.max
        phone, _ = channels.find_or_create("Phone", by=by)
        for name, channel in (("=Shop", None), ("Hotline", phone)):
            made, _ = touchpoints.find_or_create(name, channel=channel, by=by)
            placements.place(step=step, touchpoint=made, by=by)
        for kind, text in (("actions", "+49 I pay\n“at once”"), ("emotions", "-2/1")):
            lane = lanes.add(drawn=desk.map, kind=text_kind(kind), by=by)
            cells.write(lane=lane, step=step, text=text, version=0, by=by)
        lanes.show(drawn=desk.map, key="owners", is_hidden=True, by=by)
        need, _ = findings.find_or_create(kind="need", name="To know the price", by=by)
        finding_placements.place(step=step, finding=need, by=by)
        persona, _ = registers.find_or_create(Persona, "Hurried", by=world.ada)
        MapLane.objects.filter(kind="emotions").update(persona=persona)
        changing.edit(drawn=desk.map, version=1, personas=[persona], scenario="I hurry", level="micro", by=by)
    return desk


def document_of(pk):
    return documents.document(maps.one().get(pk=pk))


def apart_from_ids(document):
    """The document with stages, steps and lanes numbered as they come, so that two maps compare."""
    text = json.dumps(document)
    for count, uid in enumerate(dict.fromkeys(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", text))):
        text = text.replace(uid, f"id {count}")
    return json.loads(text)


def sent(client, content, name="map.json"):
    return client.post(NEW, {"file": SimpleUploadedFile(name, content)})


def accepted(client, answer, **choices):
    """Look at what comes of the file, and accept it as it is offered but for these choices."""
    page = client.get(answer["Location"]).content.decode()
    shown = dict(re.findall(r'name="(fingerprint|title)" value="([^"]*)"', page))
    for name, options in re.findall(r'<select name="([\w:]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="(\d*)" selected', options)
        shown[name] = chosen[1] if chosen else ""
    shown |= dict.fromkeys(re.findall(r'name="(make:\w+)"', page), "on")
    return client.post(answer["Location"], {**shown, **choices})


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


def ids(document):
    steps = [step for stage in document["stages"] for step in stage["steps"]]
    return {each["uid"] for each in (*document["lanes"], *document["stages"], *steps)}


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
    for choices, kept in (({"make:touchpoints": "", "make:findings": ""}, 0), ({}, 1)):
        answer = sent(client, json.dumps(document).encode())
        page = client.get(answer["Location"]).content.decode()
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


def base():
    stage = {"uid": str(UUID(int=1)), "name": "A", "phase": "P", "steps": []}
    stage["steps"] = [{"uid": str(UUID(int=2)), "name": "B", "touchpoints": [], "cells": {}}]
    lane = {"uid": str(UUID(int=3)), "kind": "notes", "name": "", "position": 1}
    return {"schema": documents.SCHEMA, "title": "T", "lanes": [lane], "stages": [stage]}


def changed(path, value):
    document = base()
    *way, last = path
    at = document
    for key in way:
        at = at[key]
    at[last] = value
    return json.dumps(document).encode()


STEP = ("stages", 0, "steps", 0)
BROKEN_JSON = {
    "no JSON": (b'{"a": 1,\n "b": }', "no JSON from line 2, column 7 on"),
    "not UTF-8": (b'{"title": "\xff"}', "no text in UTF-8"),
    "a key twice": (b'{"a": {"b": 1, "b": 2}}', "$.a: The key “b” stands twice"),
    "no number": (b'{"schema": "cxhub.map/1", "stages": [NaN]}', "$.stages[0]: A number is not finite"),
    "half a character": (b'{"title": "\\ud800"}', "$.title: A text holds half a character"),
    "endless number": (b'{"a": ' + b"9" * 5000 + b"}", "longer than any number"),
    "nothing to draw": (b'{"a": [1, 2]}', "no list of objects"),
    "huge": (b" " * (opening.LARGEST_BYTES + 1), "larger than 10 MB"),
    "newer": (changed(("schema",), "cxhub.map/2"), "schema: A newer CX Hub wrote this map"),
    "no version": (changed(("schema",), "cxhub.map/x"), "schema: This should be “cxhub.map/1”"),
    "no name": (changed((*STEP, "name"), " "), "stages[0].steps[0].name: Type a name"),
    "no list": (changed(("stages",), {}), "stages: This should be a list"),
    "no text": (changed((*STEP, "name"), 4), "stages[0].steps[0].name: This should be a text"),
    "too long": (changed(("title",), "x" * 201), "title: Use at most 200"),
    "no id": (changed((*STEP, "uid"), "1"), "stages[0].steps[0].uid: This should be an id"),
    "an id twice": (changed((*STEP, "uid"), str(UUID(int=1))), "stages[0].steps[0].uid: This id stands twice"),
    "no such lane": (changed((*STEP, "cells"), {"x": "y"}), "stages[0].steps[0].cells.x: This is the id of no lane"),
    "no such state": (changed(("state",), "past"), "state: This should be one of: current, future, research"),
    "nobody validated": (changed((*STEP, "evidence"), "validated"), "steps[0].evidence_source: Say by what"),
}


@pytest.mark.parametrize("case", BROKEN_JSON)
def test_a_broken_document_says_where_and_what_to_do(case):
    content, said = BROKEN_JSON[case]
    assert said in refusal(content)


def book(**news):
    """The workbook of a small map, with other cells: sheet, row and column (from 0) to text."""
    rows = {name: [list(row) for row in sheet] for name, sheet in map_sheets.sheets(filled_base()).items()}
    for place, text in news.get("cells", {}).items():
        sheet, row, at = place
        rows[sheet][row] += [""] * (at + 1 - len(rows[sheet][row]))
        rows[sheet][row][at] = text
    for name in news.get("without", ()):
        del rows[name]
    return workbooks.written(rows)


def filled_base():
    document = {**parts.read(base())[0]}
    document["stages"][0]["steps"][0] |= {
        "cells": {str(UUID(int=3)): "x"},
        "touchpoints": [{"name": "T", "channel": ""}],
    }
    return document


def bomb():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (80 * 1024**2))
    return made.getvalue()


BROKEN_BOOKS = {
    ("Steps", 1, 2, ""): "Sheet “Steps”, row 2, column C: Type a name",
    ("Steps", 1, 1, "Z"): "Sheet “Steps”, row 2, column B: There is no “Z”",
    ("Touchpoints", 1, 0, "Z"): "Sheet “Touchpoints”, row 2, column A: There is no “Z”",
    ("Cells", 0, 1, "Z"): "Sheet “Cells”, row 1, column B: There is no “Z”",
    ("Cells", 1, 1, "x" * 2001): "Sheet “Cells”, row 2, column B: Use at most",
    ("Lanes", 1, 3, "last"): "Sheet “Lanes”, row 2, column D: Write a whole",
    ("Stages", 0, 2, "Part"): "Sheet “Stages”, row 1: The column “Phase” is missing",
    ("Map", 2, 0, "titel"): "title: Type a name",
    ("Map", 2, 1, "x" * 201): "Sheet “Map”, row 3, column B: Use at most",
}


@pytest.mark.parametrize(("place", "said"), BROKEN_BOOKS.items())
def test_a_broken_workbook_names_sheet_row_and_column(place, said):
    *where, text = place
    assert said in refusal(book(cells={tuple(where): text}))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bomb, "far larger than a map"),
        (lambda: book()[:800], "damaged or protected"),
        (lambda: b"[" * 100_000, "deeper than 20 levels"),
    ],
)
def test_a_hostile_file_ends_in_the_child(content, said):
    with pytest.raises(opening.UnreadableFile, match=said):
        opening.opened(content())


def test_a_workbook_without_steps_says_so():
    assert "no sheet “Steps”" in refusal(book(without=["Steps"]))


def test_a_broken_file_changes_nothing(world, sign_in):
    refused = sent(sign_in(world.max), BROKEN_JSON["no name"][0])
    assert (refused.status_code, "stages[0].steps[0].name" in refused.content.decode()) == (422, True)
    with world.inside():
        assert (Map.objects.count(), MapImport.objects.count()) == (0, 0)


def test_a_picture_that_is_not_here_is_left_out_and_said(inside):
    document = base()
    document["lanes"][0]["kind"] = "storyboard"
    document["stages"][0]["steps"][0]["cells"] = {str(UUID(int=3)): f"{'a' * 64}\nA queue"}
    clean, left_out = parts.read(document)
    assert clean["stages"][0]["steps"][0]["cells"] == {}
    assert left_out == ["pictures that are not kept in this workspace"]


def test_a_row_added_by_hand_needs_no_id():
    found = opening.opened(book(cells={("Steps", 1, 0): "", ("Stages", 1, 0): ""}), asked=here).document
    assert [step["name"] for step in found["stages"][0]["steps"]] == ["B"]
    assert UUID(found["stages"][0]["uid"]) != UUID(found["stages"][0]["steps"][0]["uid"])


def test_every_part_of_a_document_has_a_reader(filled, world):
    """A new part of the document fails here until it is read back, or said to be left out."""
    with world.inside():
        step = filled.first_step("Buy")
        evidence.state(step=step, evidence="reasoned", source="Ten interviews", by=world.max)
        _document, left_out = parts.read(copy.deepcopy(documents.portable(maps.one().get(pk=filled.map.pk))))
    assert left_out == []


def test_addresses_leave_in_files_of_those_who_see_them(filled, world, sign_in):
    for end in ("json", "xlsx"):
        path = f"/w/acme/maps/{filled.map.pk}.{end}"
        shown = {who: sign_in(who).get(path).content for who in (world.ada, world.max, world.vi)}
        told = {who: text_of(content) if end == "xlsx" else content.decode() for who, content in shown.items()}
        assert [world.max.user.email in text for text in told.values()] == [True, False, False], end


def text_of(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as held:
        return "".join(held.read(name).decode() for name in held.namelist() if name.endswith(".xml"))

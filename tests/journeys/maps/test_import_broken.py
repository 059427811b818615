"""A broken or hostile file says where and what to do, and changes nothing."""

import io
import json
import zipfile
from uuid import UUID

import pytest

from cxhub.lib import workbooks
from journeys.exports import map_sheets
from journeys.models import Map, MapImport
from journeys.pipelines.map_import import opening, parts
from tests.journeys.maps.map_files import base, here, refusal, sent


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
    "huge": (b" " * (opening.LARGEST_BYTES + 1), "larger than 40 MB"),
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
    document = {**parts.read(base()).document}
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


def test_a_row_added_by_hand_needs_no_id():
    found = opening.opened(book(cells={("Steps", 1, 0): "", ("Stages", 1, 0): ""}), asked=here).document
    assert [step["name"] for step in found["stages"][0]["steps"]] == ["B"]
    assert UUID(found["stages"][0]["uid"]) != UUID(found["stages"][0]["steps"][0]["uid"])

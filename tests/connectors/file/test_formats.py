"""The same table says the same, however it is written: CSV, TSV, workbook or JSON lines, plain or packed."""

import gzip
import json
from datetime import date, datetime

import pytest

from connectors.base import Answer, Place, Rejected, SetupProblem
from connectors.registry import connector
from connectors.systems.file import workbooks
from connectors.systems.file.looking import Head
from connectors.systems.file.sniff import sniff
from tests.connectors.desk import ANSWERS, BERLIN, HEADER, VALUES, bring, csv_of, daily_counts, read
from tests.connectors.file.books import book, packed, sheet_of, with_parts

ROWS = [("Desk", "2026-05-11", 4), ("Gate é", "2026-05-12", None), ("Desk", "2026-05-12", 9)]
TYPED = [
    ("Desk", date(2026, 5, 11), 4),
    ("Gate é", datetime(2026, 5, 12, 23, 30), None),  # noqa: DTZ001
    ("Desk", date(2026, 5, 12), 9),
]
LINES = "".join(json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False) + "\n" for row in ROWS).encode()
WRITTEN = {
    "csv": csv_of(*ROWS),
    "tsv": csv_of(*ROWS, delimiter="\t"),
    "xlsx": book({"Answers": [HEADER, *TYPED]}),
    "jsonl": LINES,
}
EXPECTED = [
    Answer(Place("Desk"), date(2026, 5, 11), 4),
    Answer(Place("Gate é"), date(2026, 5, 12), None, None, True, True),
]


def guess(data):
    return sniff(Head([data]))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("format", WRITTEN)
def test_every_format_is_guessed_and_gives_the_same_records(format, pack):
    data = pack(WRITTEN[format])
    mapping, _found = guess(data)
    records = read(data, mapping.changed(measures=("csat_mean",), scale_low=1, scale_high=5))
    assert records[:2] == EXPECTED
    assert records[2] == Rejected(4 - (format == "jsonl"), "The score lies outside 1 to 5", "9")


@pytest.mark.parametrize("format", WRITTEN)
def test_every_format_goes_through_the_child_and_the_worker(world, format):
    mapping, _found = guess(WRITTEN[format])
    run = bring(world, WRITTEN[format], mapping.changed(measures=("csat_mean",), scale_low=1, scale_high=5))
    assert (run.state, run.rows_read, run.rows_rejected) == ("done", 3, 1)
    assert daily_counts(world)["Desk", "2026-05-11"] == {"4": 1}


def test_a_workbook_is_read_at_the_sheet_that_is_chosen():
    data = book(
        {"Cover": [], "Old": [HEADER, ("Desk", date(2025, 1, 1), 1)], "New": [HEADER, TYPED[0]]}, hidden=["Old"]
    )
    mapping, found = guess(data)
    assert (mapping.sheet, found.sheets) == ("New", ["Cover", "New"])
    assert read(data, ANSWERS.changed(format="xlsx", sheet="New")) == EXPECTED[:1]
    with pytest.raises(SetupProblem, match="no sheet “Old”"):
        read(data, ANSWERS.changed(format="xlsx", sheet="Old"))


def test_rows_of_a_workbook_have_the_numbers_that_a_person_sees():
    data = book({"A": [[], HEADER, [], ("Desk", date(2026, 5, 11), 4.5)]})
    [rejected] = read(data, ANSWERS.changed(format="xlsx"))
    assert rejected == Rejected(4, "The score is not a whole number", "4.5")


def test_typed_numbers_mean_the_same_with_a_decimal_comma():
    data = book({"A": [("touchpoint", "month", "value"), ("Desk", date(2026, 5, 1), 1234.5)]})
    [ready] = read(data, VALUES.changed(format="xlsx", decimal_comma=True, date_format="dmy"))
    assert (ready.value, ready.day) == (1234.5, date(2026, 5, 1))


def test_nested_objects_are_named_by_their_path():
    line = {"touchpoint": {"name": "Desk"}, "at": "2026-05-11", "answer": {"score": 4, "tags": ["a"]}, "note": None}
    mapping, found = guess(json.dumps(line).encode())
    assert list(found.table.header) == ["touchpoint.name", "at", "answer.score", "answer.tags", "note"]
    assert found.table.rows[0].cells == ["Desk", "2026-05-11", "4", '["a"]', ""]
    assert (mapping.touchpoint_column, mapping.score_column) == ("touchpoint.name", "answer.score")


@pytest.mark.parametrize("line", [b"[1]", b'{"touchpoint": "De', b'{"a":' * 3000, b'{"a":' * 40 + b"1" + b"}" * 40])
def test_a_line_that_is_no_object_is_rejected_alone(line):
    records = read(LINES + line + b"\n" + LINES, ANSWERS.changed(format="jsonl"))
    assert records[3] == Rejected(4, "The line is not a JSON object")
    assert records[4] == EXPECTED[0]


def test_half_characters_of_json_become_text():
    line = rb'{"touchpoint": "Desk \ud83d", "date": "2026-05-11", "score": 4}'
    [answer] = read(line, ANSWERS.changed(format="jsonl"))
    assert answer.place.touchpoint == "Desk ?"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04 cut off", "damaged or protected"),
        (packed({"word/document.xml": "<a/>"}), "no workbook"),
        (packed({"xl/workbook.xml": "<a/>"}), "damaged or protected"),
        (book({"A": []}), "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old workbook"),
    ],
)
def test_what_is_no_workbook_is_explained(data, says):
    with pytest.raises(SetupProblem, match=says):
        guess(data)


def test_a_workbook_that_unpacks_too_far_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 10_000)
    with pytest.raises(SetupProblem, match="too large"):
        read(book({"A": [HEADER, *TYPED * 500]}), ANSWERS.changed(format="xlsx"))


def test_a_cell_at_the_far_corner_ends_in_a_sentence():
    """Rows between are made by the parser, so the sheet would fill any memory: only the child's limit stops it."""
    sheet = sheet_of([HEADER, TYPED[0]]).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    data = with_parts(book({"A": [HEADER]}), {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(SetupProblem, match="Save it as CSV|more than 2000 columns"):
        list(connector("file").records(ANSWERS.changed(format="xlsx").to_json(), [data], BERLIN))

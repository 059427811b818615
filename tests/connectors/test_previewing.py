"""What the page shows of a file before it is read: its beginning, a guess, and what is wrong with it."""

import gzip

import pytest

from connectors.base import SetupProblem
from connectors.queries.previews import preview
from tests.connectors.desk import ANSWERS, csv_of, keep

FILE = csv_of(("Desk", "2026-05-11", 4), ("Desk", "2026-05-11", ""), ("", "2026-05-12", 5), ("Gate", "2026-05-12", 9))


def look(world, data, mapping=None, **how):
    file = keep(world, data)
    with world.inside():
        return preview(file, mapping, **how)


def test_without_a_mapping_everything_is_guessed(world):
    found = look(world, csv_of(("Desk", "2026-05-11", 4), ("Gate", "2026-05-12", 5)))
    assert found.is_guess
    assert (found.header, found.problems) == (["touchpoint", "date", "score"], [])
    assert found.mapping.score_column == "score"
    assert [(column.name, column.kind, column.samples) for column in found.columns] == [
        ("touchpoint", "text", ["Desk", "Gate"]),
        ("date", "date", ["2026-05-11", "2026-05-12"]),
        ("score", "number", ["4", "5"]),
    ]


def test_with_a_mapping_each_row_shows_what_becomes_of_it(world):
    found = look(world, FILE, ANSWERS)
    assert [(row.number, row.verdict, row.reason) for row in found.rows] == [
        (2, "used", ""),
        (3, "unanswered", ""),
        (4, "rejected", "No touchpoint"),
        (5, "rejected", "The score lies outside 1 to 5"),
    ]


def test_a_mapping_with_problems_shows_them_and_judges_no_row(world):
    found = look(world, FILE, ANSWERS.changed(score_column=""))
    assert [problem.field for problem in found.problems] == ["score_column"]
    assert {row.verdict for row in found.rows} == {""}


def test_only_the_first_rows_are_shown(world):
    found = look(world, csv_of(*[("Desk", "2026-05-11", 4)] * 90), ANSWERS, rows=20)
    assert len(found.rows) == 20


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_large_file_is_read_at_its_beginning_only(world, pack):
    rows = [(f"Desk {n}", "2026-05-11", n % 5 + 1) for n in range(60_000)]
    found = look(world, pack(csv_of(*rows)))
    assert len(found.rows) == 20
    assert found.problems == []


def test_dates_that_can_be_read_two_ways_are_pointed_out(world):
    found = look(world, csv_of(("Desk", "01/02/2026", 4), ("Desk", "03/04/2026", 5)))
    assert [doubt.field for doubt in found.doubts] == ["date_format"]
    assert look(world, csv_of(("Desk", "13/02/2026", 4))).doubts == []


def test_what_is_no_table_is_explained(world):
    with pytest.raises(SetupProblem, match="Save the table as CSV"):
        look(world, b"PK\x03\x04 workbook")
    with pytest.raises(SetupProblem, match="another encoding"):
        look(world, "Café,4".encode("latin-1"), ANSWERS)

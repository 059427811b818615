"""Bytes become numbered rows, whatever program wrote them and however they arrive."""

import csv
import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.base import SetupProblem
from connectors.systems.file import reader
from tests.connectors.desk import in_pieces

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TABLES = st.lists(st.lists(TEXT, min_size=2, max_size=4), min_size=1, max_size=12)


def rows(data, encoding="utf-8", delimiter=","):
    return [tuple(row) for row in reader.rows([data], encoding=encoding, delimiter=delimiter)]


@pytest.mark.parametrize(
    ("data", "encoding", "delimiter"),
    [
        (b"a,b\n1,2\n", "utf-8", ","),
        (b"a,b\r\n1,2\r\n", "utf-8", ","),
        (b"a,b\r1,2", "utf-8", ","),
        (b"\xef\xbb\xbfa,b\n1,2", "utf-8", ","),
        (b"a;b\n1;2", "utf-8", ";"),
        (b"a\tb\n1\t2", "cp1252", "\t"),
        ("a|b\n1|2".encode("utf-16"), "utf-16", "|"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0), "utf-8", ","),
    ],
)
def test_every_usual_way_to_write_a_table_gives_the_same_rows(data, encoding, delimiter):
    assert rows(data, encoding, delimiter) == [(1, ["a", "b"]), (2, ["1", "2"])]


@pytest.mark.parametrize(
    ("data", "encoding"), [("Café".encode("latin-1"), "latin-1"), ("“Café”".encode("cp1252"), "cp1252")]
)
def test_older_encodings_keep_their_letters(data, encoding):
    assert "Café" in rows(data, encoding)[0][1][0]


def test_numbers_are_those_of_a_spreadsheet_across_quoted_line_breaks_and_empty_rows():
    data = b'name,score\r\n"two\r\nlines",4\r\n\r\n,\r\nlast,5\r\n'
    assert rows(data) == [(1, ["name", "score"]), (2, ["two\r\nlines", "4"]), (5, ["last", "5"])]


def test_names_of_any_script_survive():
    name = "🙂 " + "ש" * 100 + " ﷺ " + "x" * 200
    assert rows(f"{name},1".encode()) == [(1, [name, "1"])]


def test_an_empty_file_has_no_rows():
    assert rows(b"") == rows(gzip.compress(b"")) == []


@pytest.mark.parametrize(
    ("data", "encoding", "says"),
    [
        (b"caf\xe9,1\n", "utf-8", "not utf-8"),
        (b"a,b\n", "utf-16", "not utf-16"),
        (b'a,"' + b"x" * 200_000, "utf-8", "Row 1"),
        (b"a," * 600_000, "utf-8", "longer than any"),
        (b'"a\n",' * 900_000, "utf-8", "longer than any"),
    ],
)
def test_what_cannot_be_read_is_explained(data, encoding, says):
    with pytest.raises(SetupProblem, match=says):
        rows(data, encoding)


def test_columns_without_a_name_or_with_the_same_name_can_be_told_apart():
    assert reader.unique_names(["score", " ", "score", "score (2)"]) == [
        "score",
        "Column 2",
        "score (2)",
        "score (2) (2)",
    ]


@given(TABLES, st.integers(1, 40), st.booleans())
def test_any_chunking_and_packing_gives_the_same_rows(table, size, is_packed):
    text = io.StringIO()
    csv.writer(text).writerows(table)
    data = text.getvalue().encode()
    expected = [(n, cells) for n, cells in enumerate(table, start=1) if any(cells)]
    sent = gzip.compress(data) if is_packed else data
    found = reader.rows(in_pieces(sent, size), encoding="utf-8", delimiter=",")
    assert [tuple(row) for row in found] == expected


@given(st.binary(max_size=300), st.sampled_from(["utf-8", "cp1252", "latin-1", "utf-16"]), st.sampled_from(",;\t|"))
def test_no_bytes_crash_it(data, encoding, delimiter):
    try:
        rows(data, encoding, delimiter)
    except SetupProblem as problem:
        assert problem.sentence  # noqa: PT017  either rows or a sentence

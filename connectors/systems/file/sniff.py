"""Guesses how to read a file from its beginning. A person confirms every guess."""

from collections import Counter
from datetime import date

from connectors.base import SetupProblem
from connectors.systems.file.dates import Dates
from connectors.systems.file.guess import guess
from connectors.systems.file.json_lines import looks_like
from connectors.systems.file.looking import Head, Look, look
from connectors.systems.file.mapping import DELIMITERS, Mapping
from connectors.systems.file.numbers import number
from connectors.systems.file.sample import Sample, Table, table
from connectors.systems.file.workbooks import first_with_rows

ROWS_COMPARED = 50
BYTES_COMPARED = 64 * 1024


def sniff(head: Head) -> tuple[Mapping, Look]:
    """Return the mapping that the beginning suggests, and the beginning as it reads it. Raises SetupProblem."""
    written = _written(head)
    found = look(head, written)
    if written.format != "jsonl" and any(_is_data(name) for name in found.table.header):
        written = written.changed(has_header=False)
        found = look(head, written)
    written = written.changed(decimal_comma=_writes_commas(found.table, written))
    found = look(head, written) if written.decimal_comma else found
    mapping = guess(found.columns, written)
    return mapping.changed(blank_year_is_not_asked=_has_blank_year(mapping, found.table)), found


def _written(head: Head) -> Mapping:
    """Return how the file is written: its format, encoding and delimiter."""
    if head.is_workbook:
        return Mapping(format="xlsx", sheet=first_with_rows(head.workbook))
    encoding = encoding_of(head.sample)
    if looks_like(head.sample.text(encoding)):
        return Mapping(format="jsonl", encoding=encoding)
    return Mapping(encoding=encoding, delimiter=delimiter_of(head.sample, encoding))


def encoding_of(sample: Sample) -> str:
    """Return the encoding by its mark, else UTF-8 when it fits, else what Windows writes."""
    if sample.data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    for encoding in ("utf-8", "cp1252"):
        try:
            sample.text(encoding)
        except SetupProblem:
            continue
        return encoding
    return "latin-1"


def delimiter_of(sample: Sample, encoding: str) -> str:
    """Return the delimiter that cuts the most rows into the same number of cells; a comma when none does."""
    short = Sample(sample.data[:BYTES_COMPARED], sample.is_cut or len(sample.data) > BYTES_COMPARED)
    return max(DELIMITERS, key=lambda delimiter: _evenness(short, encoding, delimiter))


def _evenness(sample: Sample, encoding: str, delimiter: str) -> float:
    try:
        read = table(sample, encoding=encoding, delimiter=delimiter, has_header=False)
    except SetupProblem:
        return 0.0
    widths = Counter(len(row.cells) for row in read.rows[:ROWS_COMPARED])
    if not widths:
        return 0.0
    width, rows = widths.most_common(1)[0]
    return (width > 1) * (rows / widths.total() + min(width, 50) / 1000)


def _is_data(name: str) -> bool:
    return number(name) is not None or isinstance(Dates("iso").day(name), date)


def _writes_commas(read: Table, written: Mapping) -> bool:
    """Say whether numbers have a decimal comma; with a comma between the cells they rarely can."""
    if written.format != "csv" or written.delimiter == ",":
        return False
    texts = [cell for row in read.rows[:ROWS_COMPARED] for cell in row.cells if "," in cell]
    with_comma = sum(number(text, decimal_comma=True) is not None for text in texts)
    with_point = sum(number(text) is not None for text in texts)
    return with_comma > with_point


def _has_blank_year(mapping: Mapping, read: Table) -> bool:
    """Say whether a year of the sample has no score at all while another has."""
    if not (mapping.score_column and mapping.date_column):
        return False
    dates = Dates(mapping.date_format)
    days = read.column(read.header.index(mapping.date_column))
    scores = read.column(read.header.index(mapping.score_column))
    years: dict[int, bool] = {}
    for text, score in zip(days, scores, strict=True):
        day = dates.day(text)
        if isinstance(day, date):
            years[day.year] = years.get(day.year, False) or bool(score)
    return any(years.values()) and not all(years.values())

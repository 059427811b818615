"""Guesses how to read a file from its beginning. A person confirms every guess."""

from collections import Counter
from datetime import date

from connectors.base import SetupProblem
from connectors.systems.file.columns import Column, columns_of
from connectors.systems.file.dates import Dates
from connectors.systems.file.guess import guess
from connectors.systems.file.mapping import DELIMITERS, Mapping
from connectors.systems.file.numbers import number
from connectors.systems.file.sample import Sample, Table, table

ROWS_COMPARED = 50
BYTES_COMPARED = 64 * 1024


def sniff(sample: Sample) -> tuple[Mapping, Table, list[Column]]:
    """Return the mapping that the sample suggests, and the sample as that mapping reads it. Raises SetupProblem."""
    encoding = encoding_of(sample)
    delimiter = delimiter_of(sample, encoding)
    with_header = table(sample, encoding=encoding, delimiter=delimiter, has_header=True)
    has_header = not any(_is_data(name) for name in with_header.header)
    read = with_header if has_header else table(sample, encoding=encoding, delimiter=delimiter, has_header=False)
    decimal_comma = _writes_commas(read, delimiter)
    columns = columns_of(read, decimal_comma=decimal_comma)
    base = Mapping(encoding=encoding, delimiter=delimiter, has_header=has_header, decimal_comma=decimal_comma)
    mapping = guess(columns, base)
    return mapping.changed(blank_year_is_not_asked=_has_blank_year(mapping, read)), read, columns


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


def _writes_commas(read: Table, delimiter: str) -> bool:
    """Say whether numbers have a decimal comma; with a comma between the cells they rarely can."""
    if delimiter == ",":
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

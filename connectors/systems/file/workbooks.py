"""Workbooks (XLSX): rows of texts, as a CSV of the same sheet would have them. Runs in the child (bounded.py)."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from connectors.base import SetupProblem
from connectors.systems.file.reader import MOST_COLUMNS, Row
from connectors.systems.file.unpack import unpacked

MOST_PACKED = 128 * 1024**2
MOST_UNPACKED = 256 * 1024**2
MOST_FILES = 5000
"""What a workbook may say it unpacks to; if it lies, the child's own limits stop it."""

MOST_CELLS = 20_000_000


def opened(content: Iterable[bytes]) -> CalamineWorkbook:
    """Open a workbook. Raises SetupProblem."""
    data = io.BytesIO()
    for piece in unpacked(content, is_text=False):
        data.write(piece)
        if data.tell() > MOST_PACKED:
            raise SetupProblem(_too_big())
    _refuse_what_is_no_workbook(data)
    data.seek(0)
    try:
        return CalamineWorkbook.from_object(data)
    except CalamineError:
        raise SetupProblem(_damaged()) from None


def sheets(workbook: CalamineWorkbook) -> list[str]:
    """Return the names of the sheets that a person sees when opening the workbook."""
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def rows(workbook: CalamineWorkbook, sheet: str, *, decimal_comma: bool) -> Iterator[Row]:
    """Yield each row of a sheet (the first for "") that has anything in it, by its number. Raises SetupProblem."""
    visible = sheets(workbook)
    name = sheet or next(iter(visible), "")
    if name not in visible:
        raise SetupProblem(_("The workbook has no sheet “%(sheet)s”. Choose another.") % {"sheet": name[:60]})
    try:
        found = workbook.get_sheet_by_name(name)
    except CalamineError:
        raise SetupProblem(_damaged()) from None
    if found.total_width > MOST_COLUMNS:
        raise SetupProblem(_("The file has more than %(most)d columns.") % {"most": MOST_COLUMNS})
    if found.total_height * found.total_width > MOST_CELLS:
        raise SetupProblem(_too_big())
    mark = "," if decimal_comma else "."
    for number, cells in enumerate(found.iter_rows(), start=1):
        texts = [text_of(cell, mark) for cell in cells]
        if any(texts):
            yield Row(number, texts)


def first_with_rows(workbook: CalamineWorkbook) -> str:
    """Return the first sheet that is not empty: the one in front is often a cover. "" when all are."""
    return next((name for name in sheets(workbook) if next(rows(workbook, name, decimal_comma=False), None)), "")


def text_of(value: Any, mark: str) -> str:
    """Return a typed cell as text: 4.0 is 4, dates are written 2026-05-31, midnight is not a time of day."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return number_text(value, mark)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else _span(value)


def number_text(value: float, mark: str) -> str:
    """Return a number as a person writes it, with this decimal mark and no exponent where it is of usual size."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value).replace(".", mark)


def _span(value: Any) -> str:
    """Return a length of time in minutes: durations are measured in these."""
    return number_text(value.total_seconds() / 60, ".") if isinstance(value, timedelta) else str(value)


def _refuse_what_is_no_workbook(data: io.BytesIO) -> None:
    try:
        with zipfile.ZipFile(data) as archive:
            files = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise SetupProblem(_damaged()) from None
    if "xl/workbook.xml" not in {file.filename for file in files}:
        raise SetupProblem(_("This archive is no workbook. Save the table as CSV (UTF-8) or XLSX."))
    if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
        raise SetupProblem(_too_big())


def _damaged() -> str:
    return _("This workbook cannot be opened: it is damaged or protected. Save the table as CSV (UTF-8).")


def _too_big() -> str:
    return _("This workbook is too large to read. Save the table as CSV (UTF-8).")

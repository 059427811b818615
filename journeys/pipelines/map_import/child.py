"""The child process that reads a file of a map (cxhub.lib.bounded): JSON into values, a workbook into rows of texts.

Knows no model and no database.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from cxhub.lib import plain_json
from cxhub.lib.bounded.serving import Task, serve

MOST_DEPTH = 20
MOST_UNPACKED = 64 * 1024**2
MOST_FILES = 500
MOST_SHEETS = 30
MOST_ROWS = 20_000
MOST_COLUMNS = 200


class BadFile(Exception):
    """The file is none that can be read; its argument is the sentence."""


def _json(_task: Task, content: Iterator[bytes]) -> Iterator[Any]:
    try:
        text = b"".join(content).decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=plain_json.pairs)
        plain_json.check(found, most_depth=MOST_DEPTH)
    except UnicodeDecodeError:
        raise BadFile(_("This is no text in UTF-8. Save it as JSON in UTF-8.")) from None
    except json.JSONDecodeError as wrong:
        place = {"line": wrong.lineno, "column": wrong.colno}
        raise BadFile(
            _("This is no JSON from line %(line)d, column %(column)d on. Correct it there.") % place
        ) from None
    except plain_json.NotKept as wrong:
        raise BadFile(f"{plain_json.told(wrong.path)}: {wrong.sentence}") from None
    except RecursionError:
        raise BadFile(_("It is deeper than %(most)d levels.") % {"most": MOST_DEPTH}) from None
    except ValueError:  # a number of thousands of digits
        raise BadFile(_("A number in it is longer than any number of a map. Correct it.")) from None
    yield {"document": found}


def _sheets(_task: Task, content: Iterator[bytes]) -> Iterator[Any]:
    book = _opened(b"".join(content))
    if len(book.sheet_names) > MOST_SHEETS:
        raise BadFile(_("The workbook has more than %(most)d sheets. Keep those of the map.") % {"most": MOST_SHEETS})
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except CalamineError:
            continue  # a sheet of a chart has no rows
        if sheet.total_width > MOST_COLUMNS or sheet.total_height > MOST_ROWS:
            words = _("The sheet “%(sheet)s” has more than %(rows)d rows or %(columns)d columns. Keep what is filled.")
            raise BadFile(words % {"sheet": name[:60], "rows": MOST_ROWS, "columns": MOST_COLUMNS})
        yield {"sheet": name, "rows": [[_cell(cell) for cell in row] for row in sheet.iter_rows()]}


def _opened(data: bytes) -> CalamineWorkbook:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
        if "xl/workbook.xml" not in {file.filename for file in files}:
            raise BadFile(_("This archive is no workbook. Save the map as XLSX."))
        if len(files) > MOST_FILES or sum(file.file_size for file in files) > MOST_UNPACKED:
            raise BadFile(_("This workbook is far larger than a map. Keep the sheets of the map alone."))
        return CalamineWorkbook.from_object(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, CalamineError):
        raise BadFile(_("This workbook cannot be opened: it is damaged or protected. Save it anew as XLSX.")) from None


def _cell(value: Any) -> str:
    """Return a cell as text: a spreadsheet program makes numbers and dates of what people type."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


TASKS = {"json": _json, "sheets": _sheets}

if __name__ == "__main__":
    serve(TASKS, refusal=BadFile)

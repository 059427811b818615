"""Writes a workbook (XLSX) of plain texts: nothing in it is ever computed. The same rows give the same bytes."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

Sheets = Mapping[str, Sequence[Sequence[str]]]
"""Rows of texts by the name of their sheet; the first row of each is its head."""

_NO_XML = re.compile("[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")  # spelt _x000B_, which spreadsheet programs read
_NO_CHARACTER = re.compile("[\ufffe\uffff]")  # cannot be spelt at all
_OPEN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# Text (format 49) with the mark of a typed apostrophe: a cell that begins with = + - @ stays text when it is edited.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="49" quotePrefix="1" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" quotePrefix="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>'
)


def written(sheets: Sheets) -> bytes:
    """Return the workbook of these sheets, in order."""
    numbers = range(1, len(sheets) + 1)
    files = {"[Content_Types].xml": _types(numbers), "_rels/.rels": _links({1: ("officeDocument", "xl/workbook.xml")})}
    names = "".join(f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    files["xl/workbook.xml"] = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>'
    parts = {n: ("worksheet", f"worksheets/sheet{n}.xml") for n in numbers}
    files["xl/_rels/workbook.xml.rels"] = _links({**parts, len(sheets) + 1: ("styles", "styles.xml")})
    files["xl/styles.xml"] = _STYLES
    for n, rows in enumerate(sheets.values(), 1):
        files[f"xl/worksheets/sheet{n}.xml"] = _sheet(rows)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), (_OPEN + text).encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def column(number: int) -> str:
    """Return the letters of a column, counted from 0: A, B, ... Z, AA."""
    letters = ""
    number += 1
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _sheet(rows: Sequence[Sequence[str]]) -> str:
    widest = max((len(row) for row in rows), default=1)
    view = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView>'
    body = "".join(_row(number, cells) for number, cells in enumerate(rows, 1))
    columns = f'<cols><col min="1" max="{max(widest, 1)}" width="24" style="1" customWidth="1"/></cols>'
    head = f'<worksheet xmlns="{_MAIN}">{view}</sheetViews>{columns}'
    return f"{head}<sheetData>{body}</sheetData></worksheet>"


def _row(number: int, cells: Sequence[str]) -> str:
    style = 2 if number == 1 else 1
    told = "".join(
        f'<c r="{column(at)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(text)}</t></is></c>'
        for at, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{told}</row>'


def _text(text: str) -> str:
    spelt = _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escape(_NO_CHARACTER.sub("\ufffd", spelt))


def _links(parts: Mapping[int, tuple[str, str]]) -> str:
    told = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{path}"/>' for n, (kind, path) in parts.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _types(numbers: Sequence[int]) -> str:
    parts = {"workbook.xml": "sheet.main", "styles.xml": "styles"}
    parts |= {f"worksheets/sheet{n}.xml": "worksheet" for n in numbers}
    told = "".join(
        f'<Override PartName="/xl/{path}" ContentType="{_TYPE}.{kind}+xml"/>' for path, kind in parts.items()
    )
    usual = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{usual}{told}</Types>'

"""Writes small workbooks (XLSX) as spreadsheet programs do, without one."""

import io
import zipfile
from datetime import date, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f"""<styleSheet xmlns="{MAIN}"><cellXfs>
<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>"""
LINK = f"""<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument"
Target="xl/workbook.xml"/></Relationships>"""
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  what a serial number of a spreadsheet counts from


def book(sheets, *, hidden=()):
    """Return a workbook: {"name of the sheet": [[cell, ...], ...]}; None is an empty cell."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", LINK)
        archive.writestr("xl/styles.xml", STYLES)
        archive.writestr("xl/workbook.xml", _workbook(sheets, hidden))
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(len(sheets)))
        for number, rows in enumerate(sheets.values(), start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", sheet_of(rows))
    return data.getvalue()


def sheet_of(rows):
    lines = (
        f'<row r="{n}">{"".join(_cell(value, _name(c, n)) for c, value in enumerate(row))}</row>'
        for n, row in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def with_parts(data, parts):
    """Return the workbook with some of its files replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    return packed({**held, **parts})


def packed(parts):
    """Return an archive of these files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def _cell(value, name):
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{name}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{name}"><v>{value}</v></c>'
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001
        style = 2 if isinstance(value, datetime) else 1
        return f'<c r="{name}" s="{style}"><v>{(moment - EPOCH) / timedelta(days=1)}</v></c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def _name(column, row):
    return f"{chr(ord('A') + column)}{row}"


def _workbook(sheets, hidden):
    state = {True: 'state="hidden"', False: ""}
    lines = (
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}" {state[name in hidden]}/>'
        for n, name in enumerate(sheets, start=1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{"".join(lines)}</sheets></workbook>'


def _relations(count):
    lines = (
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'

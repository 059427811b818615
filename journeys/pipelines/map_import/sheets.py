"""Makes a map's document of the sheets of a workbook, and remembers where each part stood. Checks no value."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from cxhub.lib.workbooks import column
from journeys.exports.map_sheets import (
    CELLS,
    FINDINGS,
    HEADS,
    LANES,
    LISTS,
    MAP,
    PATHS,
    PICTURES,
    PLAIN,
    STAGES,
    STEPS,
    TOUCHPOINTS,
    same,
)
from journeys.pipelines.map_import.parts import BadPart, Path
from journeys.queries.documents import SCHEMA

Rows = Sequence[Sequence[str]]
NEEDED = (MAP, STAGES, STEPS)
YES = {"yes", "true", "1", "x"}


@dataclass
class Placed:
    """A document, and the sheet, row and column of each of its parts by path."""

    document: dict[str, Any]
    places: dict[Path, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def place(self, path: Path) -> str:
        """Return where a part stood, or what it stands in."""
        return next((self.places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.places), "")


@dataclass(frozen=True)
class _Row:
    sheet: str
    number: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(same(name), "")

    def at(self, name: str) -> str:
        return where(self.sheet, self.number, self.columns.get(same(name)))

    def refuse(self, name: str, sentence: str) -> BadPart:
        return BadPart((), sentence, place=self.at(name))


def where(sheet: str, row: int, number: int | None = None) -> str:
    """Say where something stands in a workbook."""
    told = {"sheet": sheet[:60], "row": row, "column": "" if number is None else column(number)}
    return (
        _("Sheet “%(sheet)s”, row %(row)d")
        if number is None
        else _("Sheet “%(sheet)s”, row %(row)d, column %(column)s")
    ) % told


def read(sheets: Mapping[str, Rows]) -> Placed:
    """Make the document of a workbook. Raises BadPart."""
    known = {same(name): name for name in HEADS}
    found = {known[same(name)]: rows for name, rows in sheets.items() if same(name) in known}
    missing = next((name for name in NEEDED if name not in found), None)
    if missing:
        words = _("The workbook has no sheet “%(sheet)s”. Start from “As spreadsheet” below a map.")
        raise BadPart((), words % {"sheet": missing})
    made = Placed({"schema": SCHEMA})
    made.left_out = [_("the sheet “%(sheet)s”") % {"sheet": name[:60]} for name in sheets if same(name) not in known]
    _map(made, found[MAP])
    lanes = _lanes(made, found.get(LANES, ()))
    stages = _stages(made, found[STAGES])
    steps = _steps(made, found[STEPS], stages)
    _cells(made, found.get(CELLS, ()), steps, lanes)
    _placed(made, TOUCHPOINTS, found.get(TOUCHPOINTS, ()), steps)
    _placed(made, FINDINGS, found.get(FINDINGS, ()), steps)
    _paths(made, found.get(PATHS, ()), steps)
    _pictures(made, found.get(PICTURES, ()))
    return made


def _map(made: Placed, rows: Rows) -> None:
    made.document |= {key: [] for key in LISTS.values()}
    seen = set()
    for row in _read(made, MAP, rows):
        key = same(row["Property"]).replace(" ", "_")
        if key in LISTS:
            listed = made.document[LISTS[key]]
            made.places[(LISTS[key], len(listed))] = row.at("Value")
            listed.append(row["Value"])
        elif key in seen:
            raise row.refuse("Property", _("“%(key)s” stands twice. Keep one.") % {"key": key[:60]})
        elif key in PLAIN:
            seen.add(key)
            made.document[key], made.places[(key,)] = row["Value"], row.at("Value")
        else:
            made.left_out.append(f"{row.at('Property')}: {key[:60]}")


def _lanes(made: Placed, rows: Rows) -> "_Called":
    called, listed = _Called(LANES), made.document.setdefault("lanes", [])
    for row in _read(made, LANES, rows):
        path: Path = ("lanes", len(listed))
        position = row["Position"].strip() or str(10 * len(listed))
        if not position.isascii() or not position.isdecimal() or len(position) > 9:
            raise row.refuse("Position", _("Write a whole number: lanes stand in the order of these."))
        flags = {key: same(row[name]) in YES for key, name in (("is_hidden", "Hidden"), ("is_pinned", "Pinned"))}
        persona = {"persona": {"name": row["Persona"]}} if row["Persona"].strip() else {}
        own = {"kind": row["Kind"].strip(), "name": row["Name"], "position": int(position), **flags, **persona}
        listed.append({"uid": called.add(row, row["Name"] or own["kind"]), **own})
        _remember(
            made, path, row, {"uid": "Id", "kind": "Kind", "name": "Name", "position": "Position", "persona": "Persona"}
        )
    return called


def _stages(made: Placed, rows: Rows) -> "_Called":
    called, listed = _Called(STAGES), made.document.setdefault("stages", [])
    for row in _read(made, STAGES, rows):
        path: Path = ("stages", len(listed))
        uid = called.add(row, _named(row))
        own = {"is_overlapping": True} if same(row["Overlapping"]) in YES else {}
        listed.append({"uid": uid, "name": row["Name"], "phase": row["Phase"], **own, "steps": []})
        _remember(made, path, row, {"uid": "Id", "name": "Name", "phase": "Phase"})
    return called


def _steps(made: Placed, rows: Rows, stages: "_Called") -> "_Called":
    called = _Called(STEPS)
    places = {stage["uid"]: at for at, stage in enumerate(made.document["stages"])}
    for row in _read(made, STEPS, rows):
        at = places[stages.find(row, "Stage")]
        listed = made.document["stages"][at]["steps"]
        path: Path = ("stages", at, "steps", len(listed))
        supported = {"evidence": same(row["Evidence"]), "evidence_source": row["Evidence source"]}
        own: dict[str, Any] = {key: text for key, text in supported.items() if text}
        if row["Child map"].strip():
            number = row["Child map id"].strip()
            own["child"] = {"title": row["Child map"]} | ({"id": int(number)} if _is_number(number) else {})
        uid = called.add(row, _named(row))
        called.rows[uid] = ({"uid": uid, "name": row["Name"], **own, "touchpoints": [], "cells": {}}, path)
        listed.append(called.rows[uid][0])
        columns = {"uid": "Id", "name": "Name", "evidence": "Evidence", "evidence_source": "Evidence source"}
        columns["child"] = "Child map"
        _remember(made, path, row, columns)
    return called


def _cells(made: Placed, rows: Rows, steps: "_Called", lanes: "_Called") -> None:
    head = rows[0] if rows else ()
    told = {}
    for number, name in enumerate(head):
        if same(name) not in {"", same(HEADS[CELLS][0])}:
            row = _Row(CELLS, 1, {same(name): name}, {same(name): number})
            told[number] = lanes.find(row, name)
    for row in _read(made, CELLS, rows, known={same(head[number]) for number in told}):
        step, path = steps.rows[steps.find(row, "Step")]
        for number, uid in told.items():
            text = row[head[number]]
            if text.strip():
                if uid in step["cells"]:
                    raise row.refuse("Step", _("This step has a text in this lane already. Keep one."))
                step["cells"][uid] = text
                made.places[(*path, "cells", uid)] = row.at(head[number])


def _placed(made: Placed, sheet: str, rows: Rows, steps: "_Called") -> None:
    key, kind = (("touchpoints", "Channel"), ("findings", "Kind"))[sheet == FINDINGS]
    name = "Finding" if sheet == FINDINGS else "Touchpoint"
    for row in _read(made, sheet, rows):
        step, path = steps.rows[steps.find(row, "Step")]
        listed = step.setdefault(key, [])
        _remember(made, (*path, key, len(listed)), row, {"name": name, same(kind): kind})
        listed.append({"name": row[name], same(kind): row[kind]})


def _paths(made: Placed, rows: Rows, steps: "_Called") -> None:
    for row in _read(made, PATHS, rows):
        listed = made.document.setdefault("paths", [])
        columns = {"source": "From", "target": "To", "kind": "Kind", "label": "Condition"}
        _remember(made, ("paths", len(listed)), row, columns)
        ends = {"source": steps.find(row, "From"), "target": steps.find(row, "To")}
        listed.append({**ends, "kind": same(row["Kind"]), "label": row["Condition"]})


def _pictures(made: Placed, rows: Rows) -> None:
    """The rows of one picture, in their order, are its bytes in Base64."""
    for row in _read(made, PICTURES, rows):
        name = row["Picture"].strip()
        held = made.document.setdefault("pictures", {}).setdefault(name, {"type": row["Type"].strip(), "data": ""})
        held["data"] += "".join(row["Data"].split())
        made.places.setdefault(("pictures", name), row.at("Data"))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def _named(row: _Row) -> str:
    if not row["Name"].strip():
        raise row.refuse("Name", _("Type a name."))
    return row["Name"]


def _remember(made: Placed, path: Path, row: _Row, columns: Mapping[str, str]) -> None:
    made.places[path] = where(row.sheet, row.number)
    made.places |= {(*path, key): row.at(name) for key, name in columns.items()}


def _read(made: Placed, sheet: str, rows: Rows, known: set[str] = frozenset()) -> Iterator[_Row]:  # type: ignore[assignment]
    """Yield the rows that have anything in them, by the names of their columns. Raises BadPart."""
    head = [same(name) for name in rows[0]] if rows else []
    twice = next((at for at, name in enumerate(head) if name and name in head[:at]), None)
    if twice is not None:
        raise BadPart((), _("This column stands twice. Keep one."), place=where(sheet, 1, twice))
    wanted = {same(name) for name in HEADS[sheet]} | known
    missing = next((name for name in HEADS[sheet][:3] if rows and same(name) not in head), None)
    if missing and missing != "Id":
        raise BadPart(
            (), _("The column “%(name)s” is missing. Put it back.") % {"name": missing}, place=where(sheet, 1)
        )
    columns = {name: at for at, name in enumerate(head) if name in wanted}
    for at, name in enumerate(head):
        if name and name not in wanted:
            made.left_out.append(f"{where(sheet, 1, at)}: {name[:60]}")
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            yield _Row(sheet, number, {name: cells[at] for name, at in columns.items() if at < len(cells)}, columns)


class _Called:
    """What the rows of a sheet are called in the others: by id, or by a name that is theirs alone."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.rows: dict[str, Any] = {}
        self._names: dict[str, list[str]] = defaultdict(list)
        self._uids: dict[str, str] = {}

    def add(self, row: _Row, name: str) -> str:
        """Return the id of a row, a new one where it has none."""
        uid = row["Id"].strip() or str(uuid4())
        self._names[same(name)].append(uid)
        self._uids[same(uid)] = uid
        return uid

    def find(self, row: _Row, name: str) -> str:
        """Return the id of what a cell names. Raises BadPart."""
        asked = row[name]
        if same(asked) in self._uids:
            return self._uids[same(asked)]
        found = self._names.get(same(asked), [])
        if len(found) == 1:
            return found[0]
        told = {"name": " ".join(asked.split())[:80], "sheet": self.sheet}
        if found:
            raise row.refuse(name, _("“%(name)s” stands several times in the sheet “%(sheet)s”. Write its id.") % told)
        raise row.refuse(name, _("There is no “%(name)s” in the sheet “%(sheet)s”. Correct it.") % told)

"""A map as the sheets of a workbook, which a person can edit and bring back (pipelines/map_import/sheets.py reads it).

What stands in several sheets is named there as people call it, or by its id where the name alone would not tell.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cxhub.lib import workbooks

MAP, STAGES, STEPS, LANES, CELLS = "Map", "Stages", "Steps", "Lanes", "Cells"
TOUCHPOINTS, FINDINGS, PATHS, PICTURES = "Touchpoints", "Findings", "Paths", "Pictures"
PIECE = 30_000  # characters in a cell; spreadsheet programs keep 32,767
PLAIN = (
    "schema",
    "title",
    "journey",
    "scenario",
    "state",
    "level",
    "dimension",
    "owner",
    "owner_email",
    "sponsor",
    "sponsor_email",
)
"""One row each in the sheet of the map."""
LISTS = {"persona": "personas", "product": "products", "market": "markets"}
"""A row for each of them."""
HEADS = {
    MAP: ("Property", "Value"),
    STAGES: ("Id", "Name", "Phase", "Overlapping"),
    STEPS: ("Id", "Stage", "Name", "Evidence", "Evidence source", "Child map", "Child map id"),
    LANES: ("Id", "Kind", "Name", "Position", "Hidden", "Pinned", "Persona"),
    CELLS: ("Step",),
    TOUCHPOINTS: ("Step", "Touchpoint", "Channel"),
    FINDINGS: ("Step", "Kind", "Finding"),
    PATHS: ("From", "To", "Kind", "Condition"),
    PICTURES: ("Picture", "Type", "Data"),
}
_LIKE_AN_ID = re.compile(r"[0-9a-fA-F]{8}-")


def workbook(document: dict[str, Any]) -> bytes:
    """Return the workbook of a map's document."""
    return workbooks.written(sheets(document))


def sheets(document: dict[str, Any]) -> dict[str, list[Sequence[str]]]:
    """Return the rows of each sheet, its head first."""
    stages, lanes = document["stages"], document["lanes"]
    steps = [step for stage in stages for step in stage["steps"]]
    called = called_by((stage["uid"], stage["name"]) for stage in stages)
    called |= called_by((step["uid"], step["name"]) for step in steps)
    called |= called_by(((lane["uid"], lane["name"] or lane["kind"]) for lane in lanes), taken=HEADS[CELLS])
    written = [lane["uid"] for lane in lanes if any(lane["uid"] in step["cells"] for step in steps)]
    rows: dict[str, list[Sequence[str]]] = {
        MAP: [(key, document[key]) for key in PLAIN if document.get(key)],
        STAGES: [_stage(stage) for stage in stages],
        STEPS: [_step(step, called[stage["uid"]]) for stage in stages for step in stage["steps"]],
        LANES: [_lane(lane) for lane in lanes],
        CELLS: [(called[step["uid"]], *(step["cells"].get(uid, "") for uid in written)) for step in steps],
        TOUCHPOINTS: [(called[s["uid"]], one["name"], one["channel"]) for s in steps for one in s["touchpoints"]],
        FINDINGS: [(called[s["uid"]], one["kind"], one["name"]) for s in steps for one in s.get("findings", ())],
        PATHS: [
            (called[path["source"]], called[path["target"]], path["kind"], path["label"])
            for path in document.get("paths", ())
        ],
        PICTURES: [row for name, held in document.get("pictures", {}).items() for row in _picture(name, held)],
    }
    rows[MAP] += [(word, name) for word, key in LISTS.items() for name in document[key]]
    heads = {**HEADS, CELLS: (*HEADS[CELLS], *(called[uid] for uid in written))}
    return {name: [heads[name], *rows[name]] for name in HEADS if rows[name] or name != PICTURES}


def called_by(named: Iterable[tuple[str, str]], taken: Iterable[str] = ()) -> dict[str, str]:
    """Return what each id is called in the other sheets: its name where that is its alone, else the id."""
    pairs = list(named)
    count = Counter(same(name) for _uid, name in pairs) + Counter(same(name) for name in taken)
    return {uid: uid if count[same(name)] > 1 or _LIKE_AN_ID.match(name) else name for uid, name in pairs}


def same(name: str) -> str:
    """Return a name as it is compared: letter case and outer blanks do not count."""
    return " ".join(name.split()).casefold()


def _stage(stage: dict[str, Any]) -> Sequence[str]:
    return (stage["uid"], stage["name"], stage["phase"], "yes" if stage.get("is_overlapping") else "")


def _step(step: dict[str, Any], stage: str) -> Sequence[str]:
    child = step.get("child", {})
    supported = (step.get("evidence", ""), step.get("evidence_source", ""))
    return (step["uid"], stage, step["name"], *supported, child.get("title", ""), str(child.get("id", "")))


def _picture(name: str, held: dict[str, str]) -> Iterator[Sequence[str]]:
    """The bytes of a picture in Base64, in as many rows as it takes."""
    for at in range(0, len(held["data"]), PIECE):
        yield (name, held["type"], held["data"][at : at + PIECE])


def _lane(lane: dict[str, Any]) -> Sequence[str]:
    flags = ("yes" if lane[name] else "no" for name in ("is_hidden", "is_pinned"))
    return (
        lane["uid"],
        lane["kind"],
        lane["name"],
        str(lane["position"]),
        *flags,
        lane.get("persona", {}).get("name", ""),
    )

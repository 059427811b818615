"""A map as plain lists: what the machine of test_many_editors.py expects of the real one. Knows no database."""

from copy import deepcopy
from dataclasses import dataclass, field

from journeys.registry import LANES, TEXT_LANES

KINDS = {kind.key: kind.position for kind in (*LANES, *TEXT_LANES)}
WRITTEN = [kind.key for kind in TEXT_LANES]
ADDED = {kind.shows: kind.key for kind in LANES if kind.is_added}


@dataclass
class Step:
    uid: str
    name: str
    evidence: tuple = ("", "")
    touchpoints: list = field(default_factory=list)
    findings: list = field(default_factory=list)
    cells: dict = field(default_factory=dict)  # text by the uid of its lane
    child: str = ""


@dataclass
class Stage:
    uid: str
    name: str
    phase: str
    steps: list = field(default_factory=list)
    is_overlapping: bool = False


@dataclass
class Lane:
    """A row that stands on the map. The uid of a derived one is its kind."""

    uid: str
    kind: str
    name: str = ""
    is_hidden: bool = False
    is_pinned: bool = False


@dataclass
class Path:
    source: str
    target: str
    kind: str
    label: str = ""


@dataclass
class Drawn:
    stages: list = field(default_factory=list)
    lanes: list = field(default_factory=lambda: [Lane(k, k) for k in sorted(DERIVED, key=KINDS.get)])
    paths: list = field(default_factory=list)

    @property
    def steps(self):
        return [step for stage in self.stages for step in stage.steps]

    def stage(self, uid):
        return next((stage for stage in self.stages if stage.uid == uid), None)

    def stage_of(self, uid):
        return next((stage for stage in self.stages if any(step.uid == uid for step in stage.steps)), None)

    def step(self, uid):
        return next((step for step in self.steps if step.uid == uid), None)

    def lane(self, uid):
        return next((lane for lane in self.lanes if lane.uid == uid), None)

    @property
    def shown(self):
        """The rows as they stand: pinned ones first."""
        return sorted(self.lanes, key=lambda lane: not lane.is_pinned)

    def copy(self):
        return deepcopy(self)

    def put_lane(self, lane, below=None):
        """Below the one it copies, or the last whose kind stands before its own."""
        before = [each for each in self.lanes if KINDS[each.kind] <= KINDS[lane.kind]]
        above = below or (before[-1] if before else None)
        self.lanes.insert(self.lanes.index(above) + 1 if above else 0, lane)

    def let_stand(self, kind):
        """The lane of a kind of findings stands from the first of them on."""
        if self.lane(ADDED[kind]) is None:
            self.put_lane(Lane(ADDED[kind], ADDED[kind]))

    def drop_paths(self):
        """Those go that lost an end."""
        there = {step.uid for step in self.steps}
        self.paths = [path for path in self.paths if {path.source, path.target} <= there]

    def told(self):
        """What a document says, in the same order: of lanes only those that people write in."""
        places = {step.uid: place for place, step in enumerate(self.steps)}
        return {
            "stages": [
                (s.uid, s.name, s.phase, s.is_overlapping, [_step(each) for each in s.steps]) for s in self.stages
            ],
            "lanes": [(x.uid, x.kind, x.name, x.is_hidden, x.is_pinned) for x in self.lanes if x.kind in WRITTEN],
            "paths": [
                (path.source, path.target, path.kind, path.label)
                for path in sorted(self.paths, key=lambda path: (places[path.source], places[path.target]))
            ],
        }


def _step(step):
    cells = {uid: text for uid, text in step.cells.items() if text}
    return (step.uid, step.name, step.evidence, step.touchpoints, step.findings, cells, step.child)


DERIVED = [kind.key for kind in LANES if not kind.is_added]


def read(document):
    """The same of a real document."""
    return {
        "stages": [
            (s["uid"], s["name"], s["phase"], s.get("is_overlapping", False), [_read(each) for each in s["steps"]])
            for s in document["stages"]
        ],
        "lanes": [
            (x["uid"], x["kind"], x["name"], x["is_hidden"], x["is_pinned"])
            for x in document["lanes"]
            if x["kind"] in WRITTEN
        ],
        "paths": [(p["source"], p["target"], p["kind"], p["label"]) for p in document.get("paths", ())],
    }


def _read(step):
    return (
        step["uid"],
        step["name"],
        (step.get("evidence", ""), step.get("evidence_source", "")),
        [one["name"] for one in step["touchpoints"]],
        [one["name"] for one in step.get("findings", ())],
        step["cells"],
        step.get("child", {}).get("title", ""),
    )

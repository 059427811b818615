"""The oracle: judges what people were answered against what is there in the end. Knows no service of the product."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from load.ledger import FAILED, REFUSED, SAVED, UNHEARD, Edit, Ledger

MOST_FALSE = 0.01


@dataclass
class Evidence:
    """What is there when all is over, and what the audit says of deletions and saves."""

    cells: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Version and text by "cell lane/step"."""
    names: dict[str, str] = field(default_factory=dict)
    """By "step 3", "stage 4", "lane 5"."""
    placed: set[str] = field(default_factory=set)
    """ "finding 3 at 9": what stands at which step."""
    deleted: list[dict[str, object]] = field(default_factory=list)
    """Of each deletion: `thing`, its `names`, the `things` that went, the `cells` (version, text) that went."""
    tokens: dict[str, int] = field(default_factory=dict)
    """How many audit entries each save has."""
    notes: list[str] = field(default_factory=list)
    """Of the versions, in order."""
    disorder: list[str] = field(default_factory=list)
    """Positions that are not dense, stages without steps, versions that are not what their name says."""


@dataclass
class Verdict:
    edits: int = 0
    saved: int = 0
    refused: int = 0
    unheard: int = 0
    lost: list[str] = field(default_factory=list)
    false_conflicts: list[str] = field(default_factory=list)
    not_shown: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    @property
    def share_0_1(self) -> float:
        return len(self.false_conflicts) / max(self.edits, 1)

    @property
    def is_sound(self) -> bool:
        return not (self.lost or self.not_shown or self.trouble) and self.share_0_1 <= MOST_FALSE


def judge(ledger: Ledger, evidence: Evidence) -> Verdict:
    """Say what was lost, refused without a reason, or refused without both texts."""
    found = Verdict(len(ledger.edits))
    for name in (SAVED, REFUSED, UNHEARD):
        setattr(found, name, sum(edit.outcome == name for edit in ledger.edits))
    went = {str(thing) for deletion in evidence.deleted for thing in deletion["things"]}  # type: ignore[attr-defined]
    edits = [_with_all_that_went(edit, evidence) for edit in ledger.edits]
    found.lost = [
        *_lost_texts(edits, evidence),
        *_lost_names(edits, evidence),
        *_lost_cards(edits, evidence, went),
    ]
    found.lost += [f"{e.thing} by {e.who}: published, and no version" for e in _saved(edits, "publish", evidence.notes)]
    found.false_conflicts = list(_false_conflicts(edits))
    found.not_shown = list(_not_shown(edits))
    failed = [f"{edit.kind} {edit.thing}: {edit.status}" for edit in edits if edit.outcome == FAILED]
    found.trouble = [*ledger.trouble, *failed, *evidence.disorder]
    return found


def _saved(edits: Iterable[Edit], kind: str, there: Iterable[str]) -> list[Edit]:
    known = set(there)
    return [edit for edit in edits if edit.kind == kind and edit.outcome == SAVED and edit.text not in known]


def _with_all_that_went(edit: Edit, evidence: Evidence) -> Edit:
    """A stage takes its steps along: the audit says which."""
    if edit.kind not in {"delete", "undo"} or edit.outcome not in {SAVED, UNHEARD}:
        return edit
    things = [d["things"] for d in evidence.deleted if d["thing"] == edit.thing]
    more = {f"no {thing}" for found in things for thing in found}  # type: ignore[attr-defined]
    return Edit(**{**vars(edit), "touches": edit.touches | more})


def _lost_texts(edits: list[Edit], evidence: Evidence) -> Iterable[str]:
    """Each saved text stands in the end, or somebody who saw it wrote over it, or deleted it with its lane or step.

    Each answered version is followed by one save that carried it, or by none; and each save has one audit entry.
    """
    by_cell: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        if edit.kind == "write" and edit.outcome in {SAVED, UNHEARD}:
            by_cell[edit.thing].append(edit)
    taken = {
        (str(cell), version, text)
        for deletion in evidence.deleted
        for cell, (version, text) in deletion["cells"].items()  # type: ignore[attr-defined]
    }
    for cell, held in by_cell.items():
        carried = {edit.version for edit in held if edit.answered_version != edit.version or edit.outcome == UNHEARD}
        written = [edit for edit in held if edit.outcome == SAVED and not _says_nothing_new(edit, held, evidence)]
        yield from (f"{cell}: version {n} was given twice" for n in _twice(edit.answered_version for edit in written))
        for edit in written:
            version, said = edit.answered_version, f"{cell}: “{edit.text}” by {edit.who}"
            entries = evidence.tokens.get(edit.token, 0)
            if edit.version != version - 1:
                yield f"{said} was saved as {version} over {edit.version}"
            elif entries != 1:
                yield f"{said} has {entries} audit entries"
            elif evidence.cells.get(cell) == (version, edit.text) or version in carried:
                continue
            elif (cell, version, edit.text) not in taken:
                yield f"{said} is gone"


def _says_nothing_new(edit: Edit, held: list[Edit], evidence: Evidence) -> bool:
    """The cell said just that already: nothing was written, by whichever version it was asked for."""
    if edit.answered_version == edit.version:
        return edit.token not in evidence.tokens
    same = [each for each in held if each is not edit and each.text == edit.text]
    is_there = any(each.answered_version == edit.answered_version for each in same)
    return is_there and edit.token not in evidence.tokens


def _twice(found: Iterable[int]) -> list[int]:
    seen: set[int] = set()
    return [each for each in found if each in seen or seen.add(each)]  # type: ignore[func-returns-value]


def _lost_names(edits: list[Edit], evidence: Evidence) -> Iterable[str]:
    """Each name given stands in the end, was renamed by somebody who had seen it, or was deleted."""
    there = set(evidence.names.values())
    there |= {edit.was for edit in edits if edit.kind == "rename" and edit.outcome in {SAVED, UNHEARD}}
    there |= {str(name) for deletion in evidence.deleted for name in deletion["names"]}  # type: ignore[attr-defined]
    for edit in edits:
        if edit.kind in {"add", "rename"} and edit.outcome == SAVED and edit.text not in there:
            yield f"{edit.kind} {edit.thing}: “{edit.text}” by {edit.who} is gone"


def _lost_cards(edits: list[Edit], evidence: Evidence, went: set[str]) -> Iterable[str]:
    """What was placed stands there, was taken off, or went with its step."""
    off = {edit.thing for edit in edits if edit.kind == "take off" and edit.outcome in {SAVED, UNHEARD}}
    for edit in edits:
        if edit.kind == "place" and edit.outcome == SAVED:
            step = f"step {edit.thing.rpartition(' ')[2]}"
            if edit.thing not in evidence.placed | off and step not in went:
                yield f"{edit.thing}, placed by {edit.who}, is gone"


def _false_conflicts(edits: list[Edit]) -> Iterable[str]:
    """Refusals of what nobody else had touched between the moment it was seen and the answer."""
    touched: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        if edit.outcome in {SAVED, UNHEARD, FAILED}:
            for each in edit.touches:
                touched[each].append(edit)
    for edit in edits:
        if edit.outcome != REFUSED or edit.kind in {"publish", "undo"}:
            continue
        others = [each for what in edit.meets for each in touched[what] if each.who != edit.who]
        if not any(each.answered_at >= edit.seen_at and each.sent_at <= edit.answered_at for each in others):
            yield f"{edit.kind} {edit.thing} by {edit.who}: {edit.status}"


def _not_shown(edits: list[Edit]) -> Iterable[str]:
    """A conflict shows what was typed, and a text that somebody else had saved."""
    texts: dict[str, set[str]] = defaultdict(set)
    for edit in edits:
        if edit.kind == "write":
            texts[edit.thing].add(edit.text)
    for edit in edits:
        if edit.kind == "write" and edit.status == 409 and edit.text.startswith("Text"):
            mine, theirs = edit.shown
            if mine != edit.text or theirs not in texts[edit.thing] or theirs == mine:
                yield f"{edit.thing} by {edit.who}: shown “{mine}” and “{theirs}”"

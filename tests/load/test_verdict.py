"""The oracle of `make load`, on evidence made up here: a sound run passes, each planted breach is seen."""

from dataclasses import replace

import pytest

from load.ledger import REFUSED, SAVED, UNHEARD, Edit, Ledger
from load.verdict import Evidence, judge


def edit(who, kind, thing, at, **more):
    """Seen a second before it was sent, answered at once."""
    told = {"outcome": SAVED, "status": 200, **more}
    sets = {name: frozenset(told.pop(name, ())) for name in ("touches", "meets")}
    return Edit(who, kind, thing, at - 1, at, at + 0.1, **told, **sets)


def write(who, text, at, version, **more):
    told = {"touches": {"cell 1/2"}, "meets": {"cell 1/2", "no lane 1", "no step 2"}, "token": f"token of {text}"}
    told |= {"text": f"Text {text}", "version": version, "answered_version": version + 1, **more}
    return edit(who, "write", "cell 1/2", at, **told)


@pytest.fixture
def sound():
    """Two texts after each other, a refusal between them, a step renamed, one deleted with what stood at it."""
    refused = {"outcome": REFUSED, "status": 409, "answered_version": -1, "shown": ("Text c", "Text a")}
    ledger = Ledger(
        [
            write("Max", "a", 10, 0),
            write("Lea", "c", 10.5, 0, **refused),
            write("Lea", "b", 12, 1),
            edit("Max", "add", "step", 13, text="Step x", touches={"steps of 4"}),
            edit("Lea", "rename", "step 3", 14, was="Step x", text="Step y", touches={"name of step 3"}),
            edit("Max", "place", "finding 7 at 5", 15),
            edit("Lea", "delete", "step 5", 16, touches={"no step 5"}),
            edit("Max", "publish", "version", 17, text="Note"),
        ]
    )
    evidence = Evidence(
        cells={"cell 1/2": (2, "Text b")},
        names={"step 3": "Step y"},
        deleted=[{"thing": "step 5", "names": ["Old"], "things": ["step 5"], "cells": {}}],
        tokens={"token of a": 1, "token of b": 1},
        notes=["Note"],
    )
    return ledger, evidence


def test_a_sound_run_passes(sound):
    found = judge(*sound)
    assert found.is_sound, found
    assert (found.edits, found.saved, found.refused) == (8, 7, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cells", {"cell 1/2": (1, "Text a")}),  # the last one was never written
        ("cells", {"cell 1/2": (2, "Text a")}),
        ("cells", {}),
        ("names", {"step 3": "Step x"}),
        ("deleted", []),  # what was placed is gone, and so is nothing else
        ("tokens", {"token of a": 1, "token of b": 2}),
        ("tokens", {"token of b": 1}),
        ("notes", []),
    ],
)
def test_what_was_answered_saved_and_is_not_there_is_lost(sound, name, value):
    ledger, evidence = sound
    assert judge(ledger, replace(evidence, **{name: value})).lost


def test_two_saves_over_one_version_lose_one(sound):
    ledger, evidence = sound
    ledger.add(write("Max", "d", 13, 1))
    evidence.tokens["token of d"] = 1
    assert "was given twice" in judge(ledger, evidence).lost[0]


def test_a_text_that_went_with_its_step_is_in_what_the_deletion_kept(sound):
    ledger, evidence = sound
    evidence.cells.clear()
    evidence.deleted[0]["cells"] = {"cell 1/2": (2, "Text b")}
    assert judge(ledger, evidence).is_sound
    evidence.deleted[0]["cells"] = {"cell 1/2": (1, "Text a")}
    assert judge(ledger, evidence).lost


def test_a_refusal_where_nobody_touched_the_same_is_false(sound):
    ledger, evidence = sound
    ledger.add(edit("Lea", "move", "step 3", 30, outcome=REFUSED, status=409, meets={"steps of 4", "no step 3"}))
    found = judge(ledger, evidence)
    assert found.false_conflicts == ["move step 3 by Lea: 409"]
    assert not found.is_sound  # one of nine
    ledger.add(edit("Max", "add", "step", 29.5, text="Old", touches={"steps of 4"}))
    assert judge(ledger, evidence).is_sound


def test_what_oneself_touched_is_no_reason(sound):
    ledger, evidence = sound
    ledger.add(edit("Max", "move", "step 3", 13.5, outcome=REFUSED, status=409, meets={"steps of 4"}))
    assert judge(ledger, evidence).false_conflicts


@pytest.mark.parametrize("shown", [("", "Text a"), ("Text c", ""), ("Text c", "Text never"), ("Text a", "Text a")])
def test_a_conflict_that_shows_not_both_texts_is_seen(sound, shown):
    ledger, evidence = sound
    ledger.edits[1] = replace(ledger.edits[1], shown=shown)
    assert judge(ledger, evidence).not_shown


def test_a_save_without_an_answer_may_have_been_written_or_not(sound):
    ledger, evidence = sound
    ledger.add(write("Max", "e", 20, 2, outcome=UNHEARD, status=0, answered_version=-1))
    assert judge(ledger, evidence).is_sound
    evidence.cells["cell 1/2"] = (3, "Text e")
    assert judge(ledger, evidence).is_sound


def test_the_same_choice_of_two_people_is_written_once(sound):
    ledger, evidence = sound
    ledger.edits[2] = replace(ledger.edits[2], text="1")
    evidence.cells["cell 1/2"] = (2, "1")
    ledger.add(write("Ada", "same", 13, 0, answered_version=2))
    ledger.edits[-1] = replace(ledger.edits[-1], text="1")
    assert judge(ledger, evidence).is_sound


def test_errors_and_disorder_are_no_sound_run(sound):
    ledger, evidence = sound
    ledger.note("POST /w/load/steps/3/: 500")
    assert not judge(ledger, evidence).is_sound
    assert not judge(Ledger(), Evidence(disorder=["the stages have gaps"])).is_sound

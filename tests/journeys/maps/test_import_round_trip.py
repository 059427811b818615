"""Any document goes out as a file and comes in again the same, in both formats; every part of it has a reader."""

import base64
import copy
import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeys.exports import map_json, map_sheets
from journeys.models import Evidence, Finding, Map
from journeys.pipelines.map_import import opening, parts
from journeys.queries import documents, maps
from journeys.registry import LANES
from journeys.services import (
    evidence,
)
from tests.journeys.maps.map_files import here, png

# Any text that PostgreSQL and XML keep: no NUL, no half character, none that is no character.
LETTERS = st.characters(exclude_characters="\0\ufffe\uffff", exclude_categories=["Cs"])
WORDS = st.text(LETTERS, max_size=30) | st.sampled_from(
    ["=1+1", "+a", "-2", "@x", "'=1", "_x000B_", "a\r\nb\n", "007", "😀"]
)
NAMES = WORDS.map(lambda text: " ".join(text.split())).filter(bool)
TEXTS = WORDS.map(lambda text: text.replace("\r\n", "\n").strip())
UIDS = st.uuids().map(str)
SHARED = {"max_size": 3}
PICTURES = {hashlib.sha256(body).hexdigest(): body for body in (png(grey) for grey in range(3))}
SHOWN = st.tuples(st.sampled_from(sorted(PICTURES)), NAMES).map("\n".join)


def of_lane(lane):
    return SHOWN if lane["kind"] == "storyboard" else TEXTS.filter(bool)


def with_pictures(document):
    """The document as a file holds it: with the bytes of what it shows."""
    held = {
        name: {"type": "image/png", "data": base64.b64encode(PICTURES[name]).decode()}
        for name in documents.pictures(document)
    }
    return {**document, "pictures": held} if held else document


@st.composite
def told(draw):
    """A document as a map of any content would give it."""
    written = draw(
        st.lists(
            st.fixed_dictionaries({"uid": UIDS, "kind": st.sampled_from(["actions", "notes", "storyboard"])}), **SHARED
        )
    )
    derived = [
        {"uid": draw(UIDS), "kind": kind}
        for kind in draw(st.sets(st.sampled_from([lane.key for lane in LANES]), **SHARED))
    ]
    flags = {
        "name": st.just("") | NAMES,
        "position": st.integers(0, 400),
        "is_hidden": st.booleans(),
        "is_pinned": st.booleans(),
    }
    kept = [{**lane, **draw(st.fixed_dictionaries(flags))} for lane in written + derived]
    found = st.fixed_dictionaries({"kind": st.sampled_from(Finding.Kind.values), "name": NAMES})
    step = st.fixed_dictionaries(
        {
            "uid": UIDS,
            "name": NAMES,
            "cells": st.fixed_dictionaries({}, optional={lane["uid"]: of_lane(lane) for lane in written}),
            "touchpoints": st.lists(st.fixed_dictionaries({"name": NAMES, "channel": st.just("") | NAMES}), **SHARED),
        },
        optional={
            "findings": st.lists(found, min_size=1, **SHARED),
            "evidence": st.sampled_from([Evidence.ASSUMPTION, Evidence.REASONED]).map(str),
            "evidence_source": TEXTS.filter(bool),
            "child": st.fixed_dictionaries({"title": NAMES}, optional={"id": st.integers(1, 2**62)}),
        },
    )
    stage = st.fixed_dictionaries({"uid": UIDS, "name": NAMES, "phase": NAMES, "steps": st.lists(step, **SHARED)})
    about = st.lists(NAMES, unique=True, **SHARED)
    own = {"title": NAMES, "journey": NAMES, "scenario": TEXTS, "owner": NAMES, "sponsor": st.just("")}
    own |= {
        "level": st.sampled_from(["", *Map.Level.values]),
        "dimension": st.sampled_from(["", *Map.Dimension.values]),
    }
    own |= {"state": st.sampled_from(Map.State.values), "personas": about, "products": about, "markets": about}
    found = draw(st.fixed_dictionaries({**own, "stages": st.lists(stage, **SHARED)}))
    uids = [step["uid"] for stage in found["stages"] for step in stage["steps"]]
    if len(uids) > 1:
        label = {"label": draw(st.just("") | TEXTS)}
        found["paths"] = [
            {"source": uids[0], "target": uids[-1], "kind": draw(st.sampled_from(["next", "loop"])), **label}
        ]
        found["stages"][-1]["is_overlapping"] = True
    return {"schema": documents.SCHEMA, **found, "lanes": kept}


@pytest.mark.parametrize("written", [lambda told: map_json.text(told).encode(), map_sheets.workbook])
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(document=told())
def test_out_and_in_again_is_the_same(written, document):
    found = opening.opened(written(with_pictures(document)), asked=here)
    assert sorted(found.pictures) == sorted(PICTURES[name] for name in documents.pictures(document))
    assert found.left_out == []
    assert documents.canonical(found.document) == documents.canonical(document)


def test_every_part_of_a_document_has_a_reader(filled, world):
    """A new part of the document fails here until it is read back, or said to be left out."""
    with world.inside():
        step = filled.first_step("Buy")
        evidence.state(step=step, evidence="reasoned", source="Ten interviews", by=world.max)
        left_out = parts.read(copy.deepcopy(documents.portable(maps.one().get(pk=filled.map.pk)))).left_out
    assert left_out == []

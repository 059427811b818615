"""How the mapped journeys go on: where they branch and turn back, and the outlines that show a step in detail."""

from typing import NamedTuple

from journeys.models import Map, PlannedPath, Step
from journeys.services import drilldowns, planned_paths
from orgs.models import Member

BRANCH, LOOP = PlannedPath.Kind.BRANCH, PlannedPath.Kind.LOOP


class Way(NamedTuple):
    source: str
    target: str
    kind: str
    label: str


WAYS = {
    "installed": (
        Way("I compare the quote with my savings", "I sign", BRANCH, "if I want no grant"),
        Way("Somebody calls to agree the day", "I wait for a date", LOOP, "if the day does not suit me"),
    ),
    "help": (
        Way("I look it up", "I call", BRANCH, "if it is cold"),
        Way("You ask whether it is warm", "I call", LOOP, "if it is not"),
    ),
    "choose": (Way("I talk it through", "I work out my saving", LOOP, "if the house needs more"),),
}
CHILDREN = {
    ("installed", "I connect app and thermostat"): "thermostat",
    ("installed", "I get my first bill"): "bill",
}


def plan(drawn: dict[str, Map], by: Member) -> None:
    """Plan the paths, and lead steps to their child maps."""
    for key, ways in WAYS.items():
        there = {step.name: step for step in Step.objects.filter(stage__map=drawn[key])}
        for way in ways:
            told = {"kind": way.kind, "label": way.label}
            planned_paths.add(source=there[way.source], target=there[way.target], by=by, **told)
    for (key, name), child in CHILDREN.items():
        drilldowns.lead(step=Step.objects.get(stage__map=drawn[key], name=name), child=drawn[child], by=by)

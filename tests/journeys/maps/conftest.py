"""A map drawn by hand, as Max would."""

import pytest
from django.urls import reverse

from journeys.models import Map, MapLane, Persona, Stage, Step
from journeys.queries.lanes import text_kind
from journeys.services import (
    cells,
    channels,
    finding_placements,
    findings,
    journeys,
    lanes,
    placements,
    registers,
    touchpoints,
)
from journeys.services import maps as changing


class Desk:
    """Max at the outline of a map of three stages, one step each, called First."""

    def __init__(self, world, client):
        self.world, self.client = world, client
        with world.inside():
            names = ["Find out", "Buy", "Use"]
            self.map = journeys.begin(
                name="A trip", scenario="", stage_names=names, owner=world.max, sponsor=world.eli, by=world.max
            )
            Step.objects.filter(stage__map=self.map).update(name="First")

    def stage(self, name):
        with self.world.inside():
            return Stage.objects.select_related("phase", "map").get(map=self.map, name=name)

    def step(self, name):
        with self.world.inside():
            return Step.objects.select_related("stage__map").get(stage__map=self.map, name=name)

    def first_step(self, stage):
        with self.world.inside():
            return Step.objects.select_related("stage__map").filter(stage=self.stage(stage)).first()

    @property
    def version(self):
        with self.world.inside():
            return Map.objects.get(pk=self.map.pk).structure_version

    def shape(self):
        """Return the stages in order, each with the names of its steps."""
        with self.world.inside():
            return [(stage.name, [step.name for step in stage.steps.all()]) for stage in self.map.stages.all()]

    def url(self, name, row=None):
        return reverse(name, args=["acme", (row or self.map).pk])

    def post(self, to_name, row=None, /, *, htmx=True, **data):
        headers = {"HX-Request": "true"} if htmx else {}
        return self.client.post(self.url(to_name, row), data, headers=headers)

    def add_step(self, stage, name):
        self.post("steps", self.stage(stage), name=name)
        return self.step(name)


@pytest.fixture
def desk(world, sign_in):
    return Desk(world, sign_in(world.max))


@pytest.fixture
def filled(desk, world):
    """The map of the desk with one of everything that a map can hold."""
    with world.inside():
        step, by = desk.first_step("Buy"), world.max
        phone, _ = channels.find_or_create("Phone", by=by)
        for name, channel in (("=Shop", None), ("Hotline", phone)):
            made, _ = touchpoints.find_or_create(name, channel=channel, by=by)
            placements.place(step=step, touchpoint=made, by=by)
        for kind, text in (("actions", "+49 I pay\n“at once”"), ("emotions", "-2/1")):
            lane = lanes.add(drawn=desk.map, kind=text_kind(kind), by=by)
            cells.write(lane=lane, step=step, text=text, version=0, by=by)
        lanes.show(drawn=desk.map, key="owners", is_hidden=True, by=by)
        need, _ = findings.find_or_create(kind="need", name="To know the price", by=by)
        finding_placements.place(step=step, finding=need, by=by)
        persona, _ = registers.find_or_create(Persona, "Hurried", by=world.ada)
        MapLane.objects.filter(kind="emotions").update(persona=persona)
        changing.edit(drawn=desk.map, version=1, personas=[persona], scenario="I hurry", level="micro", by=by)
    return desk

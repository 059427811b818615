"""A map drawn by hand, as Max would."""

import pytest
from django.urls import reverse

from journeys.models import Map, Stage, Step
from journeys.services import journeys


class Desk:
    """Max at the outline of a map of three stages, one step each, called First."""

    def __init__(self, world, client):
        self.world, self.client = world, client
        with world.inside():
            names = ["Find out", "Buy", "Use"]
            self.map = journeys.begin(
                name="A trip", scenario="", stage_names=names, owner=world.max, sponsor=None, by=world.max
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

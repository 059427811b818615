"""What a machine says of a map that is reviewed; and that it asks as often for many steps as for few."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.registry import CHECKS
from insights.models import Source
from insights.services import trust
from journeys.models import Map
from journeys.services import steps
from tests import planting


@pytest.fixture
def drawn(keeping, world):
    """A map whose one touchpoint is nobody's, with a number, and with a step that is empty."""
    touchpoint = keeping.touchpoint("Hotline", owned=False)
    made = keeping.map(owner=world.max, placed=[touchpoint])
    with world.inside():
        planting.measured(touchpoint, by=world.ada)
        steps.add(stage=made.stages.get(), name="I wait", by=world.max)
    return made


def found(world, drawn):
    with world.inside():
        now = timezone.now()
        told = {check.key: check.find(Map.objects.get(pk=drawn.pk), world.acme, now) for check in CHECKS}
        return {key: [each.text for each in breaches] for key, breaches in told.items() if breaches}


def test_each_finds_what_it_is_for(world, drawn):
    told = found(world, drawn)
    assert told["unowned"] == ["Hotline"]
    assert told["gaps"] == ["I wait"]
    assert len(told["evidence"]) == 2
    assert "stale" not in told
    assert "disputed" not in told


def test_numbers_that_are_old_or_disputed_are_found(world, drawn):
    with world.inside():
        kpi = drawn.stages.get().steps.first().placements.get().touchpoint.kpis.get()
        trust.dispute(kpi=kpi, reason="Half of it is missing", by=world.lea, now=timezone.now())
        old = timezone.now() - timedelta(days=9)
        Source.objects.update(interval_minutes=60, refreshed_at=old)
    told = found(world, drawn)
    assert len(told["stale"]) == len(told["disputed"]) == 1


def test_what_is_right_is_not_found(world, drawn):
    with world.inside():
        stage = drawn.stages.get()
        stage.steps.filter(name="I wait").delete()
        stage.steps.update(evidence="validated", evidence_source="Interviews")
    assert set(found(world, drawn)) == {"unowned"}


def test_queries_do_not_grow_per_step(keeping, world, drawn):
    keeping.start(drawn, timezone.now())

    def queries():
        keeping.get(f"maps/{drawn.pk}/review/", world.max)
        with CaptureQueriesContext(connection) as asked:
            keeping.get(f"maps/{drawn.pk}/review/", world.max)
        return len(asked)

    few = queries()
    with world.inside():
        for number in range(8):
            steps.add(stage=drawn.stages.get(), name=f"Step {number}", by=world.max)
    assert queries() == few

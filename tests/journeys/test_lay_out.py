"""Drawing a map from what a file names: in order, once, and never moving what is there."""

import pytest

from journeys.models import LifecyclePhase, Map, Stage, Step, TouchpointPlacement
from journeys.services import maps, touchpoints


@pytest.fixture
def draw(inside):
    def _draw(title, **stages):
        layout = [(name, [touchpoint(inside, each) for each in names]) for name, names in stages.items()]
        return maps.lay_out(title, stages=layout, phase=LifecyclePhase.objects.get(position=2), by=inside.ivo)

    return _draw


def touchpoint(world, name):
    return touchpoints.find_or_create(name, by=world.ada)[0]


def drawn_steps(drawn):
    return [(stage.name, [step.name for step in stage.steps.all()]) for stage in drawn.stages.all()]


def test_gives_a_step_per_touchpoint_in_the_order_given(draw):
    drawn, made = draw("Trip", Arrive=["Taxi", "Train"], Board=["Gate"])
    assert drawn_steps(drawn) == [("Arrive", ["Taxi", "Train"]), ("Board", ["Gate"])]
    assert made == {"maps": 1, "stages": 2, "steps": 3}
    assert drawn.journey.name == "Trip"


def test_a_second_time_changes_nothing(draw):
    first, _ = draw("Trip", Arrive=["Taxi"])
    version = Map.objects.get().structure_version
    again, made = draw("  trip ", arrive=["TAXI"])
    assert (again, made) == (first, {})
    assert (Stage.objects.count(), Step.objects.count(), TouchpointPlacement.objects.count()) == (1, 1, 1)
    assert Map.objects.get().structure_version == version


def test_a_known_map_only_gains_what_it_lacks(draw):
    drawn, _ = draw("Trip", Arrive=["Taxi"])
    Stage.objects.update(name="Getting there")
    version = Map.objects.get().structure_version
    _, made = draw("Trip", **{"Getting there": ["Train", "Taxi"], "Board": ["Gate"]})
    assert made == {"stages": 1, "steps": 2}
    assert drawn_steps(drawn) == [("Getting there", ["Taxi", "Train"]), ("Board", ["Gate"])]
    assert Map.objects.get().structure_version == version + 1


def test_a_touchpoint_named_twice_in_a_stage_is_placed_once(draw):
    _, made = draw("Trip", Arrive=["Taxi", "taxi"])
    assert made["steps"] == 1


def test_a_touchpoint_can_stand_in_two_stages(draw):
    draw("Trip", Arrive=["Taxi"], Leave=["Taxi"])
    assert TouchpointPlacement.objects.values("touchpoint").distinct().count() == 1
    assert TouchpointPlacement.objects.count() == 2


def test_blanks_and_letter_case_do_not_make_a_second_stage(draw):
    draw("Trip", Arrive=["Taxi"])
    draw("Trip", **{"  ARRIVE ": ["Train"]})
    assert [stage.name for stage in Stage.objects.all()] == ["Arrive"]


def test_a_future_map_of_the_same_title_is_left_alone(draw):
    drawn, _ = draw("Trip", Arrive=["Taxi"])
    Map.objects.filter(pk=drawn.pk).update(state=Map.State.FUTURE)
    other, made = draw("Trip", Arrive=["Taxi"])
    assert other != drawn
    assert made["maps"] == 1


def test_an_outsiders_map_of_the_same_title_is_not_touched(draw, inside):
    theirs = inside.umbra_rows["map"]
    drawn, made = draw(theirs.title, Arrive=["Taxi"])
    assert drawn.pk != theirs.pk
    assert made["maps"] == 1

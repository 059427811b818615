"""Into child maps and back out of them: what is reached, and how far, is what a plain recursive query of rows says."""

import random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from journeys.models import Map, PlannedPath, Stage, Step, Touchpoint, TouchpointPlacement
from journeys.queries import impact
from tests.world import lay_out

ROUNDS, STARTS = 6, 4
# Every walk is written down, step by step and without a thought for what is shortest; the least distance is taken then.
ORACLE = """
with recursive ordered as (
    select step.id, stage.map_id, step.child_id, row_number() over (
        partition by stage.map_id order by stage.position, stage.id, step.position, step.id) as place
    from journeys_step step join journeys_stage stage on stage.id = step.stage_id
    join journeys_map map on map.id = stage.map_id where map.archived_at is null
), planned as (
    select source_id, target_id, kind from journeys_plannedpath
), implied as (
    select one.id as source_id, other.id as target_id from ordered one
    join ordered other on other.map_id = one.map_id and other.place = one.place + 1
    where not exists (select from planned where planned.source_id = one.id and kind = 'next')
), way as (
    select source_id, target_id from implied union select source_id, target_id from planned
), last as (
    select id, map_id from ordered one
    where not exists (select from ordered other where other.map_id = one.map_id and other.place = one.place + 1)
    and not exists (select from planned where planned.source_id = one.id and kind = 'next')
), walked (is_left, step, is_inside, away) as (
    select false, step_id, false, 0 from journeys_touchpointplacement
    join ordered on ordered.id = step_id where touchpoint_id = %s
    union
    select more.* from walked, lateral (
        select false, way.target_id, is_inside, away + 1 from way where way.source_id = step
        union all
        select false, inner_one.id, true, away from ordered opener
        join ordered inner_one on inner_one.map_id = opener.child_id and inner_one.place = 1
        where opener.id = step and not is_left and away > 0
        union all
        select true, opener.id, false, away from last join ordered opener on opener.child_id = last.map_id
        where last.id = step and not is_inside
    ) more where away < 20
)
select touchpoint_id, min(away) from walked join journeys_touchpointplacement placed on placed.step_id = step
where not is_left and away > 0 group by touchpoint_id
"""


def draw(world, dice, number):
    """Five maps of a few steps, each step with a touchpoint of its own; some open other maps, also in circles."""
    maps = [lay_out(f"Map {number}.{at}", [], world.ada) for at in range(5)]
    steps = []
    for drawn in maps:
        first = drawn.stages.get()
        later = Stage.objects.create(map=drawn, name="Later", position=first.position + 1, phase=first.phase)
        for place in range(dice.randint(1, 4)):
            stage = first if place < 2 else later
            steps.append(Step.objects.create(stage=stage, name=f"{drawn.title}, {place}", position=place))
    spots = Touchpoint.objects.bulk_create([Touchpoint(name=step.name) for step in steps])
    TouchpointPlacement.objects.bulk_create(
        [TouchpointPlacement(step=step, touchpoint=spot) for step, spot in zip(steps, spots, strict=True)]
    )
    for step in dice.sample(steps, min(5, len(steps))):
        step.child = dice.choice(maps)
        step.save()
    for one, other in {tuple(dice.sample(steps, 2)) for _each in range(6)}:
        if one.stage.map_id == other.stage.map_id:
            PlannedPath.objects.create(source=one, target=other, kind=dice.choice(["next", "branch", "loop"]))
    if dice.random() < 0.3:
        Map.objects.filter(pk=dice.choice(maps).pk).update(archived_at=world.acme.created_at)
    return spots, steps


def test_what_is_reached_over_maps_is_what_a_recursive_query_finds(world):
    dice, crossed = random.Random(8), 0
    with world.inside():
        for number in range(ROUNDS):
            spots, steps = draw(world, dice, number)
            for start in dice.sample(spots, min(STARTS, len(spots))):
                TouchpointPlacement.objects.get_or_create(step=dice.choice(steps), touchpoint=start)
                found = impact.of_touchpoint(start)
                with connection.cursor() as cursor:
                    cursor.execute(ORACLE, [start.pk])
                    wanted = dict(cursor.fetchall())
                assert {each.touchpoint.pk: each.away for each in found.reached} == wanted
                assert len(found.reached) == len({each.touchpoint.pk for each in found.reached})
                crossed += bool(found.come_to)
    assert crossed > ROUNDS


def test_it_goes_into_a_child_and_behind_the_step_that_opens_it(world):
    with world.inside():
        names = ("Order", "Pay", "Receive")
        whole = lay_out("Buying", [Touchpoint.objects.create(name=name) for name in names], world.ada)
        detail = lay_out("Paying", [Touchpoint.objects.create(name=name) for name in ("Card", "Code")], world.ada)
        pay = Step.objects.get(placements__touchpoint__name="Pay")
        pay.child = detail
        pay.save()

        def of(name):
            found = impact.of_touchpoint(Touchpoint.objects.get(name=name))
            reached = [(each.touchpoint.name, each.away) for each in found.reached]
            return reached, [each.map for each in found.stands_on], [each.map for each in found.come_to]

        assert of("Order") == ([("Card", 1), ("Pay", 1), ("Code", 2), ("Receive", 2)], [whole], [detail])
        assert of("Card") == ([("Code", 1), ("Receive", 2)], [detail], [whole])
        assert of("Pay") == ([("Receive", 1)], [whole], [])  # what it opens is the same moment in detail
        Map.objects.filter(pk=detail.pk).update(archived_at=world.acme.created_at)
        assert of("Order") == ([("Pay", 1), ("Receive", 2)], [whole], [])


def test_as_many_queries_for_ten_levels_as_for_none(world):
    with world.inside():
        spots = [Touchpoint.objects.create(name=f"Spot {number}") for number in range(3)]
        above = lay_out("Level 0", spots, world.ada)

        def asked():
            with CaptureQueriesContext(connection) as seen:
                impact.of_touchpoint(spots[0])
            return len(seen)

        few = asked()
        for level in range(1, 11):
            below = lay_out(f"Level {level}", [Touchpoint.objects.create(name=f"At {level}")], world.ada)
            Step.objects.filter(pk=Step.objects.filter(stage__map=above).last().pk).update(child=below)
            above = below
        assert asked() == few <= 7
        assert len(impact.of_touchpoint(spots[0]).come_to) == 10

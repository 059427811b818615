"""Where customers come to from a step on: planned paths, the order of the map, loops and stages side by side."""

from hypothesis import given, settings
from hypothesis import strategies as st

from journeys.models import Map, PlannedPath, Touchpoint
from journeys.queries import impact
from journeys.queries.impact_maps import Country, laid
from journeys.queries.impact_walk import Ground, walk
from journeys.queries.maps import StageColumns, StepColumn

MOST = 7
STEP = st.integers(1, MOST)


@st.composite
def maps(draw):
    """Stages as lists of step numbers in order, which of them overlap, planned paths, and where the change stands."""
    stages, number = [], 0
    for size in draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)):
        stages.append([number := number + 1 for _ in range(min(size, MOST - number))])
    stages = [each for each in stages if each]
    overlaps = [False, *draw(st.lists(st.booleans(), min_size=len(stages) - 1, max_size=len(stages) - 1))]
    steps = [step for stage in stages for step in stage]
    ends = st.tuples(st.sampled_from(steps), st.sampled_from(steps)).filter(lambda pair: pair[0] != pair[1])
    pairs = draw(st.lists(ends, unique=True, max_size=6)) if len(steps) > 1 else []
    kinds = {pair: draw(st.sampled_from(["next", "branch", "loop"])) for pair in pairs}
    return stages, overlaps, kinds, draw(st.sets(st.sampled_from(steps), min_size=1, max_size=2))


def neighbours(stages, overlaps, kinds):
    """The rule, naively: who says "then" goes there; everybody else on to what follows; branches and loops beside."""
    found = set()
    for at, stage in enumerate(stages):
        later = next((n for n in range(at + 1, len(stages)) if not overlaps[n]), None)
        begins = []
        while later is not None and later < len(stages) and (overlaps[later] or not begins):
            begins.append(stages[later][0])
            later += 1
        for place, step in enumerate(stage):
            if not any(kind == "next" and pair[0] == step for pair, kind in kinds.items()):
                after = [stage[place + 1]] if place + 1 < len(stage) else begins
                found |= {(step, each) for each in after}
    return found | set(kinds)


def distances(edges, starts):
    """How many ways away each step is: every walk of one way, of two, of three, without remembering where one was."""
    found, here = {}, set(starts)
    for away in range(1, MOST + 2):
        here = {target for source, target in edges if source in here}
        for each in here:
            found.setdefault(each, away)
    return found


@given(maps())
@settings(max_examples=60, deadline=None)
def test_it_is_what_walking_every_way_finds(drawn):
    stages, overlaps, kinds, starts = drawn
    columns = [
        StageColumns(str(at), "", [StepColumn(str(pk), [], pk) for pk in stage], at + 1, overlaps[at])
        for at, stage in enumerate(stages)
    ]
    paths = [PlannedPath(source_id=a, target_id=b, kind=kind) for (a, b), kind in kinds.items()]
    [found] = impact.gone_through(Country([laid(Map(title="A map"), columns, paths)]), starts)
    edges = neighbours(stages, overlaps, kinds)
    away = distances(edges, starts)
    assert found.away == away
    assert {(way.source.pk, way.target.pk) for way in found.ways} == {e for e in edges if e[0] in {*starts, *away}}
    assert set(found.stages) == {at + 1 for at, stage in enumerate(stages) if {*starts, *away} & set(stage)}


def test_a_loop_is_walked_once_and_leads_back_to_where_it_began():
    assert walk([1], Ground({1: [2], 2: [3], 3: [1, 4]})) == {2: 1, 3: 2, 1: 3, 4: 3}
    assert walk([1], Ground({})) == {}
    assert walk([1, 3], Ground({1: [2], 2: [3], 3: [4]})) == {2: 1, 4: 1, 3: 2}


def test_of_several_maps_the_nearest_counts_and_each_touchpoint_stands_once():
    pay, ride = Touchpoint(pk=1, name="Pay"), Touchpoint(pk=2, name="ride")
    far = [
        StageColumns("", "", [StepColumn("a", [], 1), StepColumn("b", [ride], 2), StepColumn("c", [pay, ride], 3)], 1)
    ]
    near = [StageColumns("", "", [StepColumn("d", [], 4), StepColumn("e", [pay, ride], 5)], 2)]
    both = [laid(Map(title=name), of, []) for name, of in (("Far", far), ("Near", near))]
    drawn = impact.gone_through(Country(both), {1, 4})
    rows = [(each.touchpoint.name, each.away, [one.title for one in each.maps]) for each in impact.reached(drawn)]
    assert rows == [("Pay", 1, ["Near", "Far"]), ("ride", 1, ["Far", "Near"])]

"""Health of touchpoints, stages, maps, journeys and phases, from readings."""

from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cxhub.lib.periods import Grain, period_of
from insights.models import Kpi
from insights.queries import health
from insights.services import kpis, sources
from journeys.models import LifecyclePhase, Map
from journeys.services import maps, touchpoints
from tests.insights.numbers import FIVE, answers, told

TODAY = date(2019, 3, 1)
BAD, MIDDLING, GOOD = [2] * 40, [5, 4] * 20, [5] * 40  # of a target of 4.45: off, watch, on


def touchpoint(world: Any, name: str, scores: list[int] | None = None, day: date = date(2018, 5, 7), **fields: Any):
    found, _ = touchpoints.find_or_create(name, by=world.ada)
    for field, value in fields.items():
        setattr(found, field, value)
    found.save()
    if scores:
        score(world, found, scores, day)
    return found


def score(
    world: Any, of: Any, scores: list[int], day: date = date(2018, 5, 7), slug: str = "csat_mean", target: float = 4.45
) -> Kpi:
    origin = sources.create(f"Survey {of}", by=world.ada)
    kpi, _ = kpis.find_or_create(slug, touchpoint=of, source=origin, scale=FIVE, by=world.ada)
    kpis.set_target(kpi=kpi, value=target, valid_from=date(2018, 1, 1), by=world.ada)
    told(kpi, {day: answers(*scores)})
    return kpi


def draw(world: Any, title: str, stages: list[tuple[str, list[Any]]], position: int = 4) -> Map:
    phase = LifecyclePhase.objects.get(position=position)
    return maps.lay_out(title, stages=stages, phase=phase, by=world.ada)[0]


def board(world: Any, **changes: Any) -> health.Board:
    return health.of_journeys(workspace=world.acme, today=TODAY, **changes)


def test_a_touchpoint_is_as_good_as_its_worst_outcome_kpi(inside):
    check = touchpoint(inside, "Check-in", GOOD)
    worse = score(inside, check, BAD, slug="csat_top2", target=60)
    found = health.of_touchpoints([check.pk], workspace=inside.acme, today=TODAY)[check.pk]
    assert (found.status, found.coverage, found.worst.kpi) == ("off_target", "1 of 1 measured", worse)
    assert found.worst_name == "Satisfaction, top two scores · Check-in"
    assert found.sentence == "Its worst outcome KPI decides."


def test_what_is_no_outcome_has_no_target_or_too_few_answers_does_not_count(inside):
    check = touchpoint(inside, "Check-in", [2] * 5)
    for slug, scores in (("count", None), ("csat_top2", BAD)):
        kpi, _ = kpis.find_or_create(
            slug, touchpoint=check, source=sources.create(slug, by=inside.ada), scale=FIVE, by=inside.ada
        )
        if scores:
            told(kpi, {date(2018, 5, 7): answers(*scores)})
    found = health.of_touchpoints([check.pk], workspace=inside.acme, today=TODAY)[check.pk]
    assert (found.status, found.worst) == ("unmeasured", None)
    assert found.sentence == "It has no outcome KPI with a target and enough answers."


def test_stages_maps_journeys_and_phases_follow_the_rule(inside):
    good, bad = touchpoint(inside, "Good", GOOD), touchpoint(inside, "Bad", BAD)
    rest = [touchpoint(inside, f"Rest {n}", GOOD) for n in range(3)]
    drawn = draw(inside, "Flying", [("Before", [good, *rest]), ("After", [bad])])
    after = drawn.stages.get(name="After")
    after.phase = LifecyclePhase.objects.get(position=5)
    after.save()
    found = board(inside)
    before, after = found.places.stages[drawn.pk]
    assert [found.stage(each).status for each in (before, after)] == ["on_target", "off_target"]
    assert (found.map(drawn.pk).status, found.map(drawn.pk).coverage) == ("watch", "5 of 5 measured")
    assert found.map(drawn.pk).sentence == "Off target: 1 of 5, 20 % by importance. Below 25 % is watch."
    assert found.journey(drawn.journey_id) == found.map(drawn.pk)
    assert found.phase(drawn.journey_id, after.phase_id).worst_gap == "2.45 worse"
    assert found.phase(drawn.journey_id, before.phase_id).status == "on_target"
    assert found.phase(drawn.journey_id, LifecyclePhase.objects.get(position=1).pk) is None
    assert found.touchpoint(bad.pk).status == "off_target"


def test_a_shared_touchpoint_counts_once(inside):
    bad = touchpoint(inside, "Bad", BAD)
    rest = [touchpoint(inside, f"Rest {n}", GOOD) for n in range(4)]
    drawn = draw(inside, "Flying", [("One", [bad, *rest]), ("Two", [bad])])
    assert board(inside).map(drawn.pk).coverage == "5 of 5 measured"
    assert board(inside).map(drawn.pk).status == "watch"


def test_a_lost_moment_of_truth_is_named(inside):
    bad = touchpoint(inside, "Check-in", BAD, is_moment_of_truth=True)
    rest = [touchpoint(inside, f"Rest {n}", GOOD) for n in range(9)]
    drawn = draw(inside, "Flying", [("One", [bad, *rest])])
    found = board(inside).map(drawn.pk)
    assert (found.status, found.sentence) == ("off_target", "The moment of truth “Check-in” is off target.")


def test_importance_weighs(inside):
    bad = touchpoint(inside, "Bad", BAD, importance_to_customer=5)
    rest = [touchpoint(inside, f"Rest {n}", GOOD, importance_to_customer=5 if n else 1) for n in range(4)]
    drawn = draw(inside, "Flying", [("One", [bad, *rest])])  # 10 of 42 is 24 %
    assert board(inside).map(drawn.pk).status == "watch"
    rest[1].importance_to_customer = 1
    rest[1].save()  # 10 of 34 is 29 %
    assert board(inside).map(drawn.pk).status == "off_target"


def test_below_a_third_it_says_so(inside):
    found = [touchpoint(inside, "Bad", BAD), *(touchpoint(inside, f"Dark {n}") for n in range(3))]
    drawn = draw(inside, "Flying", [("One", found)])
    told_of = board(inside).map(drawn.pk)
    assert (told_of.status, told_of.coverage, told_of.worst_gap) == ("unmeasured", "1 of 4 measured", "2.45 worse")
    assert told_of.sentence.startswith("Less than a third of the touchpoints")


def test_only_current_state_maps_in_use_count(inside):
    for title, changes in (("Future", {"state": "future"}), ("Gone", {"archived_at": "2019-01-01T00:00:00Z"})):
        drawn = draw(inside, title, [("One", [touchpoint(inside, f"Of {title}", BAD)])])
        Map.objects.filter(pk=drawn.pk).update(**changes)
    kept = draw(inside, "Kept", [("One", [touchpoint(inside, "Of Kept", MIDDLING)])])
    assert [each.pk for each in board(inside).places.maps] == [kept.pk]
    assert board(inside).map(kept.pk).status == "watch"


def test_a_period_asked_for_is_judged_alone(inside):
    check = touchpoint(inside, "Check-in", BAD, day=date(2018, 5, 7))
    told(check.kpis.get(), {date(2018, 6, 7): answers(*GOOD), date(2019, 2, 3): answers(*BAD)})
    drawn = draw(inside, "Flying", [("One", [check])])
    month = period_of(date(2018, 6, 1), Grain.MONTH)
    june = board(inside, period=month).map(drawn.pk)
    assert (june.status, june.is_provisional) == ("on_target", False)
    assert june.worst.before.value == 2
    assert board(inside, period=month.next()).map(drawn.pk).status == "unmeasured"
    running = board(inside, period=period_of(TODAY, Grain.YEAR)).map(drawn.pk)
    assert (running.status, running.is_provisional) == ("off_target", True)


def test_without_a_period_it_is_the_latest_finished_one(inside):
    check = touchpoint(inside, "Check-in", GOOD, day=date(2018, 5, 7))
    told(check.kpis.get(), {date(2019, 2, 3): answers(*BAD)})  # of a year that is not over
    drawn = draw(inside, "Flying", [("One", [check])])
    found = board(inside).map(drawn.pk)
    assert (found.status, found.worst.now.period.label) == ("on_target", "2018")


def test_the_database_is_asked_as_often_for_many_as_for_few(inside):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            found = board(inside)
            for drawn in found.places.maps:
                assert found.map(drawn.pk).status == "off_target"
                assert found.journey(drawn.journey_id).worst_name
                assert [found.stage(each).sentence for each in found.places.stages[drawn.pk]]
        return len(seen)

    draw(inside, "First", [("One", [touchpoint(inside, "A", BAD)])])
    few = count()
    for n in range(6):
        draw(inside, f"Map {n}", [(f"Stage {s}", [touchpoint(inside, f"T{n}{s}", BAD)]) for s in range(3)])
    assert (count(), few) == (4, 4)


def test_another_workspace_shows_nothing(world):
    with world.inside_umbra():
        assert board(world).places.maps
    with world.inside():
        assert not board(world).places.maps

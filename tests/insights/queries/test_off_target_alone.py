"""The database leaves out KPIs that can be no target's miss: never one that `judge` would call off target."""

from datetime import date
from itertools import product

from insights.measures.base import Scale
from insights.measures.status import Status
from insights.models import Kpi, KpiTarget
from insights.queries import acting
from insights.queries.standings import standings
from insights.services import kpis, sources
from journeys.services import touchpoints
from tests.insights.numbers import answers, told

TODAY = date(2019, 3, 1)
DAY = date(2018, 5, 7)
SCORES = ([2] * 40, [3] * 40, [2, 5] * 40, [5] * 40, [4] * 3)  # clear, wide and too few
TARGETS = (((2.9, date(2018, 1, 1)),), ((3, date(2018, 1, 1)),), ((4.5, date(2017, 1, 1)), (2.5, date(2018, 4, 1))))


def _kpis(world):
    """One KPI for each mix of answers, targets and direction."""
    for number, (scores, targets, direction) in enumerate(product(SCORES, TARGETS, ("higher", "lower"))):
        touchpoint, _ = touchpoints.find_or_create(f"Desk {number}", by=world.ada)
        source = sources.create(f"Survey {number}", by=world.ada)
        kpi, _ = kpis.find_or_create("csat_mean", touchpoint=touchpoint, source=source, scale=Scale(1, 5), by=world.ada)
        Kpi.objects.filter(pk=kpi.pk).update(direction=direction)
        told(kpi, {DAY: answers(*scores)})
        KpiTarget.objects.bulk_create(KpiTarget(kpi=kpi, value=value, valid_from=since) for value, since in targets)


def test_it_finds_what_judging_all_of_them_finds(inside):
    _kpis(inside)
    every = acting.with_target(Kpi.objects.all())
    judged = standings(every, workspace=inside.acme, today=TODAY)
    off = {pk for pk, each in judged.items() if each.now.judged.status == Status.OFF_TARGET}
    assert off == set(acting.off_target(Kpi.objects.all(), workspace=inside.acme, today=TODAY))
    assert 0 < len(off) < len(judged)


def test_it_reads_fewer_than_all(inside):
    _kpis(inside)
    every = acting.with_target(Kpi.objects.all())
    read = standings(every, workspace=inside.acme, today=TODAY, is_missed_alone=True)
    assert 0 < len(read) < every.count()

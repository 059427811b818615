"""The bands of a KPI's chart stand over exactly the periods in which plain SQL says that their target held."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection

from insights.models import Kpi, KpiTarget
from insights.services import kpis
from tests.insights.numbers import answers, new_kpi, told

LOOK = "?per=month&span=12&at=2018-06-01"
HELD = """
    select (select value from insights_kpitarget where kpi_id = %(kpi)s and valid_from <= month.ends_on
            and (valid_until is null or valid_until >= month.ends_on))
    from (select starts_on, (starts_on + interval '1 month' - interval '1 day')::date as ends_on
          from generate_series(date '2017-07-01', date '2018-06-01', interval '1 month') as starts_on) as month
    order by month.starts_on
"""


@pytest.fixture
def monthly(world):
    """Satisfaction from July 2017 to June 2018; what targets it had is the test's."""
    with world.inside():
        kpi = new_kpi(world)
        told(kpi, {date(2017, 7, 10) + timedelta(30 * n): answers(*[3 + n % 3] * 40) for n in range(12)})
        return kpi


def bands(text):
    """What the chart draws: (x, width) of each run of periods, and its areas from top to bottom."""
    found = {}
    pattern = r'<rect data-zone="(\w+)" x="([\d.]+)%" y="([\d.]+)%" width="([\d.]+)%"'
    for status, x, y, width in re.findall(pattern, text):
        found.setdefault((float(x), float(width)), []).append((float(y), status))
    return {where: [status for _y, status in sorted(areas)] for where, areas in found.items()}


def expected(world, kpi):
    """The edges of the runs of equal targets among the twelve months, as shares of the chart."""
    with world.inside(), connection.cursor() as cursor:
        cursor.execute(HELD, {"kpi": kpi.pk})
        held = [row[0] for row in cursor.fetchall()]
    runs, start = [], 0
    for index in range(1, len(held) + 1):
        if index == len(held) or held[index] != held[start]:
            if held[start] is not None:
                runs += [100 * start / 12, 100 * (index - start) / 12]
            start = index
    return runs


def shown(text):
    return [edge for band in bands(text) for edge in band]


def test_without_a_target_there_is_no_band(world, monthly, page):
    assert shown(page(monthly, LOOK)) == []


@pytest.mark.parametrize(
    "targets",
    [
        [(4, date(2016, 1, 1))],
        [(4, date(2017, 11, 1))],
        [(4, date(2017, 11, 15))],  # in the middle of a month: it holds at that month's end, so for the month
        [(4, date(2017, 11, 30)), (3.5, date(2018, 2, 28))],
        [(3, date(2016, 1, 1)), (3.5, date(2018, 1, 1)), (4, date(2018, 3, 2)), (4.5, date(2018, 3, 20))],
    ],
)
def test_bands_stand_where_their_target_held(world, monthly, page, targets):
    with world.inside():
        for value, day in targets:
            kpis.set_target(kpi=monthly, value=value, valid_from=day, by=world.ada)
    assert shown(page(monthly, LOOK)) == pytest.approx(expected(world, monthly), abs=0.02)
    assert expected(world, monthly)


def test_a_target_that_ended_leaves_the_later_periods_without_a_band(world, monthly, page):
    with world.inside():
        days = {"valid_from": date(2017, 9, 1), "valid_until": date(2018, 1, 30)}
        KpiTarget.objects.create(kpi=monthly, value=4, **days)
    text = page(monthly, LOOK)
    assert shown(text) == pytest.approx(expected(world, monthly), abs=0.02)
    assert "Without a band: no target held." in text


@pytest.mark.parametrize(
    ("direction", "from_the_top"),
    [("higher", ["on_target", "watch", "off_target"]), ("lower", ["off_target", "watch", "on_target"])],
)
def test_the_better_side_is_the_one_on_target(world, monthly, page, direction, from_the_top):
    with world.inside():
        Kpi.objects.filter(pk=monthly.pk).update(direction=direction, watch_threshold=0.25)
        kpis.set_target(kpi=monthly, value=4, valid_from=date(2016, 1, 1), by=world.ada)
    text = page(monthly, LOOK)
    assert list(bands(text).values()) == [from_the_top]
    assert "Watch: less than 0.25 better than the target" in text.split('class="trend-key"')[1]

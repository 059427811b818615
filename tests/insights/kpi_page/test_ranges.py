"""The range of the chart: so many periods, a fiscal year, or all there are; within limits, whatever is asked."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from insights.models import Kpi
from insights.queries.ranges import MOST
from orgs.models import Workspace
from tests.insights.numbers import answers, new_kpi, told


@pytest.fixture
def monthly(world):
    """Satisfaction, a day of each month from March 2016 to June 2018."""
    with world.inside():
        kpi = new_kpi(world)
        months = [date(2016 + (n + 2) // 12, (n + 2) % 12 + 1, 15) for n in range(28)]
        told(kpi, {day: answers(*[3 + n % 3] * 40) for n, day in enumerate(months)})
        return kpi


@pytest.fixture
def rows(world, sign_in):
    def _rows(kpi, query):
        answer = sign_in(world.vi).get(f"/w/acme/kpis/{kpi.pk}/readings.csv?{query}")
        return list(csv.DictReader(io.StringIO(answer.getvalue().decode())))

    return _rows


def months(first, last):
    """First days of the months from `first` to `last`, both included, counted plainly."""
    found, day = [], date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        found.append(day.isoformat())
        day = (day + timedelta(31)).replace(day=1)
    return found


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        ("13", "2017-05-01", "2018-05-01"),
        ("24", "2016-06-01", "2018-05-01"),
        ("2", "2018-04-01", "2018-05-01"),
        ("0", "2018-04-01", "2018-05-01"),
        ("all", "2016-01-01", "2018-06-01"),  # the year 2016 has a reading too, and begins with January
        ("nonsense", "2016-06-01", "2018-05-01"),
        ("-5", "2016-06-01", "2018-05-01"),
        ("٣", "2016-06-01", "2018-05-01"),
    ],
)
def test_so_many_periods_end_with_the_one_looked_at(monthly, rows, span, first, last):
    found = rows(monthly, f"per=month&at=2018-05-03&span={span}")
    assert [row["First day"] for row in found] == months(first, last)


@pytest.mark.parametrize(
    ("starts", "first", "last"), [(1, "2017-01-01", "2017-12-01"), (4, "2017-04-01", "2018-03-01")]
)
def test_a_fiscal_year_stands_beside_the_same_periods_of_the_year_before(world, monthly, rows, starts, first, last):
    with world.inside():
        Workspace.objects.filter(pk=world.acme.pk).update(fiscal_year_start=starts)
    found = rows(monthly, "per=month&at=2017-11-01&span=year")
    assert [row["First day"] for row in found] == months(first, last)
    by_day = {row["First day"]: row for row in rows(monthly, "per=month&at=2018-06-01&span=all")}
    for row in found:
        year, month, _day = row["First day"].split("-")
        earlier = by_day.get(f"{int(year) - 1}-{month}-01")
        assert row["Period before"] == (earlier or {"Period": row["Period before"]})["Period"]
        assert row["Value before"] == (earlier["Value"] if earlier else "")


def test_more_than_a_chart_shows_is_cut_and_said(world, monthly, rows, page):
    with world.inside():
        told(monthly, {date(2014, 1, 1): answers(*[4] * 40)})
    assert len(rows(monthly, "per=day&at=2018-06-15&span=99999")) == MOST
    assert len(rows(monthly, "per=day&at=2018-06-15&span=all")) == MOST
    assert f"The latest {MOST} periods: a chart shows no more." in page(monthly, "?per=day&at=2018-06-15&span=all")
    assert "a chart shows no more" not in page(monthly, "?per=month&at=2018-06-15&span=all")


def test_the_choice_is_kept_by_the_period_control_and_marks_the_current_one(monthly, page):
    text = page(monthly, "?per=month&at=2018-05-01&span=13")
    choice = text.split('aria-label="How many periods"')[1].split("</nav>")[0]
    assert re.findall(r'aria-current="true">([^<]+)<', choice) == ["13 months"]
    assert "per=month&amp;at=2018-05-01&amp;span=year" in choice
    assert text.split('aria-label="Period"')[1].split("</nav>")[0].count("span=13") >= 6
    own = page(monthly, "?per=month&at=2018-05-01&span=7").split('aria-label="How many periods"')[1].split("</nav>")[0]
    assert re.findall(r'aria-current="true">([^<]+)<', own) == ["7 months"]


def test_the_file_says_what_each_period_is_compared_with(monthly, rows):
    found = rows(monthly, "per=month&at=2018-05-01&span=13")
    every = {row["Period"]: row for row in rows(monthly, "per=month&at=2018-05-01&span=26")}
    assert [row["Period before"] for row in found][::12] == ["Apr 2016", "Apr 2017"]
    assert all(row["Value before"] == every[row["Period before"]]["Value"] for row in found)
    assert {row["Status in words"] for row in found} == {"No target"}


def test_nobody_asked_is_the_latest_finished_period_and_the_chart_goes_on(world, monthly, rows, page):
    today = timezone.now().date()
    finished = (today.replace(day=1) - timedelta(1)).replace(day=1)
    with world.inside():
        Kpi.objects.filter(pk=monthly.pk).update(reporting_period="month")
        told(monthly, {finished: answers(*[5] * 40), today: answers(*[2] * 40)}, now=timezone.now())
    text = page(monthly)
    assert f'<span class="period-label" aria-live="off">{finished:%b %Y}</span>' in text
    assert f"at={today.replace(day=1)}" in text.split('rel="next"')[0].rsplit("<a ", 1)[1]
    assert [row["Value"] for row in rows(monthly, "")][-2:] == ["5.0", "2.0"]
    assert [row["First day"] for row in rows(monthly, "span=all")][0] == "2016-01-01"  # the year 2016 has a reading
    assert rows(monthly, f"per=month&at={finished}")[-1]["First day"] == f"{finished}"

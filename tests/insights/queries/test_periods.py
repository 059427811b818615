"""Which period a page looks at: what its address asks for, else the latest with data; nonsense counts as not asked."""

from datetime import date

import pytest

from insights.models import Source
from insights.queries.periods import choose
from tests.insights.numbers import answers, new_kpi, told

TODAY = date(2018, 9, 3)


@pytest.fixture
def look(inside):
    def _look(per="", at="", **also):
        inside.acme.refresh_from_db()
        return choose(grain=per, at=at, workspace=inside.acme, today=TODAY, **also)

    return _look


@pytest.fixture
def kpi(inside):
    kpi = new_kpi(inside)
    told(kpi, {date(2017, 3, 1): answers(5), date(2018, 5, 7): answers(4)})
    return kpi


def test_without_a_wish_it_is_the_latest_year_with_data(look, kpi):
    assert look().period.label == "2018"
    assert look(per="month").period.label == "May 2018"
    assert look(per="day").period.label == "7 May 2018"


def test_without_data_it_is_today(look):
    assert look(per="day").period.starts_on == TODAY


@pytest.mark.parametrize(
    ("per", "at", "label"),
    [
        ("day", "2018-05-01", "1 May 2018"),
        ("month", "2017-12-31", "Dec 2017"),
        ("year", "2016-02-29", "2016"),
        ("week", "2018-05-09", "Week of 7 May 2018"),
        ("quarter", "2018-05-07", "Q2 2018"),
        ("DAY", "2018-05-07", "2018"),
        ("year", "yesterday", "2018"),
        ("year", "2018-02-30", "2018"),
        ("year", "0001-01-01", "2018"),
        ("year", "9999-12-31", "2018"),
        ("<b>", "'; drop table", "2018"),
    ],
)
def test_an_address_is_followed_where_it_can_be_read(look, kpi, per, at, label):
    assert look(per, at).period.label == label


def test_one_can_go_back_to_the_first_data_and_forth_to_today(look, kpi):
    first = look("year", "2017-01-01", kpis=[kpi])
    assert first.previous is None
    assert first.next.label == "2018"
    assert look("year", "2018-01-01", kpis=[kpi]).next is None
    assert look("month", "2018-08-01").next.label == "Sep 2018"
    assert look("month", "2018-09-01").next is None


@pytest.mark.parametrize("at", ["1900-01-01", "2199-12-31"])
@pytest.mark.parametrize("per", ["day", "week", "month", "quarter", "year"])
def test_the_edges_of_the_calendar_hold(look, kpi, per, at):
    choice = look(per, at)
    assert choice.period.covers(date.fromisoformat(at))
    assert choice.previous is None or choice.previous < choice.period
    assert choice.next is None or choice.next > choice.period


def test_another_grain_stays_inside_the_period_as_late_as_there_are_data(look, kpi):
    assert look("year", "2018-01-01").of_grain("month") == date(2018, 5, 7)
    assert look("day", "2018-05-07").of_grain("day") == date(2018, 5, 7)
    assert look("year", "2017-01-01").of_grain("month") == date(2017, 12, 31)


def test_the_fiscal_year_is_the_workspaces(look, kpi, inside):
    inside.acme.fiscal_year_start = 4
    inside.acme.save()
    assert look("year", "2018-03-31").period.label == "FY 2017/18"


def test_an_outsiders_data_move_nothing(look, kpi, inside):
    before = look(per="day")
    with inside.inside_umbra():
        Source.objects.update(data_through=date(2018, 9, 1))
    assert look(per="day") == before
    Source.objects.update(data_through=date(2018, 9, 1))
    assert look(per="day").last_day == date(2018, 9, 1)

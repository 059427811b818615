"""What a file part says becomes readings of every longer period; a correction leaves no trace of what was before."""

from datetime import date
from uuid import uuid4

import pytest

from insights.measures.parts import ReadyValue, SumParts
from insights.models import Reading, ReadingPart
from insights.pipelines.readings import Entry, WrongGrain, replace
from tests.insights.numbers import NOW, answers, new_kpi, reading, told, values

MON, TUE, JUNE = date(2018, 5, 7), date(2018, 5, 8), date(2018, 6, 1)


def test_a_day_fills_week_month_quarter_and_year(inside):
    kpi = new_kpi(inside)
    told(kpi, {MON: answers(5, 4)})
    assert values(kpi) == {
        ("day", "2018-05-07"): 4.5,
        ("week", "2018-05-07"): 4.5,
        ("month", "2018-05-01"): 4.5,
        ("quarter", "2018-04-01"): 4.5,
        ("year", "2018-01-01"): 4.5,
    }


def test_days_and_files_add_up_by_answers_not_by_averages(inside):
    kpi = new_kpi(inside)
    told(kpi, {MON: answers(5, 5, 5, asked=4), TUE: answers(1, asked=2)})
    told(kpi, {TUE: answers(2, asked=1)})
    month = reading(kpi, "month", date(2018, 5, 1))
    assert month.value == pytest.approx((5 + 5 + 5 + 1 + 2) / 5)
    assert (month.answered, month.asked) == (5, 7)
    assert reading(kpi, "day", TUE).value == 1.5


def test_the_calendar_is_the_workspaces_own(inside):
    inside.acme.week_start, inside.acme.fiscal_year_start = 6, 4
    inside.acme.save()
    kpi = new_kpi(inside)
    told(kpi, {date(2018, 3, 31): answers(5)})
    assert {("week", "2018-03-25"), ("quarter", "2018-01-01"), ("year", "2017-04-01")} <= values(kpi).keys()


def test_a_correction_takes_back_what_it_no_longer_says(inside):
    kpi = new_kpi(inside)
    part = told(kpi, {MON: answers(1), JUNE: answers(1)})
    told(kpi, {TUE: answers(4)}, part_of=part)
    assert {key for key in values(kpi) if key[0] in {"day", "month"}} == {
        ("day", "2018-05-08"),
        ("month", "2018-05-01"),
    }
    assert reading(kpi, "year", date(2018, 1, 1)).value == 4


def test_a_correction_leaves_what_other_files_said(inside):
    kpi = new_kpi(inside)
    told(kpi, {MON: answers(5)})
    part = told(kpi, {MON: answers(1)})
    told(kpi, {}, part_of=part)
    assert reading(kpi, "day", MON).value == 5


def test_taking_everything_back_leaves_nothing(inside):
    kpi = new_kpi(inside)
    part = told(kpi, {MON: answers(5)})
    told(kpi, {}, part_of=part)
    assert not Reading.objects.exists()
    assert not ReadingPart.objects.exists()


def test_the_same_again_changes_no_number(inside):
    kpi = new_kpi(inside)
    part = told(kpi, {MON: answers(5, 3, weights=[1, 2])})
    before = list(Reading.objects.order_by("id").values())
    told(kpi, {MON: answers(5, 3, weights=[1, 2])}, part_of=part)
    assert list(Reading.objects.order_by("id").values()) == before


def test_one_kpis_correction_does_not_touch_another(inside):
    csat, nps = new_kpi(inside), new_kpi(inside, "count", scale=None)
    told(nps, {MON: SumParts.of([1, 1])})
    part = told(csat, {MON: answers(5)})
    told(csat, {}, part_of=part)
    assert reading(nps, "year", date(2018, 1, 1)).value == 2


def test_nobody_asked_and_nobody_answering_are_no_value(inside):
    kpi = new_kpi(inside)
    told(kpi, {MON: answers(asked=0), TUE: answers(asked=9)})
    monday, tuesday = reading(kpi, "day", MON), reading(kpi, "day", TUE)
    assert (monday.value, monday.asked, monday.answered) == (None, 0, 0)
    assert (tuesday.value, tuesday.asked, tuesday.answered) == (None, 9, 0)


def test_a_ready_value_stays_in_its_own_period(inside):
    kpi = new_kpi(inside, "nps", scale=None, grain="month")
    told(kpi, {date(2018, 5, 1): ReadyValue(40, answered=100), date(2018, 6, 1): ReadyValue(20, answered=10)})
    assert values(kpi) == {("month", "2018-05-01"): 40, ("month", "2018-06-01"): 20}
    assert reading(kpi, "month", date(2018, 5, 1)).low is None


def test_of_two_ready_values_the_later_counts(inside):
    kpi = new_kpi(inside, "nps", scale=None, grain="year")
    told(kpi, {date(2018, 1, 1): ReadyValue(40)})
    told(kpi, {date(2018, 1, 1): ReadyValue(10)})
    assert values(kpi) == {("year", "2018-01-01"): 10}


@pytest.mark.parametrize(
    ("first", "then", "value"), [(ReadyValue(2), answers(5, 3), 4), (answers(5, 3), ReadyValue(2), 2)]
)
def test_a_ready_value_and_answers_are_never_mixed_the_later_counts(inside, first, then, value):
    kpi = new_kpi(inside)
    told(kpi, {MON: first})
    told(kpi, {MON: then})
    assert reading(kpi, "day", MON).value == value


def test_another_grain_than_the_kpis_is_refused_before_anything_is_written(inside):
    kpi = new_kpi(inside)
    with pytest.raises(WrongGrain, match="measured by day, not by month"):
        replace(uuid4(), [Entry(kpi.pk, "month", date(2018, 5, 1), "", answers(5))], now=NOW)
    assert not ReadingPart.objects.exists()


def test_a_foreign_kpi_takes_nothing(inside):
    foreign = inside.umbra_rows["kpi"]
    with pytest.raises(KeyError):
        replace(uuid4(), [Entry(foreign.pk, "day", MON, "", answers(5))], now=NOW)

"""What a KPI's card says: value, status, sample, change, and where another period stands in for an empty one."""

from datetime import UTC, date, datetime

import pytest

from cxhub.lib.periods import Grain, period_of
from insights.measures.base import Scale
from insights.measures.parts import ReadyValue, ScoreParts
from insights.queries.tiles import tiles
from insights.services import kpis
from tests.insights.numbers import answers, new_kpi, told

JAN, MAY = date(2017, 1, 10), date(2018, 5, 7)
TODAY = date(2019, 2, 1)
GOOD = ScoreParts({5: 60, 4: 40}, asked=200)
BAD = ScoreParts({5: 10, 1: 90}, asked=200)


@pytest.fixture
def card(inside):
    def _card(kpi, day=MAY, grain=Grain.YEAR, today=TODAY, length=0):
        now = datetime(2019, 2, 1, tzinfo=UTC)
        period = period_of(day, grain)
        return tiles([kpi], period, workspace=inside.acme, today=today, now=now, length=length)[0]

    return _card


def set_target(inside, kpi, value, valid_from=date(2018, 1, 1)):
    kpis.set_target(kpi=kpi, value=value, valid_from=valid_from, by=inside.ada)


def test_says_value_scale_sample_and_source(inside, card):
    kpi = new_kpi(inside)
    told(kpi, {MAY: GOOD})
    tile = card(kpi)
    assert (tile.value_text, tile.value_suffix, tile.sample_text) == ("4.60", "of 5", "100 of 200 answered (50 %)")
    assert (tile.source_text, tile.data_through_text, tile.period_text) == ("Survey", "Data through 7 May 2018", "2018")


@pytest.mark.parametrize(
    ("parts", "target", "status"),
    [
        (GOOD, 4, "on_target"),
        (GOOD, 4.6, "watch"),
        (BAD, 4, "off_target"),
        (GOOD, None, "no_target"),
        (answers(5, 5, 5), 4, "too_few"),
        (answers(asked=9), 4, "no_data"),
    ],
)
def test_says_how_the_value_stands(inside, card, parts, target, status):
    kpi = new_kpi(inside)
    told(kpi, {MAY: parts})
    if target:
        set_target(inside, kpi, target)
    assert card(kpi).status == status


def test_a_running_period_is_provisional_and_says_what_it_would_be(inside, card):
    kpi = new_kpi(inside)
    told(kpi, {MAY: GOOD})
    set_target(inside, kpi, 4)
    tile = card(kpi, today=date(2018, 12, 31))
    assert (tile.status, tile.would_be) == ("provisional", "on_target")
    assert card(kpi, today=date(2019, 1, 1)).status == "on_target"


def test_an_interval_that_ends_at_zero_is_an_interval(inside, card):
    kpi = new_kpi(inside, "nps", scale=None)
    told(kpi, {MAY: ReadyValue(-5, answered=100)})
    set_target(inside, kpi, -2)
    told(kpi, {})
    row = kpi.readings.filter(grain="day").get()
    row.low, row.high = -10.0, 0.0
    row.save()
    assert card(kpi, grain=Grain.DAY).status == "watch"


def test_an_empty_period_falls_back_to_the_latest_with_a_value_and_says_so(inside, card):
    kpi = new_kpi(inside)
    told(kpi, {JAN: GOOD})
    tile = card(kpi)
    assert (tile.value_text, tile.period_text) == ("4.60", "2017")
    assert tile.fallback_text == "No answers in 2018; showing 2017"
    assert tile.change_text == ""


def test_a_period_in_which_nobody_was_asked_says_that(inside, card):
    kpi = new_kpi(inside)
    told(kpi, {JAN: GOOD, MAY: answers(asked=0)})
    assert card(kpi).fallback_text == "Not asked in 2018; showing 2017"


@pytest.mark.parametrize(
    ("grain", "own", "first_day", "text"),
    [
        (Grain.YEAR, "month", date(2018, 5, 1), "No value for 2018 as a whole; showing May 2018"),
        (Grain.YEAR, "quarter", date(2018, 4, 1), "No value for 2018 as a whole; showing Q2 2018"),
        (Grain.YEAR, "week", date(2018, 5, 7), "No value for 2018 as a whole; showing the week of 7 May 2018"),
        (Grain.DAY, "month", date(2018, 5, 1), "No value for 7 May 2018 as a whole; showing May 2018"),
    ],
)
def test_a_ready_value_is_shown_in_its_own_period_where_longer_ones_have_none(
    inside, card, grain, own, first_day, text
):
    kpi = new_kpi(inside, "nps", scale=None, grain=own)
    told(kpi, {date(2017, 1, 2): ReadyValue(1), first_day: ReadyValue(30, answered=50)})
    tile = card(kpi, grain=grain)
    assert (tile.value_text, tile.fallback_text) == ("30.00", text)


def test_never_falls_forward(inside, card):
    kpi = new_kpi(inside)
    told(kpi, {MAY: GOOD})
    tile = card(kpi, JAN)
    assert (tile.value_text, tile.status, tile.fallback_text) == ("", "no_data", "")


def test_not_asked_without_any_earlier_value_is_no_data_and_never_0(inside, card):
    kpi = new_kpi(inside)
    told(kpi, {MAY: answers(asked=0)})
    tile = card(kpi)
    assert (tile.value_text, tile.status, tile.sample_text) == ("", "no_data", "Not asked in this period")


def test_the_weighted_value_stands_beside_and_does_not_lead(inside, card):
    kpi = new_kpi(inside)
    told(kpi, {MAY: answers(5, 1, weights=[3, 1])})
    tile = card(kpi)
    assert (tile.value_text, tile.weighted_text) == ("3.00", "Weighted 4.00")
    told(kpi, {MAY: answers(2)})
    assert card(kpi).weighted_text == ""


def test_a_ready_value_says_that_it_is_judged_bare(inside, card):
    kpi = new_kpi(inside, "nps", scale=None, grain="year")
    told(kpi, {date(2018, 1, 1): ReadyValue(30, answered=50)})
    set_target(inside, kpi, 40)
    tile = card(kpi)
    assert (tile.status, tile.gap_text) == ("off_target", "10.00 worse, judged without an interval")


def test_a_clear_change_has_a_direction_an_unclear_one_does_not(inside, card):
    kpi = new_kpi(inside)
    told(kpi, {JAN: BAD, MAY: GOOD})
    tile = card(kpi)
    assert (tile.change_text, tile.change_direction) == ("Up 3.20 since 2017", "up")
    told(kpi, {date(2019, 1, 2): ScoreParts({5: 61, 4: 39}, asked=200)})
    unclear = card(kpi, date(2019, 1, 2), today=date(2020, 1, 1))
    assert (unclear.change_text, unclear.change_direction) == ("No clear change since 2018", "flat")


def test_the_sparkline_keeps_its_gaps_and_starts_with_the_first_value(inside, card):
    kpi = new_kpi(inside)
    told(kpi, {date(2014, 1, 1): answers(4), date(2016, 1, 1): answers(2)})
    assert card(kpi, date(2016, 1, 1)).spark["values"] == [4, None, 2]


def test_0_is_a_value(inside, card):
    kpi = new_kpi(inside, "nps", scale=Scale(0, 10))
    told(kpi, {MAY: answers(0, 10)})
    assert card(kpi).value_text == "0.00"

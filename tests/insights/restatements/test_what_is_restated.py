"""A finished period that had been shown and now says another number is restated; whatever else happens is not."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from insights.measures.parts import SumParts
from insights.models import Reading, Restatement
from insights.pipelines import restating
from insights.pipelines.readings import Entry, WrongGrain, replace
from insights.services import sources
from orgs.models import AuditEntry
from tests.insights.numbers import answers, new_kpi, told

FIRST = datetime(2018, 6, 10, 12, tzinfo=UTC)
LATER = FIRST + timedelta(days=3)
MAY7, MAY8 = date(2018, 5, 7), date(2018, 5, 8)
ALL_OF_MAY7 = {("day", "2018-05-07"), ("week", "2018-05-07"), ("month", "2018-05-01"), ("quarter", "2018-04-01")}


def restated():
    return {(each.grain, each.starts_on.isoformat()) for each in Restatement.objects.all()}


def change(kpi, part, days, *, now=LATER, **how):
    """Let a file part say something else than before."""
    return replace(part, [Entry(kpi.pk, kpi.grain, day, "", said) for day, said in days.items()], now=now, **how)


def test_a_first_delivery_restates_nothing(inside):
    told(new_kpi(inside), {MAY7: answers(5, 4), MAY8: answers(3)}, now=FIRST)
    assert restated() == set()


def test_a_changed_day_restates_it_and_each_finished_period_around_it_alone(inside):
    kpi = new_kpi(inside)
    part = told(kpi, {MAY7: answers(5, 4), MAY8: answers(3), date(2018, 4, 2): answers(2)}, now=FIRST)
    change(kpi, part, {MAY7: answers(5, 5), MAY8: answers(3), date(2018, 4, 2): answers(2)})
    # The quarter and the year still run on 13 June: their numbers were never final.
    assert restated() == ALL_OF_MAY7 - {("quarter", "2018-04-01")}


def test_it_says_from_what_to_what_when_and_why(inside):
    kpi = new_kpi(inside)
    part = told(kpi, {MAY7: answers(5, 4)}, now=FIRST)
    change(kpi, part, {MAY7: answers(5, 5, 5)}, reason="“may.csv” replaced 1 day", run_path="runs/7/")
    found = Restatement.objects.get(grain="day")
    assert (found.old_value, found.old_answered, found.new_value, found.new_answered) == (4.5, 2, 5, 3)
    assert (found.reason, found.run_path, found.at) == ("“may.csv” replaced 1 day", "runs/7/", LATER)


def test_the_same_again_in_another_order_is_no_other_number(inside):
    kpi = new_kpi(inside, "total", scale=None)
    part = told(kpi, {MAY7: SumParts(3, 0.1 + 0.2 + 0.3, 1.0)}, now=FIRST)
    change(kpi, part, {MAY7: SumParts(3, 0.3 + 0.2 + 0.1, 1.0)})
    assert restated() == set()


def test_a_day_that_still_ran_when_it_was_written_is_only_finished(inside):
    kpi = new_kpi(inside)
    evening = datetime(2018, 5, 7, 18, tzinfo=UTC)
    part = told(kpi, {MAY7: answers(5, 4)}, now=evening)
    change(kpi, part, {MAY7: answers(5, 4, 1)}, now=evening + timedelta(hours=12))
    assert restated() == set()


def test_a_day_that_was_final_because_nothing_new_came_is_restated(inside):
    kpi = new_kpi(inside)
    evening = datetime(2018, 5, 7, 18, tzinfo=UTC)
    part = told(kpi, {MAY7: answers(5, 4)}, now=evening)
    sources.refreshed(kpi.source, at=evening, data_through=MAY7, run_path="runs/1/")
    sources.refreshed(
        kpi.source, at=evening + timedelta(hours=12), data_through=None, run_path="runs/2/"
    )  # nothing new
    change(kpi, part, {MAY7: answers(5, 5)}, now=evening + timedelta(hours=36))
    assert restated() == {("day", "2018-05-07")}
    assert Reading.objects.get(grain="day").written_at == evening + timedelta(hours=36)


def test_a_day_whose_source_could_not_be_asked_when_it_was_over_is_only_finished(inside):
    kpi = new_kpi(inside)
    evening = datetime(2018, 5, 7, 18, tzinfo=UTC)
    part = told(kpi, {MAY7: answers(5, 4)}, now=evening)
    sources.refreshed(kpi.source, at=evening, data_through=MAY7, run_path="runs/1/")
    sources.failed(kpi.source, trouble="It does not answer.", run_path="runs/2/", at=evening + timedelta(hours=12))
    change(kpi, part, {MAY7: answers(5, 5)}, now=evening + timedelta(hours=36))
    assert restated() == set()


def test_the_day_ends_at_midnight_of_the_workspace(inside):
    kpi = new_kpi(inside)
    after_midnight_in_berlin = datetime(2018, 5, 7, 22, 30, tzinfo=UTC)
    part = told(kpi, {MAY7: answers(5, 4)}, now=after_midnight_in_berlin)
    change(kpi, part, {MAY7: answers(5, 5)}, now=after_midnight_in_berlin + timedelta(minutes=1))
    assert restated() == {("day", "2018-05-07")}


def test_days_that_go_on_where_the_source_stopped_complete_a_month_and_do_not_restate_it(inside):
    kpi = new_kpi(inside)
    told(kpi, {MAY7: answers(5, 4)}, now=FIRST)
    told(kpi, {date(2018, 5, 30): answers(1)}, now=LATER)
    assert restated() == set()


def test_a_whole_history_sent_again_with_one_more_day_restates_nothing(inside):
    kpi = new_kpi(inside)
    part = told(kpi, {MAY7: answers(5, 4)}, now=FIRST)
    change(kpi, part, {MAY7: answers(5, 4), date(2018, 5, 30): answers(1)})
    assert restated() == set()


def test_a_late_day_restates_the_finished_periods_it_goes_into(inside):
    kpi = new_kpi(inside)
    told(kpi, {MAY7: answers(5, 4), date(2018, 5, 20): answers(4)}, now=FIRST)
    told(kpi, {MAY8: answers(1)}, now=LATER)
    assert restated() == {("week", "2018-05-07"), ("month", "2018-05-01")}


def test_a_number_taken_back_is_restated_to_no_data(inside):
    kpi = new_kpi(inside)
    part = told(kpi, {MAY7: answers(5, 4), MAY8: answers(4)}, now=FIRST)
    change(kpi, part, {MAY8: answers(4)})
    assert Restatement.objects.get(grain="day").new_value is None


def test_taking_out_and_putting_in_is_one_delivery(inside):
    kpi = new_kpi(inside)
    old = told(kpi, {MAY7: answers(5, 4), MAY8: answers(3)}, now=FIRST)
    with restating.delivery(at=LATER, reason="“new.csv” replaced 2 days"):
        change(kpi, old, {})
        change(kpi, uuid4(), {MAY7: answers(5, 5), MAY8: answers(3)})
    assert restated() == ALL_OF_MAY7 - {("quarter", "2018-04-01")}
    assert {each.old_value for each in Restatement.objects.filter(grain="day")} == {4.5}


def test_a_source_with_longer_periods_is_restated_by_them(inside):
    kpi = new_kpi(inside, grain="month")
    part = told(kpi, {date(2017, 5, 1): answers(5, 4), date(2017, 6, 1): answers(4)}, now=FIRST)
    change(kpi, part, {date(2017, 5, 1): answers(1), date(2017, 6, 1): answers(4)})
    assert restated() == {("month", "2017-05-01"), ("quarter", "2017-04-01"), ("year", "2017-01-01")}


def test_each_kpi_has_one_audit_entry_that_names_its_changes(inside):
    kpi = new_kpi(inside)
    part = told(kpi, {MAY7: answers(5, 4)}, now=FIRST)
    change(kpi, part, {MAY7: answers(5, 5)}, reason="“may.csv” replaced 1 day")
    entry = AuditEntry.objects.get(action="kpi.restate")
    assert (entry.subject_id, entry.after["reason"]) == (kpi.pk, "“may.csv” replaced 1 day")
    assert {"grain": "day", "from": "2018-05-07", "old": 4.5, "new": 5.0} in entry.after["changes"]


def half_of_it(kpi, part):
    change(kpi, part, {MAY7: answers(5, 5)})
    replace(uuid4(), [Entry(kpi.pk, "month", MAY7, "", answers(1))], now=LATER)


def test_a_delivery_that_fails_restates_nothing(inside):
    kpi = new_kpi(inside)
    part = told(kpi, {MAY7: answers(5, 4)}, now=FIRST)
    with pytest.raises(WrongGrain), restating.delivery(at=LATER):
        half_of_it(kpi, part)
    assert restated() == set()
    change(kpi, part, {MAY7: answers(5, 5)})  # and leaves nothing behind for the next one
    assert Reading.objects.get(kpi=kpi, grain="day").value == 5


def test_it_asks_as_many_queries_for_one_day_as_for_a_hundred(inside, django_assert_max_num_queries):
    kpi = new_kpi(inside)
    days = {date(2017, 1, 1) + timedelta(days=n): answers(5, 4) for n in range(100)}
    part = told(kpi, days, now=FIRST)
    sources.refreshed(kpi.source, at=FIRST, data_through=max(days), run_path="")
    with django_assert_max_num_queries(18):
        change(kpi, part, dict.fromkeys(days, answers(3)))
    assert Restatement.objects.filter(grain="day").count() == 100

"""A target holds for the days it was set for: a new one changes no past, and a period is judged by its last day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cxhub.lib.periods import Grain, period_of
from insights.models import KpiTarget
from insights.queries.targets import Targets
from insights.services import kpis
from orgs.models import AuditEntry
from tests.insights.numbers import new_kpi


@pytest.fixture
def kpi(inside):
    return new_kpi(inside)


@pytest.fixture
def set_from(inside, kpi):
    def _set(value, day):
        return kpis.set_target(kpi=kpi, value=value, valid_from=day, by=inside.ada)

    return _set


def held(kpi, day, grain=Grain.DAY):
    return Targets([kpi.pk]).of(kpi.pk, period_of(day, grain))


def test_holds_from_its_first_day_on(kpi, set_from):
    set_from(4.2, date(2018, 1, 1))
    assert held(kpi, date(2017, 12, 31)) is None
    assert held(kpi, date(2018, 1, 1)) == held(kpi, date(2099, 1, 1)) == 4.2


def test_a_new_one_leaves_the_past_as_it_was_judged(kpi, set_from):
    set_from(4.2, date(2018, 1, 1))
    set_from(4.5, date(2018, 7, 1))
    assert held(kpi, date(2018, 6, 30)) == 4.2
    assert held(kpi, date(2018, 7, 1)) == 4.5
    assert held(kpi, date(2018, 6, 1), Grain.MONTH) == 4.2
    assert held(kpi, date(2018, 1, 1), Grain.YEAR) == 4.5


def test_one_set_between_two_ends_where_the_later_begins(kpi, set_from):
    set_from(4.0, date(2018, 1, 1))
    set_from(5.0, date(2018, 12, 1))
    set_from(4.5, date(2018, 6, 1))
    found = KpiTarget.objects.order_by("valid_from").values_list("value", "valid_from", "valid_until")
    assert list(found) == [
        (4.0, date(2018, 1, 1), date(2018, 5, 31)),
        (4.5, date(2018, 6, 1), date(2018, 11, 30)),
        (5.0, date(2018, 12, 1), None),
    ]


def test_one_set_before_all_others_ends_where_they_begin(kpi, set_from):
    set_from(5.0, date(2018, 12, 1))
    set_from(4.0, date(2018, 1, 1))
    assert held(kpi, date(2018, 11, 30)) == 4.0
    assert held(kpi, date(2018, 12, 1)) == 5.0


def test_set_again_for_the_same_day_it_is_changed(kpi, set_from):
    set_from(4.0, date(2018, 1, 1))
    set_from(4.4, date(2018, 1, 1))
    assert KpiTarget.objects.count() == 1
    assert held(kpi, date(2018, 1, 1)) == 4.4


def test_the_entry_says_what_held_before(set_from):
    set_from(4.0, date(2018, 1, 1))
    set_from(4.4, date(2018, 7, 1))
    entry = AuditEntry.objects.filter(action="kpi.set_target").latest("id")
    assert entry.before == {"value": 4.0, "from": "2018-01-01"}
    assert entry.after == {"value": 4.4, "from": "2018-07-01"}


def test_0_is_a_target(kpi, set_from):
    set_from(0, date(2018, 1, 1))
    assert held(kpi, date(2018, 1, 1)) == 0


def test_the_database_refuses_one_that_ends_before_it_begins(kpi):
    with pytest.raises(IntegrityError), transaction.atomic():
        KpiTarget.objects.create(kpi=kpi, value=1, valid_from=date(2018, 2, 1), valid_until=date(2018, 1, 1))


def test_an_outsiders_target_holds_for_nobody_else(inside):
    foreign = inside.umbra_rows["kpi"]
    assert held(foreign, date(2018, 5, 7)) is None

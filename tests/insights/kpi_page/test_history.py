"""The history of a KPI's definition is told in words, field by field: no names of columns, no raw days."""

from datetime import date

import pytest
from django.utils import timezone

from insights.models import Kpi
from insights.queries import kpi_history
from insights.services import kpis, trust
from tests.insights.numbers import new_kpi


@pytest.fixture
def newest(world, kpi):
    """Returns a function that makes a change and gives the newest line of the history."""

    def _newest(change):
        with world.inside():
            change(Kpi.objects.get(pk=kpi.pk))
            return kpi_history.of(kpi)[0].sentence

    return _newest


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "Contentment", "the name from none of its own to “Contentment”"),
        ("unit", "stars", "the unit from none of its own to “stars”"),
        ("direction", "lower", "which way is good from “Higher is better” to “Lower is better”"),
        ("reporting_period", "month", "the reporting period from “Year” to “Month”"),
        (
            "is_outcome",
            False,
            "whether it sets health from “As its measure says: yes” to “No, it is a means”",
        ),
        ("smallest_sample", 1, "the smallest sample from 30 answers to 1 answer"),
        ("watch_threshold", 0.125, "the watch distance from 0.00 to 0.125"),
    ],
)
def test_each_field_of_the_definition_has_its_words(world, newest, field, value, words):
    assert newest(lambda kpi: kpis.define(kpi=kpi, by=world.max, **{field: value})) == f"Max changed {words}"


def test_several_fields_stand_in_one_line(world, newest):
    told = newest(lambda kpi: kpis.define(kpi=kpi, by=world.max, unit="stars", reporting_period="day"))
    assert told == "Max changed the unit from none of its own to “stars”; the reporting period from “Year” to “Day”"


@pytest.mark.parametrize(
    ("value", "day", "words"),
    [
        (4.5, date(2018, 3, 1), "Max changed the target from 4.00 to 4.50, from 1 March 2018"),
        (4.0004, date(2018, 3, 1), "Max changed the target from 4.0000 to 4.0004, from 1 March 2018"),
        (4, date(2018, 3, 1), "Max kept the target 4.00, from 1 March 2018"),
        (2, date(2010, 12, 31), "Max set the target 2.00, from 31 December 2010"),
    ],
)
def test_a_target_says_from_what_to_what_and_from_when(world, newest, value, day, words):
    assert newest(lambda kpi: kpis.set_target(kpi=kpi, value=value, valid_from=day, by=world.max)) == words


def test_owner_certificate_and_its_end_are_told(world, newest):
    now = timezone.now()
    told = newest(lambda kpi: trust.certify(kpi=kpi, by=world.con, now=now))
    assert told.startswith("Con certified the number as “Satisfaction")
    ended = newest(lambda kpi: trust.source_changed(source=kpi.source, because="It reads another column.", by=None))
    assert ended == "The certificate of Con ended: It reads another column."
    assert newest(lambda kpi: trust.name_owner(kpi=kpi, owner=None, by=world.max)) == (
        "Max changed the owner from Con to nobody"
    )


def test_the_official_source_is_told_with_what_it_takes_the_place_of(world, kpi, newest):
    with world.inside():
        other = new_kpi(world)
    told = {"by": world.eli, "now": timezone.now()}
    first = newest(lambda kpi: kpis.make_official(kpi=kpi, reason="It asks everybody.", **told))
    assert first == "Eli made Survey the official source: It asks everybody."
    second = newest(lambda kpi: kpis.make_official(kpi=other, reason="It is newer.", **told))
    assert second == "Eli changed the official source from Survey to Survey: It is newer."


def test_a_renamed_number_says_that_its_source_is_official_no_more(world, kpi, newest):
    with world.inside():
        new_kpi(world)
        kpis.make_official(kpi=kpi, reason="It asks everybody.", by=world.eli, now=timezone.now())
    told = newest(lambda kpi: kpis.define(kpi=kpi, by=world.max, name="Other"))
    assert told.endswith("to “Other”. Survey is the official source no more")

"""Two runs that touch the same KPI take turns, so that neither builds a reading from half of what is known."""

from datetime import date
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.db import connection

from insights.pipelines.readings import Entry, replace
from tests.insights.numbers import NOW, answers, new_kpi, reading, told

MON = date(2018, 5, 7)


@pytest.mark.django_db(transaction=True)
def test_taking_a_file_back_while_another_lands_keeps_the_others_numbers_alone(committed_world):
    with committed_world.inside():
        kpi = new_kpi(committed_world)
        going = told(kpi, {MON: answers(1, 1, 1)})
    taken_back, may_commit = Event(), Event()

    def take_back():
        with committed_world.inside():
            replace(going, [], now=NOW)
            taken_back.set()
            may_commit.wait(timeout=20)
        connection.close()

    def land():
        with committed_world.inside():
            replace(uuid4(), [Entry(kpi.pk, "day", MON, "", answers(5))], now=NOW)
        connection.close()

    first, second = Thread(target=take_back), Thread(target=land)
    first.start()
    assert taken_back.wait(timeout=20)
    second.start()
    second.join(timeout=1)
    waited = second.is_alive()
    may_commit.set()
    first.join(timeout=20)
    second.join(timeout=20)
    assert waited
    with committed_world.inside():
        for grain, starts_on in (("day", MON), ("month", date(2018, 5, 1)), ("year", date(2018, 1, 1))):
            assert (reading(kpi, grain, starts_on).value, reading(kpi, grain, starts_on).answered) == (5, 1)

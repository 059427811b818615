"""A pulse opens on the first Monday and closes twelve days later, by itself, once, where an administrator wants it."""

from datetime import date, timedelta

import pytest

from insights.models import Kpi, Pulse, PulsePlan
from insights.queries import pulses as queries
from insights.services import closing, pulses
from orgs.models import AuditEntry, Notification
from tests.days import local_today
from tests.insights.belief.company import ask, measured, opened, sweep


def day_of(number):
    """So many days after this month's pulse opens."""
    return queries.days_of(local_today()).opens_on + timedelta(days=number)


@pytest.mark.parametrize(
    ("day", "opens_on", "closes_on"),
    [
        (date(2026, 11, 29), date(2026, 11, 2), date(2026, 11, 13)),
        (date(2026, 6, 1), date(2026, 6, 1), date(2026, 6, 12)),  # a month that begins on a Monday
        (date(2026, 2, 3), date(2026, 2, 2), date(2026, 2, 13)),
        (date(2026, 8, 31), date(2026, 8, 3), date(2026, 8, 14)),
    ],
)
def test_the_days_of_a_month(day, opens_on, closes_on):
    found = queries.days_of(day)
    assert (found.opens_on, found.closes_on) == (opens_on, closes_on)
    assert (opens_on.weekday(), closes_on.weekday()) == (0, 4)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 11, 14), date(2026, 12, 14)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_executives_wait_a_month(day, after):
    assert closing.a_month_after(day) == after


def test_nobody_is_asked_before_an_administrator_says_so(world):
    with world.inside():
        measured(world)
        assert sweep(day_of(0)) == 0
        assert not Pulse.objects.exists()


def test_it_opens_on_its_day_once_and_tells_everybody_once(world):
    with world.inside():
        kpi = measured(world)
        ask(world, kpi)
        assert sweep(day_of(-1)) == 0
        assert (sweep(day_of(0)), sweep(day_of(0)), sweep(day_of(1))) == (1, 0, 0)
        pulse = Pulse.objects.get()
        assert (pulse.opens_on, pulse.closes_on, pulse.closed_on) == (day_of(0), day_of(11), None)
        question = pulse.questions.get()
        assert (question.kpi, question.low, question.high, question.score) == (kpi, 1, 5, None)
        told = Notification.objects.filter(kind="pulse.opened")
        assert {each.member for each in told} == set(world.cast.values())
        assert told.count() == len(world.cast)


def test_it_closes_after_its_last_day_once(world):
    with world.inside():
        ask(world, measured(world))
        sweep(day_of(0))
        assert sweep(day_of(11)) == 0
        assert (sweep(day_of(12)), sweep(day_of(12))) == (1, 0)
        pulse = Pulse.objects.get()
        assert pulse.closed_on == day_of(12)
        assert pulse.executives_on == closing.a_month_after(day_of(12))


def test_a_pulse_that_few_could_answer_is_left_out(world):
    with world.inside():
        ask(world, measured(world))
        assert sweep(day_of(10)) == 0
        assert sweep(day_of(9)) == 1


def test_without_a_number_there_is_nothing_to_ask(world):
    with world.inside():
        kpi = measured(world)
        kpi.readings.all().delete()
        ask(world, kpi)
        assert sweep(day_of(0)) == 0


def test_without_a_choice_the_five_that_most_customers_answered_are_asked(world):
    with world.inside():
        made = [measured(world, f"Spot {number}", [4] * (40 + number)) for number in range(7)]
        second = Kpi.objects.create(
            measure="duration_median", direction="lower", source=made[0].source, touchpoint=made[0].touchpoint
        )
        ask(world)
        found = [each.kpi for each in opened().questions.select_related("kpi")]
        assert found == made[:1:-1]
        assert second not in found


def test_what_is_chosen_is_asked_in_that_order(world):
    with world.inside():
        made = [measured(world, f"Spot {number}") for number in range(3)]
        ask(world, made[2], made[0])
        assert [each.kpi for each in opened().questions.select_related("kpi")] == [made[2], made[0]]


def test_more_than_five_or_what_has_no_ends_cannot_be_chosen(world):
    with world.inside():
        made = [measured(world, f"Spot {number}") for number in range(6)]
        with pytest.raises(pulses.BadPick):
            ask(world, *made)
        endless = Kpi.objects.create(measure="count", direction="lower", source=made[0].source)
        with pytest.raises(pulses.BadPick):
            ask(world, endless)
        assert not PulsePlan.objects.filter(is_on=True).exists()


def test_an_administrator_turns_it_on_and_nobody_else(world, sign_in):
    with world.inside():
        kpi = measured(world)
    path = "/w/acme/settings/pulse/"
    assert sign_in(world.eli).post(path, {"is_on": "on"}).status_code == 403
    ada = sign_in(world.ada)
    assert ada.post(path, {"is_on": "on", "kpi_0": kpi.pk, "kpi_1": kpi.pk}).status_code == 422
    assert ada.post(path, {"is_on": "on", "kpi_0": kpi.pk}).status_code == 302
    assert "checked" in ada.get(path).content.decode()
    with world.inside():
        assert PulsePlan.objects.get().is_on
        entry = AuditEntry.objects.get(action="pulse_plan.change")
        assert (entry.actor, entry.after) == (world.ada, {"is_on": True, "kpis": [kpi.pk]})

"""Two tabs, two sweepers and a late answer at once: one answer of a person, one pulse of a month, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from insights.models import Guess, Pulse, PulseAnswer, ToldBelief
from insights.queries import pulses as queries
from insights.services import pulses
from orgs.models import Notification
from tests.days import local_today
from tests.insights.belief.company import ask, close, guess, measured, opened, sweep

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(world, *acts):
    """Run these at the same time, each over a connection of its own; return what each gave or raised."""
    ready = Barrier(len(acts))

    def act(one):
        try:
            ready.wait(10)
            with world.inside():
                return one()
        except pulses.PulseError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def test_two_tabs_are_one_answer(committed_world):
    world = committed_world
    with world.inside():
        ask(world, measured(world))
        pulse = opened()
    found = at_once(world, *[lambda value=value: guess(pulse, world.vi, value) for value in (2, 3, 4, 5)])
    assert sorted(type(each).__name__ for each in found) == ["HasAnswered"] * 3 + ["NoneType"]
    with world.inside():
        assert (PulseAnswer.objects.count(), Guess.objects.count()) == (1, 1)


def test_people_of_one_department_lose_no_guess(committed_world):
    world = committed_world
    with world.inside():
        ask(world, measured(world))
        pulse = opened()
    people = [world.ada, world.eli, world.lea, world.max, world.ivo, world.vi]
    at_once(world, *[lambda who=who: guess(pulse, who, 4) for who in people])
    with world.inside():
        assert (PulseAnswer.objects.count(), Guess.objects.count()) == (6, 6)


def test_an_answer_while_it_closes_counts_or_is_refused(committed_world):
    world = committed_world
    with world.inside():
        ask(world, measured(world))
        pulse = opened()
        for who in (world.ada, world.eli, world.lea, world.max, world.ivo):
            guess(pulse, who, 4)
    late, _closed = at_once(world, lambda: guess(pulse, world.vi, 4), lambda: close(pulse))
    with world.inside():
        was_taken = PulseAnswer.objects.filter(member=world.vi).exists()
        assert was_taken == (late is None)
        assert not Guess.objects.exists()
        assert ToldBelief.objects.count() == 1


def test_two_sweepers_open_one_pulse_and_tell_once(committed_world):
    world = committed_world
    with world.inside():
        ask(world, measured(world))
    day = queries.days_of(local_today()).opens_on
    at_once(world, *[lambda: sweep(day)] * 3)
    with world.inside():
        assert Pulse.objects.count() == 1
        assert Notification.objects.filter(kind="pulse.opened", member=world.vi).count() == 1

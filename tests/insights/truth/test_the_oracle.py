"""The oracle is worth something: chance makes every state there is, and a reading changed by hand is seen."""

import time_machine
from django.db import connection

from tests.insights.truth import random_company
from tests.insights.truth.dom import read
from tests.insights.truth.looking import page, untruths


def test_chance_makes_every_state(world, sign_in):
    with time_machine.travel(random_company.moment(3), tick=False):
        with world.inside():
            now = random_company.make(world, 3)
        client = sign_in(world.eli)
        latest = read(page(client, "/w/acme/overview/")).text
        seen = latest + read(page(client, f"/w/acme/overview/?per=month&at={now.date()}")).text
    for state in ("Off target", "Watch", "On target", "Not enough measured", "Provisional", "reach unknown"):
        assert state in seen, state


def test_a_reading_changed_by_hand_is_seen(world, sign_in):
    with time_machine.travel(random_company.moment(0), tick=False):
        with world.inside():
            now = random_company.make(world, 0)
            with connection.cursor() as cursor:
                cursor.execute("update insights_reading set value = value + 1, low = low + 1, high = high + 1")
        assert untruths(sign_in(world.eli), world.eli, now)

"""An adversary with everything told, who knows who answered, and that nobody ever changes a guess, isolates nobody.

What the adversary is given here is more than is told: the exact sums of groups, not the rounded ones.
"""

import csv
import re
from datetime import timedelta
from io import StringIO
from itertools import combinations, product

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.measures.anonymity import SMALLEST, groups
from insights.models import Guess, PulseAnswer, ToldBelief
from insights.services import closing
from orgs.models import Department, MemberRole
from tests.insights.belief.company import ask, close, department, guess, measured, opened, staff

PEOPLE = 26
DEPARTMENTS = "abcd"


@st.composite
def months(draw):
    """Three months: where each of the people is, if they answer at all; most stay where they were."""
    first = draw(st.lists(st.sampled_from([*DEPARTMENTS, None]), min_size=PEOPLE, max_size=PEOPLE))
    found = [first]
    for _month in range(2):
        moves = draw(st.dictionaries(st.integers(0, PEOPLE - 1), st.sampled_from([*DEPARTMENTS, None]), max_size=9))
        found.append([moves.get(who, place) for who, place in enumerate(found[-1])])
    return found


def answered(places):
    return {
        each: people
        for each in DEPARTMENTS
        if (people := frozenset(who for who, place in enumerate(places) if place == each))
    }


def sums(held):
    """Every group and every sum of groups; nothing at all is one, too."""
    for size in range(len(held) + 1):
        for chosen in combinations(held, size):
            yield frozenset().union(*chosen)


def isolated(every):
    """The people whom any sum of one month, or difference between sums of two months, is about: if they are few."""
    every = [*every, []]
    for here, there in combinations(every, 2):
        for one, other in product(sums(here), sums(there)):
            if 0 < len(one ^ other) < SMALLEST:
                yield one ^ other


@settings(max_examples=400, deadline=None)
@given(months())
def test_no_sum_or_difference_is_about_fewer_than_five(every):
    earlier = []
    for places in every:
        found = [group.people for group in groups(answered(places), earlier)]
        if found:
            assert frozenset().union(*found) == frozenset(who for who, place in enumerate(places) if place)
            earlier.append(found)
    assert list(isolated(earlier)) == []


def test_the_attack_works_where_groups_of_five_are_all_there_is():
    naive = [[frozenset(range(6)), frozenset(range(6, 13))], [frozenset(range(5)), frozenset(range(5, 13))]]
    assert frozenset({5}) in set(isolated(naive))


@pytest.fixture
def three_months(world):
    """Marketing, Sales and a small Legal guess for three months; people come, go and move between them."""
    with world.inside():
        kpi = measured(world)
        ask(world, kpi)
        places = {name: department(world, name) for name in ("Marketing", "Sales", "Legal")}
        people = {
            name: staff(world, places[name], size) for name, size in (("Marketing", 8), ("Sales", 9), ("Legal", 5))
        }
        values = {each.pk: 1 + (each.pk * 7) % 5 for held in people.values() for each in held}  # never change
    return world, kpi, places, people, values


def a_month(world, number, who, values):
    with world.inside():
        pulse = opened(number)
        with time_machine.travel(timezone.now(), tick=False):
            for each in who:
                guess(pulse, each, values[each.pk])
        return close(pulse)


def move(world, member, to):
    with world.inside():
        MemberRole.objects.filter(member=member).update(department=to)


def told_on_pages(client):
    """Every figure that the page and the file tell this person, by month and group, over all filters."""
    found = set()
    with_filters = [{}]
    page = client.get("/w/acme/belief/").content.decode()
    for name in ("month", "department", "phase", "touchpoint"):
        block = re.search(rf'<select[^>]*name="{name}".*?</select>', page, re.S)
        values = re.findall(r'value="([^"]+)"', block.group()) if block else []
        with_filters += [{**one, name: value} for one in with_filters for value in values]
    for query in with_filters:
        for row in list(csv.reader(StringIO(client.get("/w/acme/belief.csv", query).content.decode("utf-8-sig"))))[1:]:
            found.add((row[0], row[2], float(row[3]), int(row[7])))
        seen = client.get("/w/acme/belief/", query)
        assert seen.status_code == 200
    return found, len(with_filters)


def test_pages_and_files_tell_frozen_groups_and_no_others(three_months, sign_in):
    world, kpi, places, people, values = three_months
    everybody = [each for held in people.values() for each in held]
    a_month(world, 0, everybody, values)
    move(world, people["Marketing"][0], places["Sales"])  # one moves
    a_month(world, 1, everybody, values)
    a_month(world, 2, everybody[:-1], values)  # one leaves
    late = timezone.now() + timedelta(days=150)
    with time_machine.travel(late, tick=False):
        found, asked = told_on_pages(sign_in(world.eli))
    assert asked > 20
    with world.inside():
        rows = list(ToldBelief.objects.select_related("question__pulse", "department"))
        frozen = {
            (f"{row.question.pulse.month:%Y-%m}", str(row.department or "All others together"), row.belief, row.guesses)
            for row in rows
        }
        totals = {each for each in found if each[1] == "Whole company"}
        assert found - totals == frozen
        assert len(totals) == len({row.question_id for row in rows})
        assert not Guess.objects.exists()
        assert list(isolated([who_is_in(one) for one in by_question(rows)])) == []


def by_question(rows):
    found = {}
    for row in rows:
        found.setdefault(row.question_id, []).append(row)
    return found.values()


def who_is_in(rows):
    """Whom each of a pulse's groups is told of, as somebody knows who watched everybody answer."""
    answers = list(PulseAnswer.objects.filter(pulse=rows[0].question.pulse))
    return [frozenset(each.member_id for each in answers if each.department_id in row.covers) for row in rows]


def test_a_department_that_lost_one_is_not_told_alone_any_more(three_months):
    world, kpi, places, people, values = three_months
    first = a_month(world, 0, people["Marketing"] + people["Sales"], values)
    second = a_month(world, 1, people["Marketing"][:-1] + people["Sales"], values)
    with world.inside():
        assert set(names(first)) == {"Marketing", "Sales"}
        assert names(second) == []  # all of them are one fewer: nothing can be told
    third = a_month(world, 2, people["Marketing"] + people["Sales"] + people["Legal"], values)
    with world.inside():
        assert set(names(third)) == {"Marketing", "Sales", "Legal"}


def names(pulse):
    return [str(row.department) for row in ToldBelief.objects.filter(question__pulse=pulse)]


def test_what_is_told_never_changes(three_months):
    world, kpi, places, people, values = three_months
    pulse = a_month(world, 0, people["Marketing"] + people["Sales"], values)
    with world.inside():
        before = list(ToldBelief.objects.order_by("pk").values())
        MemberRole.objects.filter(department=places["Marketing"]).update(department=places["Legal"])
        Department.objects.filter(pk=places["Sales"].pk).update(archived_at=timezone.now())
        assert not closing.close(pulse=pulse, workspace=world.acme, today=pulse.executives_on)
        assert list(ToldBelief.objects.order_by("pk").values()) == before

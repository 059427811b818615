"""However answers are split over days and files, corrected or not, each period shows the figures of all its answers."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights.measures.base import Scale
from insights.measures.registry import measure
from insights.models import Reading
from tests.insights.numbers import answers, new_kpi, told

TEN = Scale(0, 10)
FIRST = date(2017, 11, 1)
ANSWER = st.tuples(st.integers(0, 120), st.integers(0, 10), st.floats(0.1, 5))
FILES = st.lists(st.tuples(st.lists(ANSWER, max_size=25), st.integers(0, 5)), min_size=1, max_size=4)
GRAINS = {
    "day": lambda day: day,
    "month": lambda day: day.replace(day=1),
    "quarter": lambda day: date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
    "year": lambda day: date(day.year, 1, 1),
    "week": lambda day: day - timedelta(days=day.weekday()),
}


def tell(kpi, rows, silent, part_of):
    """Let a file say its answers; on each of its days `silent` more people were asked."""
    days = defaultdict(list)
    for offset, score, weight in rows:
        days[FIRST + timedelta(days=offset)].append((score, weight))
    parts = {
        day: answers(*(s for s, _ in given_), asked=len(given_) + silent, weights=[w for _, w in given_])
        for day, given_ in days.items()
    }
    told(kpi, parts, part_of=part_of)
    return [(day, score, weight) for day, given_ in days.items() for score, weight in given_], len(days)


def nps(scores):
    """The plain definition, from all answers at once."""
    return 100 * (sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores)) / len(scores)


@settings(max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES, corrected=FILES)
def test_each_period_equals_computing_from_all_answers(inside, files, corrected):
    with transaction.atomic():
        kpi = new_kpi(inside, "nps", scale=TEN)
        parts = [uuid4() for _ in files]
        for part, (rows, silent) in zip(parts, files, strict=True):
            tell(kpi, rows, silent, part)
        final = corrected[: len(files)] + files[len(corrected) :]
        everything = []
        for part, (rows, silent) in zip(parts, final, strict=True):
            everything += tell(kpi, rows, silent, part)[0]
        for grain, first_day_of in GRAINS.items():
            expected = defaultdict(list)
            for day, score, weight in everything:
                expected[first_day_of(day)].append((score, weight))
            found = {each.starts_on: each for each in Reading.objects.filter(kpi=kpi, grain=grain)}
            assert found.keys() == expected.keys(), grain
            for day, given_ in expected.items():
                check(found[day], given_)
        transaction.set_rollback(True)


def check(reading, given_):
    scores, weights = [s for s, _ in given_], [w for _, w in given_]
    assert reading.value == pytest.approx(nps(scores))
    assert reading.answered == len(scores)
    whole = answers(*scores, weights=weights)
    interval = measure("nps").interval(whole, TEN)
    assert (reading.low, reading.high) == pytest.approx((interval.low, interval.high))
    by_hand = sum(w * ((s >= 9) - (s <= 6)) for s, w in given_) / sum(weights) * 100
    assert reading.weighted_value == pytest.approx(by_hand, abs=1e-6)

"""The health rule, worked by hand, and what must hold for any touchpoints."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.measures.health import Health, Part, Reason, weight, whole, worst
from insights.measures.status import Status

ON, WATCH, OFF = Status.ON_TARGET, Status.WATCH, Status.OFF_TARGET


def parts(*statuses, moment=(), weights=None):
    """A touchpoint per status, equally important unless weights say so; `moment`: the places of moments of truth."""
    given_weights = weights or [6] * len(statuses)
    pairs = zip(statuses, given_weights, strict=True)
    return [Part(status, each, place in moment) for place, (status, each) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("statuses", "options", "health", "reason"),
    [
        ([ON, ON, ON, ON], {}, Health.ON_TARGET, Reason.CLEAR),
        ([OFF, ON, ON, ON], {}, Health.OFF_TARGET, Reason.OFF_SHARE),  # 1 of 4 is 25 %
        ([OFF, ON, ON, ON, ON], {}, Health.WATCH, Reason.SOME_OFF),  # 1 of 5 is 20 %
        ([OFF, ON, ON, ON, ON], {"moment": [0]}, Health.OFF_TARGET, Reason.MOMENT),
        ([OFF, ON, ON, ON, ON], {"moment": [1]}, Health.WATCH, Reason.SOME_OFF),  # the moment itself is fine
        ([WATCH, ON, ON, ON, ON], {"moment": [0]}, Health.ON_TARGET, Reason.CLEAR),  # a moment on watch is not off
        ([WATCH, ON, ON, ON], {}, Health.WATCH, Reason.WATCH_SHARE),
        ([WATCH, ON, ON, ON, ON], {}, Health.ON_TARGET, Reason.CLEAR),
        ([OFF, ON, ON, ON, ON], {"weights": [10, 6, 6, 6, 2]}, Health.OFF_TARGET, Reason.OFF_SHARE),  # 10 of 30
        ([OFF, ON, ON], {"weights": [2, 6, 6]}, Health.WATCH, Reason.SOME_OFF),  # 2 of 14 is 14 %
        ([WATCH, ON], {"weights": [2, 10]}, Health.ON_TARGET, Reason.CLEAR),  # 2 of 12 is 17 %
        ([ON, None, None], {}, Health.ON_TARGET, Reason.CLEAR),  # a third is enough
        ([OFF, None, None, None], {"moment": [0]}, Health.UNMEASURED, Reason.TOO_LITTLE),  # a quarter is not
        ([OFF, ON, None, None], {}, Health.OFF_TARGET, Reason.OFF_SHARE),  # shares are of the measured ones
        ([None], {}, Health.UNMEASURED, Reason.TOO_LITTLE),
        ([], {}, Health.UNMEASURED, Reason.TOO_LITTLE),
    ],
)
def test_the_rule(statuses, options, health, reason):
    verdict = whole(parts(*statuses, **options))
    assert (verdict.health, verdict.reason) == (health, reason)
    assert (verdict.measured, verdict.total) == (sum(each is not None for each in statuses), len(statuses))


def test_it_counts_what_it_rests_on():
    verdict = whole(parts(OFF, WATCH, ON, None, weights=[4, 6, 10, 10]))
    assert (verdict.off, verdict.watch, verdict.off_share, verdict.watch_share) == (1, 1, 0.2, 0.3)


@pytest.mark.parametrize(
    ("statuses", "expected"), [([ON, OFF, WATCH], OFF), ([ON, WATCH], WATCH), ([ON], ON), ([], None)]
)
def test_a_touchpoint_is_as_good_as_its_worst(statuses, expected):
    assert worst(statuses) is expected


@pytest.mark.parametrize(
    ("customer", "company", "expected"), [(5, 2, 7), (5, None, 10), (None, 1, 2), (None, None, 6), (5, 5, 10)]
)
def test_importance_is_the_mean_of_what_is_stated(customer, company, expected):
    assert weight(customer, company) == expected


some_parts = st.lists(
    st.builds(Part, st.sampled_from([ON, WATCH, OFF, None]), st.integers(2, 10), st.booleans()), max_size=12
)
ORDER = [Health.ON_TARGET, Health.WATCH, Health.OFF_TARGET]


@given(some_parts)
def test_it_says_what_the_written_rule_says(found):
    judged = [each for each in found if each.status]
    every = sum(each.weight for each in judged)
    share = {each: Fraction(sum(p.weight for p in judged if p.status == each), every or 1) for each in (OFF, WATCH)}
    if not found or Fraction(len(judged), len(found)) < Fraction(1, 3):
        expected = Health.UNMEASURED
    elif share[OFF] >= Fraction(1, 4) or any(p.is_moment_of_truth and p.status == OFF for p in judged):
        expected = Health.OFF_TARGET
    else:
        expected = Health.WATCH if share[OFF] > 0 or share[WATCH] >= Fraction(1, 4) else Health.ON_TARGET
    assert whole(found).health is expected


@given(some_parts, st.randoms())
def test_the_order_of_touchpoints_does_not_matter(found, chance):
    mixed = list(found)
    chance.shuffle(mixed)
    assert whole(mixed) == whole(found)


@given(some_parts, st.integers(0, 11))
def test_a_touchpoint_that_grows_worse_never_helps(found, place):
    if place >= len(found) or found[place].status is None or whole(found).health is Health.UNMEASURED:
        return
    worse = list(found)
    worse[place] = Part(OFF, found[place].weight, found[place].is_moment_of_truth)
    assert ORDER.index(whole(worse).health) >= ORDER.index(whole(found).health)

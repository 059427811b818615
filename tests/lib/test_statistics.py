"""Intervals and quantiles against published tables, exact coverage, and properties that must always hold."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxhub.lib import statistics
from cxhub.lib.statistics import (
    mean_interval,
    quantile_rank,
    quantile_ranks,
    sample_variance,
    t_quantile,
    wilson,
    z_quantile,
)

HALF, NINE_TENTHS = Fraction(1, 2), Fraction(9, 10)

# Student's t as printed in statistical tables (one-sided probability .95, .975, .995).
T_TABLE = {
    1: (6.314, 12.706, 63.657),
    2: (2.920, 4.303, 9.925),
    3: (2.353, 3.182, 5.841),
    4: (2.132, 2.776, 4.604),
    5: (2.015, 2.571, 4.032),
    10: (1.812, 2.228, 3.169),
    20: (1.725, 2.086, 2.845),
    29: (1.699, 2.045, 2.756),
    30: (1.697, 2.042, 2.750),
    60: (1.671, 2.000, 2.660),
    120: (1.658, 1.980, 2.617),
    1_000_000: (1.645, 1.960, 2.576),
}


@pytest.mark.parametrize(("degrees", "row"), T_TABLE.items())
def test_student_t_agrees_with_the_printed_table(degrees, row):
    assert tuple(round(t_quantile(p, degrees), 3) for p in (0.95, 0.975, 0.995)) == row


@pytest.mark.parametrize("probability", [0.9, 0.975, 0.995, 0.9995])
def test_the_series_takes_over_from_the_exact_solution_without_a_step(probability):
    degrees = statistics.EXACT_UP_TO + 1
    assert t_quantile(probability, degrees) == pytest.approx(statistics._t_exact(probability, degrees), abs=1e-8)


def test_student_t_is_symmetric_and_nears_the_normal_quantile():
    assert t_quantile(0.025, 7) == -t_quantile(0.975, 7)
    assert t_quantile(0.975, 10**7) == pytest.approx(z_quantile(0.975), abs=1e-6)
    assert t_quantile(0.5, 3) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("probability", "degrees"), [(0, 5), (1, 5), (1.2, 5), (0.975, 0), (0.975, -1)])
def test_student_t_refuses_what_has_no_quantile(probability, degrees):
    with pytest.raises(ValueError, match="t quantile"):
        t_quantile(probability, degrees)


# Worked: z = 1.96; 8 of 10 -> centre (0.8 + 0.19207) / 1.38415 = 0.71674, reach 0.22658.
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (0, 30, 0.0, 0.1135),
        (15, 30, 0.3315, 0.6685),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, Statistics in Medicine 17, table I
        (15, 148, 0.0624, 0.1605),  # the same
        (1, 29, 0.0061, 0.1718),  # the same
    ],
)
def test_wilson_agrees_with_published_and_hand_worked_values(successes, n, low, high):
    assert tuple(round(limit, 4) for limit in wilson(successes, n)) == (low, high)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_contains_the_share_and_shrinks_with_the_sample(case):
    successes, n = case
    low, high = wilson(successes, n)
    more_low, more_high = wilson(4 * successes, 4 * n)
    assert 0 <= low <= successes / n <= high <= 1
    assert more_high - more_low < high - low


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_wilson_refuses_what_is_no_share(successes, n):
    with pytest.raises(ValueError, match="share"):
        wilson(successes, n)


def test_variance_and_mean_interval_of_a_hand_worked_sample():
    # [2, 4, 9]: mean 5, deviations 9 + 1 + 16 = 26, by 2 is 13; t(2) 4.302653 x sqrt(13 / 3) = 8.956686.
    variance = sample_variance(3, 15, 101)
    assert variance == 13
    assert mean_interval(3, 5, variance) == pytest.approx((-3.956686, 13.956686), abs=1e-6)
    with pytest.raises(ValueError, match="two values"):
        sample_variance(1, 5, 25)


# Conover's and other tables of ranks for the 95 % interval of a median.
@pytest.mark.parametrize(
    ("n", "ranks"),
    [(5, None), (6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (10, (2, 9)), (15, (4, 12)), (20, (6, 15)), (30, (10, 21))],
)
def test_ranks_around_a_median_agree_with_published_tables(n, ranks):
    assert quantile_ranks(n, HALF) == ranks


def test_a_p90_has_no_interval_below_36_cases():
    # The longest of n lies under the true p90 with 0.9^n: 0.9^35 = 0.02503 > 0.025 > 0.9^36 = 0.02253.
    assert quantile_ranks(35, NINE_TENTHS) is None
    assert quantile_ranks(36, NINE_TENTHS) == (29, 36)


@pytest.mark.parametrize("share", [HALF, NINE_TENTHS])
@pytest.mark.parametrize("n", [36, 100, 999, 1000, 1001, 1500, 5000])
def test_ranks_hold_the_quantile_95_times_in_100(n, share):
    low, high = quantile_ranks(n, share)
    chance = math.fsum(math.exp(statistics._log_binomial(hits, n, float(share))) for hits in range(low, high))
    assert 0.95 <= chance < 0.985


@given(st.integers(1, 3000), st.sampled_from([HALF, NINE_TENTHS]))
def test_ranks_enclose_the_rank_of_the_quantile(n, share):
    rank, ranks = quantile_rank(n, share), quantile_ranks(n, share)
    assert 1 <= rank <= n
    assert ranks is None or 1 <= ranks[0] <= rank <= ranks[1] <= n

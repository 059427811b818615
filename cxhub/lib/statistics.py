"""Intervals and quantiles on plain numbers, without scipy; what a number means lives in insights/measures."""

import math
from fractions import Fraction
from functools import lru_cache
from statistics import NormalDist

LEVEL = 0.95
"""How sure every interval of the product is, unless it says otherwise."""

EXACT_UP_TO = 100
"""Degrees of freedom up to which Student's t is solved exactly; beyond, a series is closer than 1e-8."""

EXACT_RANKS_UP_TO = 1000
"""Sample size up to which ranks come from the binomial distribution itself."""


def z_quantile(probability: float) -> float:
    """Return the standard normal quantile (0.975 gives 1.95996)."""
    return NormalDist().inv_cdf(probability)


@lru_cache(maxsize=4096)
def t_quantile(probability: float, degrees: int) -> float:
    """Return Student's t quantile for whole degrees of freedom.

    The error is below 1e-8 for probabilities from 0.0005 to 0.9995; 0.975 with 10 degrees gives 2.22814.
    Raises ValueError outside 0 < probability < 1 or degrees < 1.
    """
    if not 0 < probability < 1 or degrees < 1:
        raise ValueError("A t quantile needs a probability between 0 and 1 and at least 1 degree of freedom.")
    if probability < 0.5:
        return -t_quantile(1 - probability, degrees)
    return _t_exact(probability, degrees) if degrees <= EXACT_UP_TO else _t_series(probability, degrees)


def _t_central(t: float, degrees: int) -> float:
    """Return P(-t < T < t) by the finite series of Abramowitz and Stegun 26.7.3 (odd) and 26.7.4 (even)."""
    angle = math.atan(t / math.sqrt(degrees))
    is_odd = degrees % 2 == 1
    term, total = (math.cos(angle), 0.0) if is_odd else (1.0, 0.0)
    for power in range(1 if is_odd else 0, degrees - 1, 2):
        total += term
        term *= math.cos(angle) ** 2 * (power + 1) / (power + 2)
    if is_odd:
        return 2 / math.pi * (angle + math.sin(angle) * total)
    return math.sin(angle) * total


def _t_exact(probability: float, degrees: int) -> float:
    """Return the quantile by halving an interval until floating point can halve no further."""
    central = 2 * probability - 1
    low, high = 0.0, 1.0
    while _t_central(high, degrees) < central and high < 1e15:
        low, high = high, high * 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _t_central(middle, degrees) < central else (low, middle)
    return (low + high) / 2


def _t_series(probability: float, degrees: int) -> float:
    """Return the quantile by the expansion around the normal one (Abramowitz and Stegun 26.7.5)."""
    z = z_quantile(probability)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(degrees) ** power for power, term in enumerate(terms, start=1))


def wilson(successes: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """Return Wilson's score interval of a share, as shares of 1; it always contains successes / n.

    8 of 10 gives 0.490 to 0.943 (Wilson 1927). Raises ValueError when there is nothing to divide by.
    """
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError("A share needs at least one case, and no more hits than cases.")
    z = z_quantile((1 + level) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = 0.0 if successes == 0 else max(0.0, centre - reach)
    high = 1.0 if successes == n else min(1.0, centre + reach)
    return low, high


def sample_variance(n: int, total: float, squares: float) -> float:
    """Return the variance with n - 1 below, from the count, the sum and the sum of squares.

    [1, 2, 3] is (3, 6, 14) and gives 1. Digits are lost when the mean is over a million spreads from 0.
    """
    if n < 2:
        raise ValueError("A variance needs at least two values.")
    return max(0.0, (squares - total * total / n) / (n - 1))


def mean_interval(n: int, mean: float, variance: float, level: float = LEVEL) -> tuple[float, float]:
    """Return Student's interval of a mean from its count and sample variance; n = 2 or more."""
    reach = t_quantile((1 + level) / 2, n - 1) * math.sqrt(variance / n)
    return mean - reach, mean + reach


def quantile_rank(n: int, share: Fraction) -> int:
    """Return the rank, from 1, of the smallest value that at least `share` of n values do not exceed."""
    return max(1, math.ceil(n * share))


@lru_cache(maxsize=4096)
def quantile_ranks(n: int, share: Fraction, level: float = LEVEL) -> tuple[int, int] | None:
    """Return the ranks, from 1, of the two ordered values that enclose a quantile at this level.

    Of 10 values the 2nd and the 9th enclose the median (Conover 1999). Needs no assumption about the
    distribution. None when n is too small for any pair: below 6 for a median, below 36 for a p90.
    """
    tail = (1 - level) / 2
    low, high = _binomial_ranks(n, share, tail) if n <= EXACT_RANKS_UP_TO else _normal_ranks(n, share, tail)
    return (low, high) if low >= 1 and high <= n else None


def _binomial_ranks(n: int, share: Fraction, tail: float) -> tuple[int, int]:
    """Return the tightest ranks whose two tails, of the number of values below, stay within `tail` each."""
    below, low, high = 0.0, 0, n + 1
    for hits in range(n):
        below += math.exp(_log_binomial(hits, n, float(share)))
        if below <= tail:
            low = hits + 1
        if below >= 1 - tail:
            high = hits + 1
            break
    return low, high


def _log_binomial(hits: int, n: int, share: float) -> float:
    """Return the logarithm of P(hits of n), which does not underflow where the probability would."""
    ways = math.lgamma(n + 1) - math.lgamma(hits + 1) - math.lgamma(n - hits + 1)
    return ways + hits * math.log(share) + (n - hits) * math.log1p(-share)


def _normal_ranks(n: int, share: Fraction, tail: float) -> tuple[int, int]:
    """Return ranks by the normal approximation, one rank wider than it asks so that coverage holds."""
    centre = n * float(share)
    reach = z_quantile(1 - tail) * math.sqrt(centre * (1 - float(share)))
    return math.floor(centre - reach), math.ceil(centre + reach) + 1

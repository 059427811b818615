"""What parts come to: value and 95 % interval by the written definitions, from JSON, with nothing of the product."""

import math
from collections import Counter
from functools import cache
from typing import Any, NamedTuple

Z = 1.959963984540054
GROWTH = 1.01 / 0.99
SCORES = {"nps", "csat_mean", "csat_top2", "ces"}
OUTCOMES = SCORES | {"duration_median", "duration_p90"}
DECIMALS = {"csat_top2": 1, "ratio": 1, "count": 0, "duration_median": 1, "duration_p90": 1}
NAMES = {
    "nps": "Net Promoter Score",
    "csat_mean": "Satisfaction, mean score",
    "csat_top2": "Satisfaction, top two scores",
    "ces": "Customer Effort Score",
    "ratio": "Share of cases",
    "mean": "Mean",
    "total": "Total",
    "count": "Number of cases",
    "duration_median": "Duration, median",
    "duration_p90": "Duration, 9 of 10 cases",
}


class Figure(NamedTuple):
    value: float | None
    low: float | None
    high: float | None
    answered: int | None
    asked: int | None


def figure(measure: str, parts: list[dict[str, Any]], scale: tuple[int, int] | None) -> Figure:
    """The figure that these parts come to, the last said last."""
    if parts[-1]["kind"] == "ready":
        last = parts[-1]
        sampled = None if measure in {"count", "total"} else last["answered"]
        return Figure(last["value"], None, None, sampled, last["asked"])
    counted = [each for each in parts if each["kind"] != "ready"]
    asks = [each["asked"] for each in counted]
    asked = None if None in asks else sum(asks)
    value, low, high, answered = _ways(measure, counted, scale)
    return Figure(value, low, high, answered, asked)


def _ways(measure: str, parts: list[dict[str, Any]], scale: Any) -> tuple[Any, Any, Any, Any]:
    if measure in SCORES:
        counts: Counter[int] = Counter()
        for each in parts:
            counts.update({int(score): n for score, n in each["counts"].items()})
        n = sum(counts.values())
        return (*(_scored(measure, counts, n, scale) if n else (None, None, None)), n)
    if measure == "ratio":
        hits, cases = (sum(each[name] for each in parts) for name in ("numerator", "denominator"))
        return (*(_share(hits, cases) if cases else (None, None, None)), cases)
    if measure.startswith("duration"):
        return _duration(parts, 0.5 if measure == "duration_median" else 0.9)
    n, total = (sum(each[name] for each in parts) for name in ("count", "total"))
    if measure == "count":
        return float(n), None, None, None
    if measure == "total":
        return (total if n else None), None, None, None
    squares = [each["squares"] for each in parts]
    if n < 2 or None in squares:
        return (total / n if n else None), None, None, n
    variance = max(0.0, (sum(squares) - total * total / n) / (n - 1))
    reach = student(n - 1) * math.sqrt(variance / n)
    return total / n, total / n - reach, total / n + reach, n


def _scored(measure: str, counts: Counter[int], n: int, scale: tuple[int, int]) -> tuple[float, float, float]:
    if measure == "csat_top2":
        return _share(sum(k for score, k in counts.items() if score >= scale[1] - 1), n)
    if measure == "nps":
        up, down = (sum(k for s, k in counts.items() if s >= 9), sum(k for s, k in counts.items() if s <= 6))
        p, d = (up + 0.75) / (n + 3), (down + 0.75) / (n + 3)
        reach = Z * math.sqrt((p + d - (p - d) ** 2) / (n + 3))
        value, low, high = 100 * (up - down) / n, 100 * (p - d - reach), 100 * (p - d + reach)
        return value, min(value, max(-100, low)), max(value, min(100, high))
    value = sum(score * k for score, k in counts.items()) / n
    more = [(score, float(k)) for score, k in counts.items()]
    more += [(scale[0], 0.75), (scale[1], 0.75), ((scale[0] + scale[1]) / 2, 1.5)]
    mean = sum(score * k for score, k in more) / (n + 3)
    variance = sum(k * (score - mean) ** 2 for score, k in more) / (n + 2)
    reach = student(n + 2) * math.sqrt(variance / (n + 3))
    return value, min(value, max(scale[0], mean - reach)), max(value, min(scale[1], mean + reach))


def _share(hits: float, cases: float) -> tuple[float, float, float]:
    """Wilson's interval as the two roots of (p - share)^2 = z^2 p (1 - p) / n."""
    share, z2 = hits / cases, Z * Z
    a, b, c = cases + z2, -(2 * cases * share + z2), cases * share * share
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    return 100 * hits / cases, 100 * (-b - root) / (2 * a), 100 * (-b + root) / (2 * a)


def _duration(parts: list[dict[str, Any]], share: float) -> tuple[Any, Any, Any, Any]:
    buckets: Counter[int] = Counter()
    for each in parts:
        buckets.update({int(bucket): n for bucket, n in each["buckets"].items()})
    zeros = sum(each["zeros"] for each in parts)
    cases: list[int | None] = [None] * zeros + sorted(buckets.elements())  # type: ignore[assignment]
    n = len(cases)
    if not n:
        return None, None, None, 0
    at = cases[max(1, math.ceil(round(n * share, 9))) - 1]
    value = 0.0 if at is None else GROWTH**at * 0.99 / 60
    ranks = _ranks(n, share)
    if not ranks:
        return value, None, None, n
    low, high = cases[ranks[0] - 1], cases[ranks[1] - 1]
    low_end = 0.0 if low is None else GROWTH ** (low - 1)
    return value, low_end / 60, (0.001 if high is None else GROWTH**high) / 60, n


@cache
def _ranks(n: int, share: float) -> tuple[int, int] | None:
    if n > 1000:
        reach = Z * math.sqrt(n * share * (1 - share))
        low, high = math.floor(n * share - reach), math.ceil(n * share + reach) + 1
    else:
        chance = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n)]
        below, low, high = 0.0, 0, n + 1
        for k, one in enumerate(chance):
            below += one
            low = k + 1 if below <= 0.025 else low
            high = min(high, k + 1) if below >= 0.975 else high
    return (low, high) if low >= 1 and high <= n else None


@cache
def student(degrees: int) -> float:
    """The 97.5 % quantile of Student's t, by summing its density and halving."""
    log = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2) - math.log(degrees * math.pi) / 2

    def density(t: float) -> float:
        return math.exp(log - (degrees + 1) / 2 * math.log1p(t * t / degrees))

    def within(t: float, steps: int = 400) -> float:
        width = t / steps
        inner = sum((4 if step % 2 else 2) * density(step * width) for step in range(1, steps))
        return width / 3 * (density(0) + inner + density(t))

    low, high = 1.9, 13.0
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if within(middle) < 0.475 else (low, middle)
    return (low + high) / 2

"""A pair of weighted sums, (part, whole) or (weights, weighted values), carried beside unweighted parts."""

import math

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.parts.base import BadParts, finite

WEIGHT = gettext_lazy("A weight")

Pair = tuple[float, float]


def checked_pair(pair: object, *, has_cases: bool, least: float = -math.inf) -> Pair | None:
    """Return the pair as two finite floats; (0, 0) without cases, since nothing is left to weigh."""
    if not has_cases:
        return (0.0, 0.0)
    if pair is None:
        return None
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise BadParts(_("Weights must be two sums."))
    return finite(pair[0], WEIGHT, least=least), finite(pair[1], WEIGHT, least=least)


def pairs_together(one: Pair | None, other: Pair | None) -> Pair | None:
    """Return the sum, None when one side has no weights: it would weigh some cases and not others."""
    if one is None or other is None:
        return None
    return one[0] + other[0], one[1] + other[1]

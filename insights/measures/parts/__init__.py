"""The parts a reading is made of. All but ready values add up; see docs/adr/0005-parts-that-combine.md."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from insights.measures.parts.base import BadParts, NotCombinable, Parts
from insights.measures.parts.durations import DurationParts
from insights.measures.parts.ratios import RatioParts
from insights.measures.parts.ready import ReadyValue
from insights.measures.parts.scores import ScoreParts
from insights.measures.parts.sums import SumParts

__all__ = [
    "BadParts",
    "DurationParts",
    "NotCombinable",
    "Parts",
    "RatioParts",
    "ReadyValue",
    "ScoreParts",
    "SumParts",
    "combine",
    "parts_from_json",
]

KINDS: dict[str, type[Parts]] = {
    kind.kind: kind for kind in (ScoreParts, RatioParts, SumParts, DurationParts, ReadyValue)
}

P = TypeVar("P", bound=Parts)


def combine(parts: Iterable[P]) -> P | None:
    """Return the parts of all answers together; None for none at all. Raises NotCombinable for ready values.

    A single ready value comes back as it is: a period with one reading needs no sum.
    """
    every = list(parts)
    return every[0].with_all(every[1:]) if every else None


def parts_from_json(data: Mapping[str, Any]) -> Parts:
    """Return the parts that `to_json` wrote; raises BadParts for an unknown kind or broken content."""
    kind = data.get("kind") if isinstance(data, (dict, Mapping)) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadParts(_("These parts are of a kind that is not known."))
    return KINDS[kind].from_json(data)

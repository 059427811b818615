"""What an act on many touchpoints did not touch, with the sentence that says why."""

from dataclasses import dataclass

from journeys.models import Touchpoint


@dataclass(frozen=True)
class LeftOut:
    """A touchpoint that stays as it was, and the sentence that says why."""

    touchpoint: Touchpoint
    why: str

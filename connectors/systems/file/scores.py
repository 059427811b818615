"""Reads one cell of scores: a score, no answer, or a reason why it is neither."""

from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from connectors.systems.file.mapping import Mapping
from connectors.systems.file.numbers import number

REMEMBERED = 20_000


class Silence(Enum):
    """Why a row has no answer, and whether the person was asked."""

    BLANK = "blank"  # an empty cell; the mapping says what it means
    CODED = "coded"  # asked, and the file says in a code that there is no answer


@dataclass(frozen=True)
class NotAScore:
    """Why a text is no score."""

    reason: str


Reading = int | Silence | NotAScore


class Scores:
    """Turns texts into scores by the mapping's rules. There are few different ones, so each is parsed once."""

    def __init__(self, mapping: Mapping) -> None:
        scale = mapping.scale
        if scale is None:
            raise ValueError("Scores need a scale; connectors/systems/file/problems.py asks for it.")
        self._scale, self._mapping = scale, mapping
        self._codes = {code.strip().casefold() for code in mapping.no_answer_codes}
        self._known: dict[str, Reading] = {}

    def read(self, text: str) -> Reading:
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[text] = self._parse(text.strip())
        return found

    def _parse(self, text: str) -> Reading:
        if not text:
            return NotAScore(_("No score")) if self._mapping.blank == "reject" else Silence.BLANK
        if text.casefold() in self._codes:
            return Silence.CODED
        value = number(text, decimal_comma=self._mapping.decimal_comma)
        if value is None:
            return NotAScore(_("The score is not a number"))
        if _as_code(value) in self._codes:  # 6.0 where the person typed the code 6
            return Silence.CODED
        return self._on_scale(value)

    def _on_scale(self, value: float) -> Reading:
        if not self._scale.low <= value <= self._scale.high:
            return Silence.CODED if self._mapping.out_of_range == "no_answer" else NotAScore(self._outside())
        return int(value) if value.is_integer() else NotAScore(_("The score is not a whole number"))

    def _outside(self) -> str:
        return _("The score lies outside %(low)d to %(high)d") % {"low": self._scale.low, "high": self._scale.high}


def _as_code(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)

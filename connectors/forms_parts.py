"""Two form fields of their own: names that mean an existing touchpoint, and control totals typed line by line."""

import json
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from connectors.queries.strangers import Known, Stranger
from connectors.systems.file.mapping import Mapping
from connectors.systems.file.numbers import number
from connectors.systems.file.workbooks import number_text

MOST_NAMES = 1000


class SameAsField(forms.Field):
    """Many selects of one name; each value is "" (a new touchpoint) or JSON: the name, its channel, the touchpoint."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> tuple[tuple[str, str, int], ...]:
        try:
            return tuple(_match(text) for text in (value or [])[:MOST_NAMES] if text)
        except ValueError:
            raise ValidationError(_("Choose what each name means again.")) from None


class TotalsField(forms.CharField):
    """Lines such as "2018-10 37891": a period and what its rows should add up to."""

    widget = forms.Textarea(attrs={"rows": 5, "spellcheck": "false"})
    default_error_messages = {"line": _("Line %(line)d needs a period and a number, such as 2018-10 37891.")}

    def to_python(self, value: Any) -> Any:
        lines = enumerate((value or "").splitlines(), start=1)
        return tuple(self._total(line, text) for line, text in lines if text.strip())

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, str) or value is None:
            return value or ""
        return "\n".join(f"{period} {number_text(figure, '.')}" for period, figure in value)

    def _total(self, line: int, text: str) -> tuple[str, float]:
        period, figure = (*text.replace(";", " ").rsplit(maxsplit=1), "")[:2]
        found = number(figure)
        if found is None:
            raise ValidationError(self.error_messages["line"], params={"line": line})
        return period.strip(), found


def names_to_match(found: Sequence[Stranger], mapping: Mapping) -> list[dict[str, Any]]:
    """Return a select for each name without a touchpoint: what it may mean, close ones first, and what was chosen."""
    chosen = {(name.casefold(), channel.casefold()): pk for name, channel, pk in mapping.same_as}
    return [
        {
            "name": one.name,
            "channel": one.channel,
            "close": _options(one, one.close, chosen),
            "others": _options(one, one.others, chosen),
        }
        for one in found
    ]


def _options(
    one: Stranger, among: Sequence[Known], chosen: Lookup[tuple[str, str], int]
) -> list[tuple[str, str, bool]]:
    """Return the value, the label and whether it was chosen, of each touchpoint that a name may mean."""
    pk = chosen.get((one.name.casefold(), one.channel.casefold()))
    return [(json.dumps([one.name, one.channel, known.id]), known.label, known.id == pk) for known in among]


def _match(text: Any) -> tuple[str, str, int]:
    """Return what a select says. Raises ValueError."""
    match json.loads(text):
        case [str() as name, str() as channel, int() as pk]:
            return name, channel, pk
    raise ValueError("No name, channel and touchpoint.")

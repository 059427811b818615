"""Cleans what people guess in a pulse, and what an administrator says of pulses."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insights.measures.base import Unit
from insights.measures.registry import measure
from insights.models import PulseQuestion
from insights.queries.names import name
from insights.queries.pulses import MOST
from insights.queries.scales import scale_of


@dataclass(frozen=True)
class Slider:
    """What a slider needs beside the number field that it sets: its ends, where it stands at first, and the unit."""

    field: forms.BoundField
    low: str
    high: str
    middle: str
    step: str
    unit: str


class PulseForm(forms.Form):
    """A guess for each question of a pulse; what is left empty is not guessed."""

    def __init__(self, *args: Any, questions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._questions = {f"guess_{each.position}": each for each in questions}
        for named, each in self._questions.items():
            self.fields[named] = forms.FloatField(
                label=name(each.kpi),
                min_value=each.low,
                max_value=each.high,
                required=False,
                help_text=_help(each),
                widget=forms.NumberInput(attrs={"step": _step(each)}),
            )

    def sliders(self) -> list[Slider]:
        """Return the questions in their order, each as a slider and the number field it sets."""
        return [_slider(self[named], each) for named, each in self._questions.items()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and all(value is None for value in cleaned.values()):
            raise forms.ValidationError(_("Guess at least one number, or leave this month out."))
        return cleaned

    def guesses(self) -> dict[int, float]:
        """Return what was guessed, by the position of its question."""
        held = {int(field.removeprefix("guess_")): value for field, value in self.cleaned_data.items()}
        return {position: value for position, value in held.items() if value is not None}


class PulsePlanForm(forms.Form):
    """Whether staff are asked each month, and what."""

    is_on = forms.BooleanField(
        label=_("Ask everybody here once a month"),
        required=False,
        help_text=_("From the first Monday of a month to the Friday of the week after, in under a minute."),
    )

    def __init__(self, *args: Any, kpis: Any, chosen: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kpis = {str(kpi.pk): kpi for kpi in kpis}
        choices = [("", _("None")), *((str(kpi.pk), name(kpi)) for kpi in kpis)]
        for place in range(MOST):
            self.fields[f"kpi_{place}"] = forms.ChoiceField(
                label=_("Number %(n)d") % {"n": place + 1},
                choices=choices,
                required=False,
                initial=str(chosen[place].pk) if place < len(chosen) else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        picked = [value for field, value in cleaned.items() if field != "is_on" and value]
        if len(set(picked)) < len(picked):
            raise forms.ValidationError(_("The same number is chosen twice. Choose each once."))
        return cleaned

    def picked(self) -> list[Any]:
        """Return the KPIs chosen, in order."""
        return [self._kpis[value] for field, value in self.cleaned_data.items() if field != "is_on" and value]


def _slider(field: forms.BoundField, question: PulseQuestion) -> Slider:
    middle = (question.low + question.high) / 2
    ends = (f"{question.low:g}", f"{question.high:g}", f"{middle:g}")
    return Slider(field, *ends, _step(question), _unit(question))


def _step(question: PulseQuestion) -> str:
    return "0.1" if question.high - question.low <= 10 else "1"


def _unit(question: PulseQuestion) -> str:
    return measure(question.kpi.measure).suffix(scale_of(question.kpi))


def _help(question: PulseQuestion) -> str:
    """Explain the number and its ends; a score's explanation says its scale already."""
    asked = measure(question.kpi.measure)
    words = asked.explain(scale_of(question.kpi))
    if asked.unit is Unit.SCORE:
        return words
    ends = {"low": f"{question.low:g}", "high": f"{question.high:g}", "unit": _unit(question)}
    return _("From %(low)s to %(high)s %(unit)s.") % ends + " " + words

"""Cleans what people guess in a pulse, and what an administrator says of pulses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insights.measures.registry import measure
from insights.queries.names import name
from insights.queries.pulses import MOST
from insights.queries.scales import scale_of


class PulseForm(forms.Form):
    """A guess for each question of a pulse; what is left empty is not guessed."""

    def __init__(self, *args: Any, questions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in questions:
            ends = {"low": f"{each.low:g}", "high": f"{each.high:g}"}
            self.fields[f"guess_{each.position}"] = forms.FloatField(
                label=name(each.kpi),
                min_value=each.low,
                max_value=each.high,
                required=False,
                help_text=_("From %(low)s to %(high)s.") % ends
                + " "
                + measure(each.kpi.measure).explain(scale_of(each.kpi)),
                widget=forms.NumberInput(attrs={"step": "0.1" if each.high - each.low <= 10 else "1"}),
            )

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

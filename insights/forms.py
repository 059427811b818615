"""Cleans what people say about KPIs."""

import math
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxhub.lib.periods import FIRST_YEAR, LAST_YEAR


class TargetForm(forms.Form):
    value = forms.FloatField(label=_("Target"), localize=True)
    valid_from = forms.DateField(
        label=_("Holds from"),
        help_text=_("Earlier periods keep the target they had."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_value(self) -> float:
        value: float = self.cleaned_data["value"]
        if not math.isfinite(value) or abs(value) > 1e12:
            raise forms.ValidationError(_("Give a number between -1,000,000,000,000 and 1,000,000,000,000."))
        return value

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Give a day between 1900 and 2199."))
        return day

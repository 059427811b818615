"""Cleans what people say about KPIs."""

import math
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxhub.lib.periods import FIRST_YEAR, LAST_YEAR
from insights.models import Dispute


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


def _words(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class OwnerForm(forms.Form):
    """Who owns a KPI; nobody is a choice too."""

    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=None,
        required=False,
        empty_label=_("Nobody"),
        help_text=_("The person who knows what the number means, certifies it and settles disputes."),
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = members  # type: ignore[attr-defined]


class CertificationForm(forms.Form):
    """Nothing to fill in: the page shows what is certified."""


class DisputeForm(forms.Form):
    reason = _words(_("What is not right, and how do you know?"))


class ReplyForm(forms.Form):
    text = _words(_("Your reply"))


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Dispute.Outcome.choices)
    words = _words(_("In your words"))

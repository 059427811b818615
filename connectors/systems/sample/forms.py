"""What a person says to get made-up data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from connectors.setting_up import SetUpForm
from connectors.systems.sample.settings import SUPPORTED
from insights.measures.registry import MEASURES

LINES = [{"touchpoint": "Order confirmation", "channel": "E-mail", "monthly": 400, "level": 4.2, "asked_percent": 30}]
DAY = _("Like 2026-01-31.")


class SampleForm(SetUpForm):
    seed = forms.CharField(label=_("Seed"), max_length=60, help_text=_("Any word. Another one makes other numbers."))
    measure = forms.ChoiceField(label=_("Measure"), choices=[(slug, MEASURES[slug].name) for slug in SUPPORTED])
    first_day = forms.CharField(label=_("First day"), max_length=10, help_text=DAY)
    series = forms.JSONField(
        label=_("Series"),
        initial=LINES,
        help_text=_("A list of touchpoints: cases a month, the level of their figure, and days on which it changes."),
    )
    steady_from = forms.CharField(label=_("Steady from"), max_length=10, required=False, help_text=DAY)
    steady_until = forms.CharField(label=_("Steady until"), max_length=10, required=False, help_text=DAY)
    refuses_from = forms.CharField(
        label=_("Refuses from"), max_length=10, required=False, help_text=_("A day from which on it has trouble.")
    )
    refusal = forms.CharField(label=_("What it says then"), max_length=200, required=False)
    corrections = forms.JSONField(
        label=_("Corrections"), required=False, help_text=_("Days told wrongly at first, until when, and why.")
    )

    def clean_corrections(self) -> list[Any]:
        found: list[Any] = self.cleaned_data["corrections"] or []
        return found

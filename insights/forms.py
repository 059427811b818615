"""Cleans what people say about KPIs."""

import math
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxhub.lib.periods import FIRST_YEAR, LAST_YEAR
from insights.models import Dispute, StatusUpdate
from insights.queries.names import name


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


class OfficialForm(forms.Form):
    """Why this source of the number counts, and not the others."""

    reason = forms.CharField(
        label=_("Why this source counts"),
        max_length=300,
        help_text=_("Everybody who meets the number can read it. The other sources stay, marked as not official."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300, "dir": "auto"}),
    )


class CertificationForm(forms.Form):
    """Nothing to fill in: the page shows what is certified."""


class DisputeForm(forms.Form):
    reason = _words(_("What is not right, and how do you know?"))


class ReplyForm(forms.Form):
    text = _words(_("Your reply"))


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Dispute.Outcome.choices)
    words = _words(_("In your words"))


class UpdateForm(forms.Form):
    """An owner's status update."""

    sentence = forms.CharField(
        label=_("How it stands, in one sentence"),
        max_length=280,
        help_text=_("At most 280 letters. Say it so that somebody outside your team understands."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 280, "dir": "auto"}),
    )
    cause = forms.ChoiceField(label=_("Cause"), choices=[("", _("Choose one")), *StatusUpdate.Cause.choices])
    cause_words = forms.CharField(
        label=_("More about the cause"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    expected = forms.ChoiceField(
        label=_("Recovery"), choices=[("by", _("Expected by a day")), ("none", _("None expected"))], initial="by"
    )
    recovery_on = forms.DateField(
        label=_("Recovered by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        day = said.get("recovery_on")
        if said.get("expected") == "none":
            said["recovery_on"] = None
        elif day is None and "recovery_on" not in self.errors:
            self.add_error("recovery_on", _("Give the day, or say that no recovery is expected."))
        elif day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.add_error("recovery_on", _("Give a day between 1900 and 2199."))
        return said

    @property
    def words(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("sentence", "cause", "cause_words", "recovery_on")}


class AskForm(forms.Form):
    """What somebody asks an owner."""

    due_on = forms.DateField(
        label=_("By when"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The owner sees this day, and is reminded once after it."),
    )
    note = forms.CharField(
        label=_("What you want to know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500, "dir": "auto"}),
    )


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why there will be no update"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500, "dir": "auto"}),
    )


class HeadlinesForm(forms.Form):
    """Up to three KPIs for everybody and two for oneself, each once."""

    def __init__(self, *args: Any, kpis: Any, chosen: dict[str, list[int]], may_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None")), *((str(kpi.pk), name(kpi)) for kpi in kpis)]
        self._kpis = {str(kpi.pk): kpi for kpi in kpis}
        places = {"of_all": (_("For everybody, number %(n)d"), 3), "of_me": (_("For you, number %(n)d"), 2)}
        for key, (label, most) in places.items():
            for place in range(most) if key == "of_me" or may_all else ():
                held = chosen[key][place] if place < len(chosen[key]) else ""
                self.fields[f"{key}_{place}"] = forms.ChoiceField(
                    label=str(label) % {"n": place + 1}, choices=choices, required=False, initial=str(held)
                )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        picked = [value for value in cleaned.values() if value]
        if len(set(picked)) < len(picked):
            raise forms.ValidationError(_("The same number is chosen twice. Choose each once."))
        return cleaned

    def picked(self, key: str) -> list[Any]:
        """Return the KPIs chosen for everybody (of_all) or for oneself (of_me), in order."""
        return [self._kpis[value] for field, value in self.cleaned_data.items() if field.startswith(key) and value]

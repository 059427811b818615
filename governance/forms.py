"""Cleans what people say about reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models.plans import FEWEST_DAYS, MOST_DAYS
from journeys.forms.maps import PersonField
from journeys.queries import outlines


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class PlanForm(forms.Form):
    cadence_days = forms.IntegerField(
        label=_("Days between two reviews"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("90 is usual. What changes often is reviewed more often."),
    )
    next_on = _day(_("Next review due on"))


class AlignForm(forms.Form):
    on = _day(_("Next review of all of them due on"), _("Each keeps its own cadence after that."))


class SecondForm(forms.Form):
    member = PersonField(
        label=_("Who endorses it too"),
        help_text=_("Somebody beside the sponsor, such as the CIO. They are asked once the sponsor has signed off."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = outlines.people()


class HandoverForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("New sponsor"),
        queryset=None,
        empty_label=_("Choose"),
        help_text=_("An executive who answers for the journey. They are asked first."),
    )
    note = forms.CharField(label=_("What they should know"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = outlines.people()

"""Cleans what a person says about a new API key."""

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.permissions import KeyScope

LABELS = {
    KeyScope.TOUCHPOINTS_READ: _("Read touchpoints and their history"),
    KeyScope.TOUCHPOINTS_WRITE: _("Create and change touchpoints"),
    KeyScope.FINDINGS_READ: _("Read findings and their history"),
    KeyScope.FINDINGS_WRITE: _("Create and change findings"),
    KeyScope.KPIS_READ: _("Read KPIs with their status, trust and age"),
    KeyScope.READINGS_READ: _("Read readings, period by period"),
    KeyScope.EXPECTATIONS_READ: _("Read expectations and what was found of them"),
    KeyScope.RESULTS_WRITE: _("Post results of tests"),
    KeyScope.RELEASES_READ: _("Read releases"),
    KeyScope.RELEASES_WRITE: _("Note releases"),
}
ENDS = [(30, _("In 30 days")), (90, _("In 90 days")), (180, _("In 180 days")), (365, _("In a year"))]


class KeyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("What will use it, such as “Data warehouse”."))
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=[(scope.value, label) for scope, label in LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that the key may do.")},
    )
    days = forms.TypedChoiceField(label=_("Ends"), choices=ENDS, coerce=int, initial=90)

"""Cleans offers, reasons and suggestions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.forms.touchpoints import FieldsForm
from journeys.queries import touchpoints


def _words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), **more
    )


class OfferForm(forms.Form):
    """Which department is asked, and what it is told."""

    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=None,
        empty_label=_("Choose a department"),
        help_text=_("One of its leads accepts or declines. Until then nobody answers for it, or who did goes on."),
    )
    message = _words(_("Message"), required=False, help_text=_("Why this department? Its leads read it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = touchpoints.departments()  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why somebody declines or gives up."""

    reason = _words(_("Reason"), error_messages={"required": _("Say why, so that others know what to do next.")})


class DecliningForm(forms.Form):
    """Why somebody declines, beside the way to accept."""

    reason = _words(
        _("Reason, if you decline"), error_messages={"required": _("Say why, so that others know what to do next.")}
    )


class ReminderForm(forms.Form):
    """How long an offer may wait."""

    days = forms.IntegerField(
        label=_("Days an offer may wait"),
        min_value=1,
        max_value=365,
        help_text=_("Then the sponsors of the maps that use the touchpoint, and the executives, hear of it once."),
    )


class SuggestionForm(FieldsForm):
    """One field of a touchpoint, and why it should change."""

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        self.keys = (field,)
        super().__init__(*args, **kwargs)
        self.fields["note"] = _words(_("Why"), required=False)

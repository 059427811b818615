"""Forms over the declared fields of a touchpoint: what a field cannot take is said beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.field_kinds import BadValue, Field
from journeys.fields import FIELDS
from journeys.queries import touchpoints
from orgs.models import Department


def control(field: Field) -> forms.Field:
    """Return the form control of a declared field. What it means is decided by the field, not here."""
    common: dict[str, Any] = {"label": field.label, "help_text": field.help, "required": field.is_required}
    if field.kind == "records":
        return forms.MultipleChoiceField(**common, choices=field.options, widget=forms.CheckboxSelectMultiple)
    if field.kind in {"choice", "record", "scale", "flag"}:
        return forms.CharField(**common, widget=forms.Select(choices=field.options()))
    if field.kind == "long_text":
        return forms.CharField(**common, strip=False, widget=forms.Textarea(attrs={"rows": 3}))
    widget = forms.DateInput(attrs={"type": "date"}) if field.kind == "day" else forms.TextInput(attrs={"dir": "auto"})
    return forms.CharField(**common, widget=widget)


class FieldsForm(forms.Form):
    """A form of some declared fields; `cleaned_data` holds what was sent, ready for the services."""

    keys: Iterable[str] = ()
    declared: Mapping[str, Field] = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in self.keys:
            self.fields[key] = control(self.declared[key])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for key in self.keys:
            if key in cleaned:
                try:
                    self.declared[key].clean(cleaned[key])
                except BadValue as problem:
                    self.add_error(key, str(problem))
        return cleaned


class NewTouchpointForm(FieldsForm):
    keys = ("name", "channel", "description", "promise")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = forms.ModelChoiceField(
            label=_("Accountable department"),
            queryset=touchpoints.departments(),
            required=False,
            empty_label=_("Nobody yet"),
            help_text=_("It is offered to this department, and counts as owned once the department accepts."),
        )

    @property
    def values(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in self.keys}

    @property
    def offered_to(self) -> Department | None:
        found: Department | None = self.cleaned_data["department"]
        return found


class UploadForm(forms.Form):
    """A CSV of touchpoints."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Up to 10,000 rows and 10 MB. Take the columns from “As CSV” below the list."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

"""The form of a new finding."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.finding_fields import FIELDS
from journeys.forms.touchpoints import FieldsForm
from journeys.models import Finding


class NewFindingForm(FieldsForm):
    keys = ("name", "description", "evidence", "source")
    declared = FIELDS

    kind = forms.ChoiceField(label=_("Kind"), choices=Finding.Kind.choices)

    @property
    def values(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in self.keys}

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Say beside each field why it was not taken."""
        for key, problem in problems.items():
            self.add_error(key, problem)

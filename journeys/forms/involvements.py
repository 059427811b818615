"""Cleans what is said about several cells of the ownership matrix at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.models import Involvement
from orgs.models import Department


class ManyForm(forms.Form):
    """A department, its role, and whether it takes the place of the role that stands there."""

    department = forms.ModelChoiceField(label=_("Department"), queryset=None, empty_label=_("Choose a department"))
    role = forms.ChoiceField(
        label=_("Role"), choices=[*Involvement.Role.choices, ("-", _("No role"))], initial=Involvement.Role.RESPONSIBLE
    )
    is_replacing = forms.BooleanField(label=_("Replace a role that the department has there already"), required=False)

    def __init__(self, *args: Any, departments: Sequence[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = [each.pk for each in departments]
        self.fields["department"].queryset = Department.objects.filter(pk__in=ids).order_by("name", "pk")  # type: ignore[attr-defined]

    def clean_role(self) -> str:
        """No role is the empty one everywhere else; a form would take that for no answer."""
        return str(self.cleaned_data["role"]).replace("-", "")

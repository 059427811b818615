"""Cleans the roles of a member, and who takes over what a leaving member holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import departments
from orgs.models import Department, Member
from orgs.roles import DEPARTMENT_ROLES, Role

PLAIN = [(role.value, role.label) for role in Role if role not in DEPARTMENT_ROLES]


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=PLAIN, required=False, widget=forms.CheckboxSelectMultiple
    )
    department_lead = forms.ModelMultipleChoiceField(
        label=_("Leads these departments"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    contributor = forms.ModelMultipleChoiceField(
        label=_("Contributes to these departments"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A department that was archived while somebody leads it stays theirs until it is taken away.
        offered = (departments() | Department.objects.filter(roles__member=member)).distinct()
        for role in DEPARTMENT_ROLES:
            self.fields[role.value].queryset = offered  # type: ignore[attr-defined]

    def held(self) -> list[tuple[Role, Department | None]]:
        """The roles that were chosen, as services take them."""
        plain: list[tuple[Role, Department | None]] = [(Role(value), None) for value in self.cleaned_data["roles"]]
        return plain + [
            (role, department)
            for role in (Role.DEPARTMENT_LEAD, Role.CONTRIBUTOR)
            for department in self.cleaned_data[role.value]
        ]


class RemovalForm(forms.Form):
    """One choice for each kind of thing the member holds; nobody is a choice too."""

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in kinds:
            self.fields[key] = forms.ModelChoiceField(
                label=label, queryset=others, required=False, empty_label=_("Nobody for now")
            )

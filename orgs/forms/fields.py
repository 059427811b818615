"""Fields that several forms of this app share."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from orgs.models import Department
from orgs.roles import DEPARTMENT_ROLES, Role


def zone_field(label: Any, **options: Any) -> forms.CharField:
    """A time zone by its IANA name, with the known ones offered as one types."""
    widget = forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=64, widget=widget, validators=[_check_zone], **options)


def zones() -> list[str]:
    """The time zones a person would look for: those of cities."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")) + ["UTC"]


def _check_zone(value: str) -> None:
    if value not in available_timezones():
        raise forms.ValidationError(_("There is no such time zone. Choose one from the list, such as Europe/Berlin."))


def name_field(label: Any, *, most: int = 200, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, validators=[ProhibitNullCharactersValidator()], **options)


class RoleFields(forms.Form):
    """A role, and the department where the role is held for one."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.CONTRIBUTOR)
    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=None,
        required=False,
        empty_label=_("None"),
        help_text=_("Department leads and contributors hold their role for a department."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["role"] = Role(values["role"]) if values.get("role") else None
        if values["role"] in DEPARTMENT_ROLES and not values.get("department") and "department" not in self.errors:
            self.add_error("department", _("Choose the department that this role is for."))
        return values


def departments() -> Any:
    """The departments that can be chosen."""
    return Department.objects.filter(archived_at=None)

"""Cleans the settings of a workspace and the names in its lists."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from orgs.forms.fields import name_field, zone_field


class WorkspaceForm(forms.Form):
    name = name_field(_("Name"))
    zone = zone_field(
        _("Time zone"),
        help_text=_(
            "All times are shown in it. Days that are counted already stay as they were counted; "
            "to count them by the new zone, fetch them again under Connections."
        ),
    )
    fiscal_year_start = forms.TypedChoiceField(
        label=_("Fiscal year begins in"),
        choices=[(number, MONTHS[number]) for number in range(1, 13)],
        coerce=int,
        help_text=_("Quarters and years of every figure are worked out again as you save. This can take a minute."),
    )
    week_start = forms.TypedChoiceField(
        label=_("Weeks begin on"),
        choices=[(number, WEEKDAYS[number]) for number in range(7)],
        coerce=int,
        help_text=_(
            "Weeks of every figure are worked out again as you save. "
            "A source that tells whole weeks only keeps its figure in the week its first day falls in."
        ),
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)


class OwnWorkspaceForm(forms.Form):
    """What a workspace begins with."""

    name = name_field(_("Name of your company"))
    slug = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        required=False,
        help_text=_("It stands in every address. Made from the name if you leave it empty."),
    )
    zone = zone_field(_("Time zone"), help_text=_("All times are shown in it."))


class NameForm(forms.Form):
    """The name of a record in a list."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, most: int = 200, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field(_("Name"), most=most)

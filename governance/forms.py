"""Cleans what people say about reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models.plans import FEWEST_DAYS, LONGEST_NOTE, MOST_DAYS, MOST_EARLY
from governance.queries import reviewers
from journeys.forms.maps import PersonField
from journeys.queries import outlines
from orgs.models import Department


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
    early_periods = forms.IntegerField(
        label=_("Due early after so many periods off target"),
        min_value=0,
        max_value=MOST_EARLY,
        required=False,
        help_text=_("In a row, for a number of the map or of a touchpoint on it. 0: never for a number."),
    )


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


def _note() -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_NOTE, "dir": "auto"})
    return forms.CharField(label=_("Why"), max_length=LONGEST_NOTE, widget=widget)


class ReviewersForm(forms.Form):
    """Who reviews a map; nobody leaves it to the owner."""

    members = forms.ModelMultipleChoiceField(
        label=_("People"), queryset=None, required=False, help_text=_("Hold Ctrl (⌘ on a Mac) to choose several.")
    )
    departments = forms.ModelMultipleChoiceField(
        label=_("Departments"), queryset=None, required=False, help_text=_("Whoever leads one at the time reviews.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {"members": reviewers.can_be(), "departments": Department.objects.filter(archived_at=None)}
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["size"] = 6


class DelegationForm(forms.Form):
    to = forms.ModelChoiceField(label=_("To"), queryset=None, help_text=_("They hear of it, and can hand it back."))
    note = _note()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = reviewers.can_be()  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    note = _note()


class PostponementForm(forms.Form):
    on = _day(_("Due on"))
    note = _note()

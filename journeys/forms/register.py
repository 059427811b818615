"""Cleans what people say about channels, and about personas, products and markets."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from journeys.models import Channel
from orgs.forms.settings import NameForm
from orgs.models import Department


class ChannelForm(NameForm):
    """A channel's entry in the register."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Channel.Kind.choices,
        help_text=_("What customers sign in with, and where they speak before they come to you, are channels, too."),
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=None,
        required=False,
        empty_label=_("No owner"),
        help_text=_("The department that answers for the channel as a whole."),
    )
    state = forms.ChoiceField(label=_("State"), choices=Channel.State.choices)
    since = forms.DateField(
        label=_("In this state since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_monitored = forms.BooleanField(
        label=_("Monitored"), required=False, help_text=_("Somebody, or something, looks after what happens in it.")
    )
    participation_target = forms.IntegerField(
        label=_("Participation target, in percent"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Of the customers who could use it, how many shall. Leave it empty for no target."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, most=100, **kwargs)
        choosable = Q(archived_at=None) | Q(pk=self.initial.get("owner"))  # an archived owner stays until it is changed
        self.fields["owner"].queryset = Department.objects.filter(choosable)  # type: ignore[attr-defined]
        self.order_fields(["name", "kind", "owner", "state", "since", "is_monitored", "participation_target"])

    def clean_owner(self) -> int | None:
        """Return the id of the department, as the form was opened with it."""
        owner: Department | None = self.cleaned_data["owner"]
        return owner.pk if owner else None


class RegisteredForm(NameForm):
    """A persona, product or market: its name, and who or what it is."""

    description = forms.CharField(
        label=_("Description"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences, so that everybody means the same by it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, most=100, **kwargs)
        self.order_fields(["name", "description"])

"""Cleans what people say about channels, and about personas, products and markets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.models import Channel
from orgs.forms.settings import NameForm


class ChannelForm(NameForm):
    """A channel's entry in the register."""

    state = forms.ChoiceField(label=_("State"), choices=Channel.State.choices)
    since = forms.DateField(
        label=_("In this state since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_monitored = forms.BooleanField(
        label=_("Monitored"), required=False, help_text=_("Somebody, or something, looks after what happens in it.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, most=100, **kwargs)
        self.order_fields(["name", "state", "since", "is_monitored"])


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

"""Cleans what people say about channels."""

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

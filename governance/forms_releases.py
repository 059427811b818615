"""Cleans what a person says of a release."""

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models.releases import LONGEST_LINK, LONGEST_NAME, LONGEST_TEXT


class MomentField(forms.DateTimeField):
    """A day and a time where the company is, whose `zone` the form sets."""

    zone: tzinfo
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def prepare_value(self, value: Any) -> Any:
        return value.astimezone(self.zone).replace(tzinfo=None) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            return super().to_python(value)


class ReleaseForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        help_text=_("Such as its version. The touchpoint has each name once."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    released_at = MomentField(label=_("Went live"))
    text = forms.CharField(
        label=_("What is new"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    link = forms.URLField(label=_("Link"), max_length=LONGEST_LINK, required=False, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, zone: tzinfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["released_at"].zone = zone  # type: ignore[attr-defined]

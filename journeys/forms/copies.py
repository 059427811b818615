"""Cleans what people say about a map that begins with another one, and about templates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.models import Journey, Map


class CopyForm(forms.Form):
    """What a new map is called, and where it belongs."""

    title = forms.CharField(label=_("Title"), max_length=200)
    journey = forms.ModelChoiceField(
        label=_("Journey"),
        queryset=None,
        required=False,
        empty_label=_("A new journey of this name"),
        help_text=_("Maps of one journey stand together, such as its current and its future state."),
    )
    state = forms.ChoiceField(label=_("State"), choices=Map.State.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["journey"].queryset = Journey.objects.filter(archived_at=None)  # type: ignore[attr-defined]


class TemplateForm(forms.Form):
    """A new template of a map."""

    name = forms.CharField(label=_("Name"), max_length=200)
    with_texts = forms.BooleanField(
        label=_("With its texts"), required=False, help_text=_("What is written in its cells, and its scenario.")
    )


class TemplateNameForm(forms.Form):
    """Another name of a template; `was` is the one the person saw."""

    name = forms.CharField(label=_("Name"), max_length=200)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

"""Cleans what people say about journeys and maps into plain values."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journeys.models import Map
from journeys.queries import abouts, outlines


class PersonField(forms.ModelChoiceField):
    """One current member, or nobody."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, required=False, empty_label=_("Nobody yet"), **kwargs)


class DetailsForm(forms.Form):
    """What a map says about itself."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("What the customer wants, in their words: “I get my phone repaired”."),
    )
    scenario = forms.CharField(
        label=_("Scenario"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who the customer is, what happened before, what they expect."),
    )
    owner = PersonField(label=_("Owner"), help_text=_("Keeps the map up to date."))
    sponsor = PersonField(
        label=_("Executive sponsor"), help_text=_("Answers for the journey. A map without a sponsor withers.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "sponsor"):
            self.fields[name].queryset = outlines.people()


class JourneyForm(DetailsForm):
    """A new journey with the stages of its first map."""

    stages = forms.CharField(
        label=_("Stages"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line, in order. You can add, rename and move them afterwards."),
    )

    field_order = ("title", "stages", "scenario", "owner", "sponsor")

    def stage_names(self) -> list[str]:
        return [line for line in self.cleaned_data["stages"].splitlines() if line.strip()]


class AboutField(forms.ModelMultipleChoiceField):
    """Several of a short list of the workspace."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, required=False, **kwargs)


class ChangeForm(DetailsForm):
    """Other details of a map; `version` is the one the person saw."""

    personas = AboutField(label=_("Personas"), help_text=_("The kinds of customers that go this way."))
    products = AboutField(label=_("Products"))
    markets = AboutField(label=_("Markets"))
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[("", _("Not said")), *Map.Level.choices],
        help_text=_("Lifecycle: the whole relation. Macro: one way from end to end. Micro: one part of it, close up."),
    )
    dimension = forms.ChoiceField(
        label=_("Dimension"),
        required=False,
        choices=[("", _("Not said")), *Map.Dimension.choices],
        help_text=_("Which side of the company it shows."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, drawn: Map, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in abouts.choices(drawn).items():
            self.fields[name].queryset = choices  # type: ignore[attr-defined]

    def said(self) -> list[forms.BoundField]:
        """What is typed and who answers, which every map has."""
        return [self[name] for name in DetailsForm.base_fields]

    def checked(self) -> list[forms.BoundField]:
        """The lists that have something to choose from."""
        return [self[name] for name in abouts.ABOUT if self.fields[name].queryset]  # type: ignore[attr-defined]

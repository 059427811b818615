"""Cleans what people expect of a touchpoint; one form for each way to check it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import Expectation
from governance.models.expectations import LONGEST_SENTENCE, LONGEST_URL, MOST_DAYS, MOST_LIMIT_MS
from insights.models import Kpi
from insights.queries import names
from journeys.models import Touchpoint


class _KpiField(forms.ModelChoiceField):
    """Names a KPI beside its source: two sources can measure the same."""

    def label_from_instance(self, kpi: Any) -> str:
        return f"{names.short(kpi)} ({kpi.source.name})"


class _ExpectationForm(forms.Form):
    sentence = forms.CharField(
        label=_("What is expected"),
        max_length=LONGEST_SENTENCE,
        help_text=_("In a sentence, as in “customers get an answer in 2 minutes”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, touchpoint: Touchpoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.touchpoint = touchpoint


class NumberForm(_ExpectationForm):
    """A KPI of the touchpoint, at least or at most a value."""

    kpi = _KpiField(label=_("Number"), queryset=None, empty_label=_("Choose"))
    comparison = forms.ChoiceField(label=_("Is"), choices=Expectation.Comparison.choices)
    value = forms.FloatField(
        label=_("Value"),
        help_text=_("In the unit of the number. Its latest finished period is judged; a stale one is not known."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Kpi.objects.filter(touchpoint=self.touchpoint).select_related("source").order_by("pk")
        self.fields["kpi"].queryset = found  # type: ignore[attr-defined]


class PageForm(_ExpectationForm):
    """A page that answers with a status within a time."""

    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_URL,
        help_text=_("Of a page that anybody may open. Everybody in the workspace can read the address."),
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    status = forms.IntegerField(
        label=_("Answers with status"),
        initial=200,
        min_value=200,
        max_value=599,
        help_text=_("After redirects, of which three are followed."),
    )
    limit_ms = forms.IntegerField(label=_("Within milliseconds"), initial=1000, min_value=1, max_value=MOST_LIMIT_MS)
    every_minutes = forms.TypedChoiceField(
        label=_("Asked"), choices=Expectation.Every.choices, coerce=int, initial=Expectation.Every.HOUR
    )


class PostedForm(_ExpectationForm):
    """What a test tool says, for a time."""

    lasts_days = forms.IntegerField(
        label=_("A result counts for days"),
        initial=7,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("After that it is not known, until the tool posts again."),
    )


FORMS: dict[str, type[_ExpectationForm]] = {
    Expectation.Kind.NUMBER.value: NumberForm,
    Expectation.Kind.PAGE.value: PageForm,
    Expectation.Kind.POSTED.value: PostedForm,
}


def said_of(expectation: Expectation) -> dict[str, Any]:
    """Return what the form begins with for an expectation that is."""
    return {name: getattr(expectation, name) for name in FORMS[expectation.kind].base_fields}

"""The fields of a form that say what the rows of a JSON document mean; forms of several kinds share them."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from connectors.base import Problem
from connectors.forms import ANSWER_MEASURES, GRAINS
from connectors.rows.settings import RowSettings
from insights.measures.registry import MEASURES

ROW_SECTIONS = [
    (
        "about",
        _("What a row is about"),
        (
            "row_is",
            "date_path",
            "touchpoint_path",
            "touchpoint",
            "channel_path",
            "channel",
            "department_path",
            "department",
        ),
    ),
    ("answer", _("The score"), ("score_path", "scale_low", "scale_high", "holds_everybody_asked", "measures")),
    ("ready", _("The ready value"), ("value_path", "ready_measure", "grain", "answered_path", "asked_path")),
]


class RowsForm(forms.Form):
    """One form field per field of RowSettings, under the same name. Nothing but `needed` is required here."""

    needed: ClassVar[frozenset[str]] = frozenset()
    form_sections: ClassVar[list[Any]] = ROW_SECTIONS

    row_is = forms.ChoiceField(
        label=_("What is a row?"), choices=[("answer", _("One answer of one customer")), ("ready", _("A ready value"))]
    )
    touchpoint_path = forms.CharField(label=_("Path to the touchpoint"), max_length=500)
    touchpoint = forms.CharField(label=_("or one touchpoint for all rows"), max_length=200)
    channel_path = forms.CharField(label=_("Path to the channel"), max_length=500)
    channel = forms.CharField(label=_("or one channel for all rows"), max_length=100)
    department_path = forms.CharField(label=_("Path to the department"), max_length=500)
    department = forms.CharField(label=_("or one department for all rows"), max_length=200)
    date_path = forms.CharField(label=_("Path to the date"), max_length=500)
    score_path = forms.CharField(label=_("Path to the score"), max_length=500)
    scale_low = forms.IntegerField(label=_("Lowest score"))
    scale_high = forms.IntegerField(label=_("Highest score"))
    measures = forms.MultipleChoiceField(
        label=_("KPIs to make from the score"), choices=ANSWER_MEASURES, widget=forms.CheckboxSelectMultiple
    )
    holds_everybody_asked = forms.BooleanField(label=_("The rows hold everybody who was asked"))
    value_path = forms.CharField(label=_("Path to the value"), max_length=500)
    ready_measure = forms.ChoiceField(label=_("What the value is"))
    grain = forms.ChoiceField(label=_("Each value is about"), choices=GRAINS)
    answered_path = forms.CharField(label=_("Path to the number who answered"), max_length=500)
    asked_path = forms.CharField(label=_("Path to the number who were asked"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ready_measure"].choices = [("", _("Choose")), *((slug, m.name) for slug, m in MEASURES.items())]
        for name, field in self.fields.items():
            field.required = name in self.needed

    def sections(self) -> Iterator[tuple[str, Any, list[forms.BoundField]]]:
        """Yield the key of each section, its heading and its fields."""
        for key, title, names in self.form_sections:
            yield key, title, [self[name] for name in names if name in self.fields]

    def plain_values(self) -> dict[str, Any]:
        """Return the cleaned values, the ready measure among the measures."""
        data = dict(self.cleaned_data)
        if data["row_is"] == "ready":
            data["measures"] = [data["ready_measure"]] if data["ready_measure"] else []
        return data

    def show(self, problems: Sequence[Problem]) -> None:
        """Put each sentence beside the field it is about."""
        for problem in problems:
            is_ready = problem.field == "measures" and self.cleaned_data.get("row_is") == "ready"
            field = "ready_measure" if is_ready else problem.field
            self.add_error(field if field in self.fields else None, problem.sentence)


def first_values(settings: RowSettings) -> dict[str, Any]:
    """Return the form's first values."""
    ready = settings.measures[0] if not settings.holds_answers and settings.measures else ""
    return settings.to_json() | {"ready_measure": ready}

"""Cleans what people say a KPI is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cxhub.lib.periods import Grain
from insights.measures.registry import measure
from insights.measures.telling import can_tell
from insights.models import Kpi
from insights.models.kpis import DIRECTIONS
from insights.models.telling import TELLS
from insights.queries import counting

COUNTS = {"measure": None, "yes": True, "no": False}


def _text() -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto"})


class DefinitionForm(forms.Form):
    """What a KPI is called, counted in, which way is good, and when and how it is judged."""

    was = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=200, required=False, widget=_text())
    unit = forms.CharField(
        label=_("Unit"),
        max_length=20,
        required=False,
        help_text=_("What it is counted in, as “days”. Empty: as its measure says."),
        widget=_text(),
    )
    direction = forms.ChoiceField(label=_("Which way is good"), choices=DIRECTIONS)
    reporting_period = forms.ChoiceField(
        label=_("Reporting period"), help_text=_("The period that people look at first, and that health is judged in.")
    )
    smallest_sample = forms.IntegerField(
        label=_("Smallest sample"),
        min_value=0,
        max_value=1_000_000,
        help_text=_("With fewer answers it is not judged."),
    )
    watch_threshold = forms.FloatField(
        label=_("Watch distance"),
        localize=True,
        help_text=_("On target, but nearer to the target than this, is on watch. 0: nothing is."),
    )
    counts = forms.ChoiceField(label=_("Does it set the health of its touchpoint?"))
    tells = forms.ChoiceField(
        label=_("What it tells of its channel"),
        required=False,
        help_text=_(
            "The channel register puts the channels side by side by it. Only what its measure can tell is here."
        ),
    )

    def __init__(self, *args: Any, kpi: Kpi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["name"].help_text = _("Empty: “%(measure)s”, like its measure.") % {"measure": measure(kpi.measure).name}
        held = Grain(kpi.grain)
        fields["reporting_period"].choices = [(k, word) for k, word in Kpi.Grain.choices if held.fills(Grain(k))]
        fields["counts"].choices = [(value, counting.said(kpi, each)) for value, each in COUNTS.items()]
        fields["tells"].choices = [each for each in TELLS if can_tell(measure(kpi.measure), each[0])]
        if not kpi.touchpoint_id:
            del fields["counts"], fields["tells"]

    def clean_watch_threshold(self) -> float:
        far: float = self.cleaned_data["watch_threshold"]
        if not 0 <= far <= 1e12:  # which no "not a number" is
            raise forms.ValidationError(_("Give a number from 0 to 1,000,000,000,000."))
        return far

    @property
    def news(self) -> dict[str, Any]:
        """The definition that was asked for, as services.kpis.redefine takes it."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"was", "counts"}}
        return said | ({"is_outcome": COUNTS[self.cleaned_data["counts"]]} if "counts" in self.fields else {})

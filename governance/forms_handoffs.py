"""Cleans what people agree on for a hand-off."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import HandOff
from governance.models.handoffs import LONGEST_INFORMATION, LONGEST_TRIGGER, MOST_MINUTES
from insights.models import Kpi
from insights.queries import names
from journeys.models import Touchpoint


class _KpiField(forms.ModelChoiceField):
    """Names a KPI beside its touchpoint and source: two sources can measure the same."""

    def label_from_instance(self, kpi: Any) -> str:
        return f"{kpi.touchpoint}: {names.short(kpi)} ({kpi.source.name})"


def _number(label: Any, help_text: Any = "") -> _KpiField:
    empty = _("Nothing yet")
    return _KpiField(label=label, queryset=None, required=False, empty_label=empty, help_text=help_text)


UNITS = {"minutes": (1, _("minutes")), "hours": (60, _("hours")), "days": (24 * 60, _("days"))}


class HandOffForm(forms.Form):
    """What two departments agree on. `ends`: the two touchpoints whose numbers can tell whether it is kept."""

    trigger = forms.CharField(
        label=_("What sets it off"),
        max_length=LONGEST_TRIGGER,
        help_text=_("As in “the customer has signed the order”."),
    )
    information = forms.CharField(
        label=_("What is passed on"),
        max_length=LONGEST_INFORMATION,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("All that the next department needs, so that nobody asks the customer again."),
    )
    amount = forms.IntegerField(label=_("Within"), min_value=1, max_value=MOST_MINUTES)
    unit = forms.ChoiceField(label=_("Counted in"), choices=[(key, word) for key, (_minutes, word) in UNITS.items()])
    wait_kpi = _number(_("What measures the wait"), _("A time is held against the limit above, too."))
    loss_kpi = _number(_("What measures who is lost on the way"))
    repeat_kpi = _number(_("What measures who has to ask or say it again"))

    def __init__(self, *args: Any, ends: Sequence[Touchpoint] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = (
            Kpi.objects.filter(touchpoint__in=ends).select_related("touchpoint", "source").order_by("touchpoint", "pk")
        )
        for name in ("wait_kpi", "loss_kpi", "repeat_kpi"):
            self.fields[name].queryset = found  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put amount and unit together, in minutes."""
        said = dict(super().clean() or {})
        amount, unit = said.pop("amount", None), said.pop("unit", "")
        if amount and unit in UNITS:
            said["limit_minutes"] = amount * UNITS[unit][0]
            if said["limit_minutes"] > MOST_MINUTES:
                self.add_error("amount", _("Use at most a year."))
        return said


class NewHandOffForm(HandOffForm):
    taker = forms.ModelChoiceField(label=_("Customers go on to"), queryset=None, empty_label=_("Choose"))
    field_order = ["taker"]

    def __init__(self, *args: Any, takers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].queryset = takers  # type: ignore[attr-defined]


def said_of(handoff: HandOff) -> dict[str, Any]:
    """Return what the form begins with for a hand-off that is."""
    unit = next(key for key in reversed(UNITS) if handoff.limit_minutes % UNITS[key][0] == 0)
    kept = {name: getattr(handoff, name) for name in ("trigger", "information", "wait_kpi", "loss_kpi", "repeat_kpi")}
    return {**kept, "amount": handoff.limit_minutes // UNITS[unit][0], "unit": unit}

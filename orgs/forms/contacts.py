"""Cleans how a department is reached."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs import measures
from orgs.forms.fields import name_field, zone_field
from orgs.measures import BadHours
from orgs.models import Contact

_l = gettext_lazy
WHY = {
    "form": _l("Write times such as 08:00-12:00, 13:00-17:00, and leave it empty for a day that is closed."),
    "time": _l("There is no such time in “%(text)s”. Times go from 00:00 to 24:00."),
    "order": _l("“%(text)s” ends before it begins. For a night, end the day at 24:00 and begin the next at 00:00."),
    "overlap": _l("These times overlap. Write each hour once."),
}


class DayField(forms.CharField):
    """The hours of one day, as one types them."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return measures.typed(measures.read(text))
        except BadHours as problem:
            raise forms.ValidationError(str(WHY[problem.why]) % {"text": problem.text}) from problem


def _day(number: int) -> DayField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "placeholder": "08:00-17:00"})
    return DayField(label=WEEKDAYS[number], max_length=60, required=False, widget=widget)


class ContactForm(forms.Form):
    phone = name_field(
        _l("Phone"), most=60, required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
    email = forms.EmailField(label=_l("E-mail"), max_length=254, required=False)
    elsewhere = name_field(
        _l("Other ways"),
        most=300,
        required=False,
        help_text=_l("A chat, a room or a desk, such as Teams, Service desk."),
    )
    day_0, day_1, day_2, day_3, day_4, day_5, day_6 = (_day(number) for number in range(7))
    hours_note = name_field(
        _l("Note on the hours"), most=300, required=False, help_text=_l("Such as what holds on public holidays.")
    )
    zone = zone_field(
        _l("Time zone of these hours"), required=False, help_text=_l("Leave it empty for the workspace's own.")
    )
    reply_within = forms.IntegerField(label=_l("Replies within"), min_value=1, max_value=999, required=False)
    reply_unit = forms.ChoiceField(label=_l("Counted in"), choices=[("", "–"), *Contact.Unit.choices], required=False)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("reply_within") and not values.get("reply_unit"):
            self.add_error("reply_unit", _("Say whether these are minutes, hours or days."))
        elif values.get("reply_unit") and "reply_within" not in self.errors and not values.get("reply_within"):
            self.add_error("reply_within", _("Say how many."))
        return values

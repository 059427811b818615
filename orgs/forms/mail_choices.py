"""Cleans when a member's mails may come, and until when a record is muted."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from orgs.models import MailTimes

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
NO_HOUR = ("", _("None"))


def _day(label: Any, help_text: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


def _hour(label: Any, **options: Any) -> forms.TypedChoiceField:
    choices = HOURS if options.get("required", True) else [NO_HOUR, *HOURS]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, **options)


class MailTimesForm(forms.Form):
    digest_every = forms.ChoiceField(label=_("The digest comes"), choices=MailTimes.Every.choices)
    digest_weekday = forms.TypedChoiceField(
        label=_("On"),
        choices=[(number, WEEKDAYS[number]) for number in range(7)],
        coerce=int,
        help_text=_("For a digest that comes once a week."),
    )
    digest_hour = _hour(_("At"))
    quiet_from = _hour(_("Quiet from"), required=False)
    quiet_until = _hour(_("Quiet until"), required=False)
    paused_until = _day(_("No mails until"), _("Mails begin again on this day. What comes before stays in the inbox."))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("quiet_from"), values.get("quiet_until")
        if (start is None) != (end is None):
            missing = "quiet_from" if start is None else "quiet_until"
            self.add_error(missing, _("Quiet hours need a beginning and an end. Choose both, or none."))
        elif start is not None and start == end:
            self.add_error("quiet_until", _("Quiet hours end at another hour than they begin."))
        return values


class MuteForm(forms.Form):
    until = _day(_("Until"), _("Mails about it begin again on this day. Leave it empty to mute it for good."))

"""Cleans what a person says about a feed: when it is refreshed, how hard it may ask, which days to fill again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from connectors.models import Connection, Feed
from connectors.queries.timetables import MINUTES_A_WEEK, hours_of, in_words
from connectors.services.connections import MOST_AT_ONCE, MOST_PER_MINUTE
from cxhub.lib.timetable import MINUTES_A_DAY, Hours
from insights.models.telling import TELLS

INTERVALS = (15, 30, 60, 2 * 60, 4 * 60, 12 * 60, MINUTES_A_DAY, MINUTES_A_WEEK)


class ScheduleForm(forms.Form):
    """An interval, and business hours if they are wanted."""

    interval = forms.TypedChoiceField(label=_("Refresh"), coerce=int, empty_value=0, required=False)
    in_hours = forms.BooleanField(label=_("Only within business hours"), required=False)
    days = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=list(WEEKDAYS.items()), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    opens = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(
        label=_("To"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Earlier than the beginning: on the next day. The same time twice: around the clock."),
    )

    def __init__(self, *args: Any, interval_minutes: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interval"].choices = [(0, in_words(None)), *_intervals(interval_minutes)]
        self.fields["opens"].required = self.fields["closes"].required = bool(self.data.get("in_hours"))

    @staticmethod
    def initial_of(feed: Feed) -> dict[str, Any]:
        """Return the form's first values: office hours are offered to a feed that keeps to none."""
        hours = hours_of(feed)
        shown = hours.to_json() if hours else {"days": [0, 1, 2, 3, 4], "opens": "08:00", "closes": "18:00"}
        return {"interval": feed.interval_minutes or 0, "in_hours": hours is not None, **shown}

    def clean(self) -> dict[str, Any]:
        """Add a sentence where business hours are wanted on no day."""
        cleaned: dict[str, Any] = self.cleaned_data
        if cleaned.get("in_hours") and not cleaned.get("days") and "days" not in self.errors:
            self.add_error("days", _("Choose at least one day, or refresh at any hour."))
        return cleaned

    def interval_minutes(self) -> int | None:
        """Return the interval of a valid form; None: only by hand."""
        return self.cleaned_data["interval"] or None

    def hours(self) -> Hours | None:
        """Return the business hours of a valid form."""
        cleaned = self.cleaned_data
        if not cleaned["in_hours"]:
            return None
        return Hours(frozenset(cleaned["days"]), cleaned["opens"], cleaned["closes"])


class LimitsForm(forms.Form):
    """How hard the system behind a connection may be asked."""

    at_once = forms.IntegerField(
        label=_("Runs at once"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        help_text=_("So many feeds of this connection may ask its system at the same time."),
    )
    per_minute = forms.IntegerField(
        label=_("Requests a minute"),
        min_value=1,
        max_value=MOST_PER_MINUTE,
        required=False,
        help_text=_("All feeds of this connection together. Empty: as fast as the system answers."),
    )

    @staticmethod
    def initial_of(connection: Connection) -> dict[str, Any]:
        """Return the form's first values."""
        return {"at_once": connection.at_once, "per_minute": connection.per_minute}


class TellsForm(forms.Form):
    """What the numbers of a feed tell of the channels they are about."""

    tells = forms.ChoiceField(
        label=_("Its numbers tell"),
        choices=TELLS,
        required=False,
        help_text=_("Satisfaction and effort scores say so themselves; each KPI can say something else."),
    )


class BackfillForm(forms.Form):
    """The first and the last day to fetch again."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _intervals(own: int | None) -> Iterable[tuple[int, str]]:
    """Return the intervals offered, and the one in use where it is another."""
    offered = sorted({*INTERVALS, own} - {None})  # type: ignore[type-var]
    return [(minutes, in_words(minutes)) for minutes in offered if minutes]

"""The HTTP JSON kind: asks an API for the days that may have changed, and yields its rows as plain records."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connectors.base import Answer, Ask, Calendar, Plan, Problem, Reached, Ready, Record, Rejected, SetupProblem
from connectors.calls import SECRET
from connectors.rows.reading import Rows
from connectors.systems.http_json.data_sheet import DATA_SHEET
from connectors.systems.http_json.paging import pages
from connectors.systems.http_json.problems import day_of, problems
from connectors.systems.http_json.settings import Settings


class HttpJsonConnector:
    kind = "http_json"
    name = gettext_lazy("JSON over HTTP")
    data_sheet = DATA_SHEET

    def plan(self, settings: Mapping[str, Any]) -> Plan:
        given = _sound(settings)
        return given.plan(replaces_all=given.replaces == "feed")

    def problems(self, settings: Mapping[str, Any]) -> list[Problem]:
        return problems(Settings.from_json(settings))

    def address(self, settings: Mapping[str, Any]) -> str:
        return Settings.from_json(settings).url

    def secrets(self, settings: Mapping[str, Any]) -> tuple[str, ...]:
        return (SECRET,) if Settings.from_json(settings).sign_in != "none" else ()

    def pull(self, settings: Mapping[str, Any], ask: Ask, calendar: Calendar) -> Iterator[Record | Reached]:
        """Yield the rows of whole periods; those outside the days asked for are left out, for they would not be whole.

        Raises SetupProblem also when not one row has the number: a field that was renamed is not "no answer".
        """
        given = _sound(settings)
        first, last = window(given, ask, calendar)
        rows, newest = Rows(given, calendar), date.min
        for page in pages(given, ask, first, last):
            for row in page:
                record = rows.record(row)
                if isinstance(record, Rejected):
                    yield record
                elif _is_within(record, first, last):
                    newest = max(newest, record.day)
                    yield record
        if rows.read and not rows.with_number:
            path = given.score_path if given.holds_answers else given.value_path
            words = _("Not one of %(rows)d rows has “%(path)s”. Has the field another name now?")
            raise SetupProblem(words % {"rows": rows.read, "path": path[:60]})
        if newest > date.min and not ask.days:
            yield Reached({"day": _reached(newest, ask, calendar).isoformat()})


def window(settings: Settings, ask: Ask, calendar: Calendar) -> tuple[date | None, date | None]:
    """Return the first and last day to ask for, so that they begin with whole periods; None: whatever there is."""
    if ask.days:
        last = calendar.period(ask.days.last, settings.finest).ends_on
        return calendar.period(ask.days.first, settings.finest).starts_on, last
    if not settings.since_parameter:
        return None, None
    began, reached = day_of(settings.first_day), day_of(str(ask.cursor.get("day", "")))
    since = max(began or date.min, reached - timedelta(days=settings.late_days)) if reached else began or date.min
    return calendar.period(since, settings.finest).starts_on, ask.now.astimezone(calendar.zone).date()


def _reached(newest: date, ask: Ask, calendar: Calendar) -> date:
    """Return the newest day, but never one to come: a wrong date would make the next run skip what lies between."""
    before = day_of(str(ask.cursor.get("day", ""))) or date.min
    return max(before, min(newest, ask.now.astimezone(calendar.zone).date()))


def _is_within(record: Answer | Ready, first: date | None, last: date | None) -> bool:
    return (first is None or record.day >= first) and (last is None or record.day <= last)


def _sound(settings: Mapping[str, Any]) -> Settings:
    """Return the settings if they can be used. Raises SetupProblem."""
    given = Settings.from_json(settings)
    found = problems(given)
    if found:
        raise SetupProblem(found[0].sentence)
    return given

"""How old a source's numbers are: one function, used wherever a number is shown."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cxhub.lib.timetable import Hours
from insights.models import Source

SEVERAL = re.compile(r"[.!?]\s")  # more than one sentence


class Freshness(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    HISTORICAL = "historical"


@dataclass(frozen=True)
class Age:
    """The state of a source and, where it is not fresh, why, in words."""

    state: Freshness
    reason: str = ""


def age(source: Source, *, now: datetime, zone: tzinfo = UTC) -> Age:
    """Return how fresh a source is: stale past twice its interval, historical if it never repeats.

    With business hours only the time inside them counts. They, and the days in the reason, are those of `zone`, the
    workspace's.
    """
    if source.interval_minutes is None:
        return Age(Freshness.HISTORICAL, _trouble(source, now, zone))
    if source.refreshed_at is not None and now <= _fresh_until(source.refreshed_at, source, zone):
        return Age(Freshness.FRESH, _trouble(source, now, zone))
    return Age(Freshness.STALE, _trouble(source, now, zone) or _how_old(source, now))


def changes_at(source: Source, *, now: datetime, zone: tzinfo = UTC) -> datetime | None:
    """Return the first moment after `now` at which `age` may say something else; None where only the year does."""
    if source.interval_minutes is None or source.refreshed_at is None:
        return None
    if now <= (until := _fresh_until(source.refreshed_at, source, zone)):
        return until + timedelta(microseconds=1)  # fresh up to that very moment
    hours = int((now - source.refreshed_at).total_seconds() // 3600)
    return source.refreshed_at + timedelta(hours=hours + 1 if hours < 48 else (hours // 24 + 1) * 24)


def _fresh_until(refreshed_at: datetime, source: Source, zone: tzinfo) -> datetime:
    if not source.hours:
        return refreshed_at + 2 * timedelta(minutes=source.interval_minutes)
    hours = Hours.from_json(source.hours)
    return hours.after_open(refreshed_at, 2 * hours.open_minutes(source.interval_minutes), zone)


def seen(source: Source, aged: Age) -> str:
    """Return a text that changes when what a page says about the source does; empty where that never happens."""
    if aged.state == Freshness.HISTORICAL:
        return ""
    return f"{source.pk} {aged.state} {aged.reason} {source.refreshed_at} {source.data_through}"


def _trouble(source: Source, now: datetime, zone: tzinfo) -> str:
    """Return "The source refused the key on 12 May; last good value of 11 May", empty without trouble."""
    trouble = source.trouble.strip()
    if not trouble:
        return ""
    if source.trouble_at is not None:
        trouble = _on_its_day(trouble, _day(source.trouble_at.astimezone(zone).date(), now, zone))
    if source.data_through is None:
        return trouble
    return _("%(trouble)s; last good value of %(day)s") % {
        "trouble": trouble,
        "day": _day(source.data_through, now, zone),
    }


def _on_its_day(trouble: str, day: str) -> str:
    """A day reads well after one sentence; several keep their own order and get it in front."""
    sentence = trouble.rstrip(".")
    if SEVERAL.search(sentence):
        return _("%(day)s: %(trouble)s") % {"day": day, "trouble": sentence}
    return _("%(trouble)s on %(day)s") % {"trouble": sentence, "day": day}


def _day(day: date, now: datetime, zone: tzinfo) -> str:
    """Return "12 May", with the year where it is not the present one."""
    is_this_year = day.year == now.astimezone(zone).year
    return str(date_format(day, pgettext("day of this year", "j M") if is_this_year else "j M Y"))


def _how_old(source: Source, now: datetime) -> str:
    if source.refreshed_at is None:
        return _("never refreshed yet")
    hours = int((now - source.refreshed_at).total_seconds() // 3600)
    if hours < 48:
        return ngettext("%(n)d hour old", "%(n)d hours old", hours) % {"n": hours}
    return ngettext("%(n)d day old", "%(n)d days old", hours // 24) % {"n": hours // 24}

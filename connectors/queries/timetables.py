"""A feed's interval and business hours: as the arithmetic in cxhub/lib/timetable.py takes them, and in words."""

from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from connectors.models import Feed
from cxhub.lib.timetable import MINUTES_A_DAY, Hours, Timetable

MINUTES_A_WEEK = 7 * MINUTES_A_DAY


def timetable(feed: Feed, zone: ZoneInfo) -> Timetable:
    """Return when a feed with an interval is due, in the workspace's zone."""
    return Timetable(feed.interval_minutes, hours_of(feed), zone)


def hours_of(feed: Feed) -> Hours | None:
    """Return the business hours that a feed keeps to, if any."""
    return Hours.from_json(feed.hours) if feed.hours else None


def in_words(interval_minutes: int | None, hours: Hours | None = None) -> str:
    """Return "every hour, Mon, Tue and Wed 08:00–18:00"; for no interval that people do it."""
    if interval_minutes is None:
        return _("only by hand")
    return f"{_every(interval_minutes)}, {_within(hours)}" if hours else _every(interval_minutes)


def _every(minutes: int) -> str:
    if not minutes % MINUTES_A_WEEK:
        n = minutes // MINUTES_A_WEEK
        return ngettext("every week", "every %(n)d weeks", n) % {"n": n}
    if not minutes % MINUTES_A_DAY:
        n = minutes // MINUTES_A_DAY
        return ngettext("every day", "every %(n)d days", n) % {"n": n}
    if not minutes % 60:
        n = minutes // 60
        return ngettext("every hour", "every %(n)d hours", n) % {"n": n}
    return ngettext("every minute", "every %(n)d minutes", minutes) % {"n": minutes}


def _within(hours: Hours) -> str:
    days = get_text_list([str(WEEKDAYS_ABBR[day]) for day in sorted(hours.days)], _("and"))
    if hours.opens == hours.closes:
        return days
    return f"{days} {hours.opens:%H:%M}–{hours.closes:%H:%M}"

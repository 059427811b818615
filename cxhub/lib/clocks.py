"""Hours by the clock on a wall somewhere, across daylight saving. Pure: the moment and the zone are passed in."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


def at(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return the moment at which it is so late there.

    An hour that comes twice is the first one; one that is left out is the moment the clock goes forward: 2:00 in
    Berlin on 29 March 2026 is 3:00 there, 1:00 UTC.
    """
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def quiet_until(now: datetime, zone: ZoneInfo, start: int | None, end: int | None) -> datetime | None:
    """Return when the hours from `start` to before `end` are over; None when it is none of them.

    From 22 to 7, at 23:30 in Berlin: 7:00 of the next day there.
    """
    if start is None or end is None or start == end:
        return None
    local = now.astimezone(zone)
    is_over_midnight = start > end
    is_quiet = (local.hour >= start or local.hour < end) if is_over_midnight else start <= local.hour < end
    if not is_quiet:
        return None
    return at(local.date() + (DAY if local.hour >= end else timedelta(0)), end, zone)


def latest(now: datetime, zone: ZoneInfo, hour: int, weekday: int | None = None) -> datetime:
    """Return the last moment up to now at which it was this hour there, on this day of the week (0 is Monday)."""
    day = now.astimezone(zone).date()
    back = 1 if weekday is None else 7
    if weekday is not None:
        day -= timedelta(days=(day.weekday() - weekday) % 7)
    moment = at(day, hour, zone)
    return moment if moment <= now else at(day - timedelta(days=back), hour, zone)

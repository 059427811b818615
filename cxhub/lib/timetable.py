"""When a thing that repeats is due next, in the zone of those who wait for it. Pure: the clock is passed in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import count
from typing import Any, Self
from zoneinfo import ZoneInfo

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True)
class Hours:
    """Business hours: weekdays (Monday is 0) on which they open, and from when to when.

    An end before the beginning lies on the next day; the same time twice is around the clock.
    """

    days: frozenset[int]
    opens: time = time(0)
    closes: time = time(0)

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(7)):
            raise ValueError("Business hours need weekdays from 0 to 6.")

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON that `from_json` reads back."""
        return {"days": sorted(self.days), "opens": f"{self.opens:%H:%M}", "closes": f"{self.closes:%H:%M}"}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote."""
        return cls(frozenset(data["days"]), time.fromisoformat(data["opens"]), time.fromisoformat(data["closes"]))

    def are_open(self, local: datetime) -> bool:
        """Say whether a local moment lies inside; the end itself does not."""
        clock, today = local.time(), local.weekday()
        if self.opens < self.closes:
            return today in self.days and self.opens <= clock < self.closes
        began_today = today in self.days and clock >= self.opens
        return began_today or ((today - 1) % 7 in self.days and clock < self.closes)

    def next_open(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the moment itself if it lies inside, else the next opening, in UTC."""
        local = moment.astimezone(zone)
        if self.are_open(local):
            return moment
        openings = (_at(local, ahead, self.opens, zone) for ahead in range(9))
        return next(opening for opening in openings if opening > moment and self._opens_on(opening, zone))

    @property
    def minutes(self) -> int:
        """How long one opening lasts by the clock on the wall."""
        return (_minute(self.closes) - _minute(self.opens)) % MINUTES_A_DAY or MINUTES_A_DAY

    def open_minutes(self, interval_minutes: int) -> int:
        """Return how much of an interval lies inside, where it is due at openings.

        Monday to Friday 08:00-18:00: an hour is 60, a day is one opening (600), a week is five (3,000).
        """
        whole_days, minutes = divmod(interval_minutes, MINUTES_A_DAY)
        weeks, days = divmod(whole_days, 7)
        openings = weeks * len(self.days) + min(days, len(self.days))
        return openings * self.minutes + min(minutes, self.minutes)

    def after_open(self, moment: datetime, minutes: int, zone: tzinfo) -> datetime:
        """Return when so many minutes inside the business hours have passed since a moment, in UTC.

        Monday to Friday 08:00-18:00: two hours after Friday 17:00 is Monday 09:00.
        """
        left = timedelta(minutes=minutes)
        for begins, ends in self._openings(moment.astimezone(zone), zone):
            begins = max(begins, moment)
            if ends - begins >= left:
                return begins + left
            left -= max(ends - begins, timedelta())
        raise AssertionError("Openings never end.")

    def _openings(self, local: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
        """Yield each opening in UTC, from the day before, whose night may reach into today."""
        closes_tomorrow = int(self.closes <= self.opens)
        for ahead in count(-1):
            if (local.weekday() + ahead) % 7 in self.days:
                yield _at(local, ahead, self.opens, zone), _at(local, ahead + closes_tomorrow, self.closes, zone)

    def _opens_on(self, opening: datetime, zone: ZoneInfo) -> bool:
        return opening.astimezone(zone).weekday() in self.days


@dataclass(frozen=True)
class Timetable:
    """An interval, and the business hours it keeps to, if any."""

    interval_minutes: int
    hours: Hours | None
    zone: ZoneInfo

    def after(self, due: datetime, now: datetime) -> datetime:
        """Return the first due moment after `now`, in step with `due`: what was missed in between is not made up for.

        Hourly, due at 06:00 and met at 08:10 gives 09:00. Whole days keep the local time over a change of the clocks.
        """
        days, minutes = divmod(self.interval_minutes, MINUTES_A_DAY)
        step = timedelta(minutes=self.interval_minutes)
        missed = max(0, (now - due) // step - 1)  # one less, for a local day can have 25 hours
        following = due
        while following <= now:
            missed += 1
            following = due + missed * step if minutes else _later(due, missed * days, self.zone)
        return self.hours.next_open(following, self.zone) if self.hours else following


def _later(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Return the same local time so many days later; one that the clocks leave out is an hour later from then on."""
    local = moment.astimezone(zone)
    return _at(local, days, local.time(), zone)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _at(local: datetime, days_ahead: int, clock: time, zone: tzinfo) -> datetime:
    day = local.date() + timedelta(days=days_ahead)
    return datetime.combine(day, clock, zone).astimezone(UTC)

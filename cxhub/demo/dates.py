"""The days of the story, counted back from the day the example is built."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from orgs.models import Workspace


@dataclass(frozen=True)
class Dates:
    now: datetime
    workspace: Workspace

    @property
    def today(self) -> date:
        return self.now.astimezone(self.workspace.tzinfo).date()

    def ago(self, days: int, hour: int = 7) -> datetime:
        """Return the moment so many days ago, in the workspace's zone; never one to come."""
        day = self.today - timedelta(days=days)
        return min(datetime.combine(day, time(hour, 10), tzinfo=self.workspace.tzinfo), self.now)

    @property
    def first_day(self) -> date:
        """Thirteen months back, from the first of a month on."""
        return (self._month(13)).replace(day=1)

    @property
    def last_week(self) -> date:
        """The Monday of the latest week that is over."""
        return self.today - timedelta(days=self.today.weekday() + 7)

    @property
    def steady_from(self) -> date:
        """Before this the figures go up and down; the latest finished month and weeks say what the story says."""
        return min(self._month(1), self.last_week - timedelta(days=28)).replace(day=1)

    def month(self, back: int) -> tuple[date, date]:
        """Return the first and last day of the month so many months back."""
        first = self._month(back)
        return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)

    def _month(self, back: int) -> date:
        months = self.today.year * 12 + self.today.month - 1 - back
        return date(months // 12, months % 12 + 1, 1)

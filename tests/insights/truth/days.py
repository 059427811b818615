"""The calendar said again, day by day: no arithmetic, so that it cannot be wrong in the product's way."""

from datetime import date, timedelta
from functools import cache

GRAINS = ("day", "week", "month", "quarter", "year")
FILLS = {
    "day": {"day", "week", "month", "quarter", "year"},
    "week": {"week"},
    "month": {"month", "quarter", "year"},
    "quarter": {"quarter", "year"},
    "year": {"year"},
}
ONE = timedelta(days=1)


class Calendar:
    """How one company counts: the day its weeks start on, the month its years start in."""

    def __init__(self, week_start: int, year_start: int):
        self.week_start, self.year_start = week_start, year_start

    def begins(self, day: date, grain: str) -> bool:
        if grain == "day":
            return True
        if grain == "week":
            return day.weekday() == self.week_start
        months = {"month": range(12), "quarter": (0, 3, 6, 9), "year": (0,)}[grain]
        return day.day == 1 and (day.month - self.year_start) % 12 in months

    @cache  # noqa: B019
    def start(self, day: date, grain: str) -> date:
        while not self.begins(day, grain):
            day -= ONE
        return day

    @cache  # noqa: B019
    def end(self, day: date, grain: str) -> date:
        day += ONE
        while not self.begins(day, grain):
            day += ONE
        return day - ONE

    def before(self, start: date, grain: str) -> date:
        return self.start(start - ONE, grain)

    def inline(self, start: date, grain: str) -> str:
        return self.label(start, grain).replace("Week of", "the week of")

    def when(self, start: date, grain: str) -> str:
        return f"{'on' if grain == 'day' else 'in'} {self.inline(start, grain)}"

    def label(self, start: date, grain: str) -> str:
        day = f"{start.day} {start:%b %Y}"
        first = self.start(start, "year").year
        year = str(first) if self.year_start == 1 else f"FY {first}/{(first + 1) % 100:02d}"
        quarter, month = 1, start
        while not self.begins(month, "year"):
            month = self.before(month, "month")
            quarter += self.begins(month, "quarter")
        names = {"day": day, "week": f"Week of {day}", "month": f"{start:%b %Y}", "year": year}
        return names.get(grain, f"Q{quarter} {year}")

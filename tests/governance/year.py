"""A company's year of reviews, for test_a_year.py: what people decide on which day, and a naive clerk who remembers."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

REMINDED = (-14, -3, 0, 3, 7)
FIRST, LAST = date(2026, 1, 2), date(2026, 12, 31)
DAY = timedelta(days=1)


@dataclass
class Drawn:
    """What the clerk knows of a map: by names alone, without the product's code."""

    title: str
    owner: str
    sponsor: str
    cadence: int
    due: date
    planned: date
    reviewers: list = field(default_factory=list)
    delegate: str = ""
    first_due: date | None = None
    skipped: bool = False
    given: set = field(default_factory=set)  # (due, days)


class Clerk:
    """Writes down who is to hear of what on which day, map by map, day by day, as one would by hand."""

    def __init__(self, zone, administrators):
        self.zone, self.administrators = ZoneInfo(zone), administrators
        self.maps, self.gone, self.written = {}, set(), []

    def look(self, now):
        """What is to go out at a moment at which the product is up."""
        wall = now.astimezone(self.zone).replace(tzinfo=None)
        today = wall.date() if wall.time() >= time(7) else wall.date() - DAY
        for each in self.maps.values():
            come = [days for days in REMINDED if each.due + timedelta(days=days) <= today]
            if not come or any(due == each.due and days >= come[-1] for due, days in each.given):
                continue
            if each.due + timedelta(days=come[-1]) <= each.planned:
                continue  # it was due already when that day was chosen
            each.given.add((each.due, come[-1]))
            for person, kind in self.hears(each, come[-1]).items():
                self.written.append((person, each.title, each.due, come[-1], kind, today))

    def hears(self, drawn, days):
        here = self.whose(drawn)
        told = dict.fromkeys(here, "review.due") or dict.fromkeys(self.administrators, "review.nobodys")
        if days == REMINDED[-1] and drawn.sponsor not in self.gone:
            told.setdefault(drawn.sponsor, "review.late")
        return told

    def whose(self, drawn):
        for people in ([drawn.delegate], drawn.reviewers, [drawn.owner], [drawn.sponsor]):
            if here := [each for each in people if each and each not in self.gone]:
                return here
        return []

    def close(self, title, today, *, skipped=False):
        each = self.maps[title]
        in_time = each.due - timedelta(days=14) <= today <= each.due
        each.due = (each.due if in_time else today) + timedelta(days=each.cadence)
        each.planned, each.delegate, each.first_due, each.skipped = today, "", None, skipped

    def move(self, title, on, today, *, is_postponed):
        each = self.maps[title]
        if on == each.due:
            return
        each.first_due = (each.first_due or each.due) if is_postponed else None
        each.due, each.planned = on, today


def decisions(seed, clerk, today):
    """Yield what people do on a day: (verb, title, more). They look at what the clerk knows, and flip a coin."""
    coin = random.Random(f"{seed} {today} {clerk.zone}")
    for title, each in clerk.maps.items():
        left = (each.due - today).days
        if each.reviewers and coin.random() < 0.01:
            yield "leave", title, coin.choice(each.reviewers)
        if -12 <= left <= 14 and coin.random() < 0.06:
            yield "close", title, None
        elif left in (5, -1) and coin.random() < 0.3:
            yield "delegate", title, coin.randrange(20)
        elif left in (2, -2) and coin.random() < 0.3:
            most = (each.first_due or each.due) + timedelta(days=min(30, each.cadence))
            on = min(most, max(today, each.due) + timedelta(days=coin.randint(1, 12)))
            if on > each.due and on >= today:
                yield "postpone", title, on
        elif left in (1, -5) and not each.skipped and coin.random() < 0.2:
            yield "skip", title, None
        elif coin.random() < 0.004:
            yield "plan", title, today + timedelta(days=coin.randint(0, 60))


def moments(coin, today, clerks, outages):
    """Return when the sweep runs on a day, in order: just before seven and at seven by each wall, and later."""
    found = []
    for clerk in clerks:
        seven = datetime.combine(today, time(7), tzinfo=clerk.zone).astimezone(UTC)
        later = seven + timedelta(minutes=coin.randint(121, 600))
        found += [seven - timedelta(minutes=1), seven, later]
    return [each for each in sorted(found) if not any(begin <= each < end for begin, end in outages)]

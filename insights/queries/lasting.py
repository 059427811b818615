"""Until when what the Overview says stays true if nobody writes: the first moment at which time changes a word.

Every word that depends on the clock has its line here; tests/insights/overview/test_lasting.py holds the page against
itself at other moments.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta, tzinfo

from insights.queries.freshness import changes_at
from insights.queries.overview import UNMARKED_DAYS, Known

DAY = timedelta(days=1)


def until(known: Known) -> datetime:
    """Return the first moment at which the page may say something else."""
    return min(moment for moment in _moments(known) if moment > known.now)


def _moments(known: Known) -> Iterator[datetime]:
    zone = known.workspace.tzinfo
    yield _midnight_after(known.now, zone)  # "today", periods that end, "2 days ago"
    for source in {kpi.source_id: kpi.source for kpi in known.kpis}.values():
        if (moment := changes_at(source, now=known.now, zone=zone)) is not None:
            yield moment
    yield from (_next_day(each, known.now) for each in _waiting(known))
    if known.seen_at is None:
        yield from _no_news_from(known, zone)


def _waiting(known: Known) -> Iterator[datetime]:
    """Since when touchpoints have no owner, or an offer without an answer: counted in whole days."""
    for touchpoint in known.touchpoints.values():
        if touchpoint.why:  # type: ignore[attr-defined]
            yield touchpoint.unowned_at  # type: ignore[attr-defined]
            if touchpoint.offered_at:
                yield touchpoint.offered_at


def _next_day(begun: datetime, now: datetime) -> datetime:
    return begun + ((now - begun).days + 1) * DAY


def _no_news_from(known: Known, zone: tzinfo) -> Iterator[datetime]:
    """Nobody marked anything as seen, so that what is seven days old leaves the page, and the first day is another."""
    week = timedelta(days=UNMARKED_DAYS)
    yield _midnight_after(known.since, zone) + week
    yield from (moment + week for moment in _news(known, zone))


def _news(known: Known, zone: tzinfo) -> Iterable[datetime]:
    yield from (datetime.fromisoformat(each["at"]) for each in known.changes)
    yield from (each.told_at(zone) for each in known.standings.values())


def _midnight_after(moment: datetime, zone: tzinfo) -> datetime:
    return datetime.combine(moment.astimezone(zone).date() + DAY, time(), tzinfo=zone)

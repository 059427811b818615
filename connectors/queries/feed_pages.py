"""One feed as its page shows it: its health, its connection, what it fills, its runs."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from connectors.models import Feed, SyncRun
from connectors.queries import expiries, feeds
from connectors.queries.expiries import Expiry
from connectors.queries.feeds import FeedView
from connectors.queries.timetables import hours_of, in_words
from insights.measures.registry import MEASURES
from insights.models import Kpi

MOST_FILLED = 50


@dataclass(frozen=True)
class Filled:
    """A KPI that the feed fills, and the touchpoint it is about."""

    name: str
    touchpoint_id: int | None
    touchpoint_name: str


@dataclass(frozen=True)
class FeedPage:
    feed: FeedView
    expiry: Expiry | None
    schedule: str
    limits: str
    left_alone_until: datetime | None
    """The system could not answer so often that nobody asks it before this."""
    tells: str
    """What its numbers tell of their channels, where somebody said so."""
    fills: list[Filled]
    more_filled: int


def page(feed: Any, *, now: datetime, zone: tzinfo) -> FeedPage:
    """Return what the page shows of a feed out of `feeds.listed`."""
    [view] = feeds.views([feed], now=now, zone=zone)
    kpis = Kpi.objects.filter(source=feed.source)
    filled = kpis.select_related("touchpoint", "stage", "map").order_by("touchpoint__name", "measure", "pk")
    count, breaker = kpis.count(), feed.connection.breaker_until
    return FeedPage(
        feed=view,
        expiry=expiries.of(feed.connection, now.astimezone(zone).date()),
        schedule=in_words(feed.interval_minutes, hours_of(feed)) if view.fetches else "",
        limits=_limits(feed) if view.fetches else "",
        left_alone_until=breaker if breaker and breaker > now else None,
        tells=feed.source.get_tells_display() if feed.source.tells else "",
        fills=[_filled(kpi) for kpi in filled[:MOST_FILLED]],
        more_filled=max(0, count - MOST_FILLED),
    )


def runs(feed: Feed, state: str = "") -> QuerySet[SyncRun]:
    """Return the runs of a feed, newest first; with a state, those that are in it."""
    rows = SyncRun.objects.select_related("file", "asked_by__user").filter(feed=feed)
    return rows.filter(state=state) if state in SyncRun.State.values else rows


def _limits(feed: Feed) -> str:
    at_once, per_minute = feed.connection.at_once, feed.connection.per_minute
    if per_minute is None:
        return _("runs at once: %(runs)d; requests a minute: no limit") % {"runs": at_once}
    return _("runs at once: %(runs)d; requests a minute: %(requests)d") % {"runs": at_once, "requests": per_minute}


def _filled(kpi: Kpi) -> Filled:
    name = str(MEASURES[kpi.measure].name) if kpi.measure in MEASURES else kpi.measure
    subject = kpi.touchpoint or kpi.stage or kpi.map
    return Filled(name, kpi.touchpoint_id, str(subject) if subject else _("The whole workspace"))

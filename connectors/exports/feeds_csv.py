"""The feeds of the connections page as CSV."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from connectors.queries import feeds
from connectors.queries.feeds import FeedView
from cxhub.web.csv_lines import csv_lines


def lines(rows: Iterable[Any], *, now: datetime, zone: tzinfo) -> Iterator[str]:
    """Yield the header and a line per feed, times in the workspace's zone. Two queries however many there are."""
    yield from csv_lines([_header()])
    yield from csv_lines(_cells(feed, zone) for feed in feeds.views(rows, now=now, zone=zone))


def _header() -> list[str]:
    return [
        _("Feed"),
        _("Connection"),
        _("Kind"),
        _("State"),
        _("In words"),
        _("Last run"),
        _("How it ended"),
        _("Rows used"),
        _("Rejected"),
        _("Data through"),
        _("Next run"),
    ]


def _cells(feed: FeedView, zone: tzinfo) -> list[Any]:
    run = feed.latest
    return [
        feed.name,
        feed.connection_name,
        feed.kind_label,
        feed.state_label,
        feed.sentence,
        _moment(run and run.asked_at, zone),
        run.state_label if run else "",
        run.rows_used if run else "",
        run.rows_rejected if run else "",
        feed.data_through.isoformat() if feed.data_through else "",
        _moment(feed.next_due_at, zone),
    ]


def _moment(at: datetime | None, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""

"""A feed's interval and business hours as the arithmetic in cxhub/lib/timetable.py takes them."""

from zoneinfo import ZoneInfo

from connectors.models import Feed
from cxhub.lib.timetable import Hours, Timetable


def timetable(feed: Feed, zone: ZoneInfo) -> Timetable:
    """Return when a feed with an interval is due, in the workspace's zone."""
    hours = Hours.from_json(feed.hours) if feed.hours else None
    return Timetable(feed.interval_minutes, hours, zone)

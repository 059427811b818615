"""How old a source's numbers are: one function, used wherever a number is shown."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from insights.models import Source


class Freshness(StrEnum):
    FRESH = "fresh"
    STALE = "stale"
    HISTORICAL = "historical"


@dataclass(frozen=True)
class Age:
    """The state of a source and, where it is not fresh, why, in words."""

    state: Freshness
    reason: str = ""


def age(source: Source, *, now: datetime) -> Age:
    """Return how fresh a source is: stale past twice its interval, historical if it never repeats."""
    if source.interval_minutes is None:
        return Age(Freshness.HISTORICAL, source.trouble)
    interval = timedelta(minutes=source.interval_minutes)
    if source.refreshed_at is not None and now - source.refreshed_at <= 2 * interval:
        return Age(Freshness.FRESH, source.trouble)
    return Age(Freshness.STALE, source.trouble or _how_old(source, now))


def _how_old(source: Source, now: datetime) -> str:
    if source.refreshed_at is None:
        return _("never refreshed yet")
    hours = int((now - source.refreshed_at).total_seconds() // 3600)
    if hours < 48:
        return ngettext("%(n)d hour old", "%(n)d hours old", hours) % {"n": hours}
    return ngettext("%(n)d day old", "%(n)d days old", hours // 24) % {"n": hours // 24}

"""The channel register: every channel with what is known of it, and those where nobody measures, watches or answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.models import Channel
from journeys.queries import staff
from journeys.registry import (
    COST,
    EFFORT,
    PARTICIPATION,
    PREFERENCE,
    SATISFACTION,
    SIGNAL,
    USE,
    ChannelNumbers,
)

NONE, YES = "none", "yes"
IN_USE = (Channel.State.LIVE, Channel.State.INTEGRATED)
NOTHING = ChannelNumbers()
# Why a channel is a blind spot, the gravest first.
SIGNALS, ONLY_SIGNALS = "signals", "only_signals"
NO_TOUCHPOINT, NO_KPI, NOT_CURRENT = "no_touchpoint", "no_kpi", "not_current"
UNMONITORED, NO_OWNER = "unmonitored", "no_owner"
REASONS: Mapping[str, str | Promise] = {
    SIGNALS: _("Customers are here: pre-contact signals come in"),
    NO_TOUCHPOINT: _("No touchpoint stands for it, so nothing can be measured there"),
    NO_KPI: _("No KPI at any of its touchpoints"),
    NOT_CURRENT: _("No KPI of its touchpoints has a current value"),
    ONLY_SIGNALS: _("Only signals come in: no KPI tells what customers get there"),
    UNMONITORED: _("Nobody monitors it"),
    NO_OWNER: _("No department answers for it"),
}
GAPS = tuple(REASONS)
FIGURES: Mapping[str, str | Promise] = {
    USE: _("Use in 30 days"),
    COST: _("Cost"),
    SATISFACTION: _("Satisfaction"),
    PREFERENCE: _("Preference"),
}
BESIDE: Mapping[str, str | Promise] = {SIGNAL: _("Signals in 30 days"), EFFORT: _("Effort")}
"""Told by few channels, and so in no column of their own on the page."""


@dataclass(frozen=True)
class Entry:
    """A channel as the register shows it on a day."""

    channel: Channel
    touchpoints: int
    has_owner: bool
    """Whether its department answers: one that is archived or has no people answers for nothing, as everywhere."""
    numbers: ChannelNumbers
    today: date

    @property
    def days_not_integrated(self) -> int | None:
        """For how many days it has been live without being integrated; None where it is not so, or nobody said."""
        if self.channel.state != Channel.State.LIVE or not self.channel.since or self.channel.since > self.today:
            return None
        return (self.today - self.channel.since).days

    @property
    def participation(self) -> str:
        """How participation stands against its target: on_target, off_target, no_target; "" while not measured."""
        measured, target = self.numbers.figures.get(PARTICIPATION), self.channel.participation_target
        if measured is None:
            return ""
        if target is None:
            return "no_target"
        return "on_target" if measured.value >= target else "off_target"

    @property
    def is_in_use(self) -> bool:
        """Customers are there: it is live, and has touchpoints or is not one of our own, where they are without us."""
        is_foreign = self.channel.kind != Channel.Kind.OWN
        return self.channel.state in IN_USE and (self.touchpoints > 0 or is_foreign)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Why it is a blind spot, the gravest first; nothing where it is none."""
        if not self.is_in_use:
            return ()
        missing = [self._unmeasured, self._unmonitored, "" if self.has_owner else NO_OWNER]
        unheard = SIGNALS if self.numbers.signals and any(missing) else ""
        return tuple(filter(None, [unheard, *missing]))

    @property
    def _unmonitored(self) -> str:
        return "" if self.channel.is_monitored else UNMONITORED

    @property
    def _unmeasured(self) -> str:
        if not self.touchpoints:
            return NO_TOUCHPOINT
        if not self.numbers.kpis:
            return NO_KPI
        if not self.numbers.current:
            return NOT_CURRENT
        return "" if self.numbers.beyond else ONLY_SIGNALS


@dataclass(frozen=True)
class Filters:
    """What the register is narrowed to; empty strings narrow nothing."""

    search: str = ""
    kind: str = ""
    state: str = ""
    owner: str = ""
    blind: str = ""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def every(*, today: date, numbers: Mapping[int, ChannelNumbers]) -> list[Entry]:
    """Return all channels by name with what is measured of each, by id. One query."""
    in_use = Q(touchpoints__archived_at=None, touchpoints__merged_into=None)
    rows = Channel.objects.select_related("owner").annotate(
        touchpoint_count=Count("touchpoints", filter=in_use), has_people=staff.has_people("owner")
    )
    return [
        Entry(
            channel=each,
            touchpoints=each.touchpoint_count,
            has_owner=bool(each.owner and each.owner.archived_at is None and each.has_people),
            numbers=numbers.get(each.pk, NOTHING),
            today=today,
        )
        for each in rows.order_by("name", "pk")
    ]


def blind_spots(entries: Sequence[Entry]) -> list[Entry]:
    """Those where customers are and nobody measures, monitors or answers; the gravest and those with most first.

    Of those that lack the same, the one with the most signals leads, and then the one with the most touchpoints.
    """
    found = [each for each in entries if each.gaps]
    signals = _figure(SIGNAL)
    return sorted(
        found,
        key=lambda each: (GAPS.index(each.gaps[0]), -len(each.gaps), -(signals(each) or 0), -each.touchpoints),
    )


def listed(entries: Sequence[Entry], filters: Filters, *, sort: str) -> list[Entry]:
    """Return those that pass the filters, in this order; what is not known comes last either way."""
    found = [each for each in entries if _passes(each, filters)]
    value, is_turned = ORDERS[sort.removeprefix("-")], sort.startswith("-")
    known = [each for each in found if value(each) is not None]
    unknown = [each for each in found if value(each) is None]
    return [*sorted(known, key=value, reverse=is_turned), *unknown]


def _passes(entry: Entry, filters: Filters) -> bool:
    channel = entry.channel
    is_owned_so = not entry.has_owner if filters.owner == NONE else str(channel.owner_id) == filters.owner
    return (
        filters.search.casefold() in channel.name.casefold()
        and filters.kind in {"", channel.kind}
        and filters.state in {"", channel.state}
        and (not filters.owner or is_owned_so)
        and (filters.blind != YES or bool(entry.gaps))
    )


def _figure(what: str) -> Callable[[Entry], float | None]:
    def value(entry: Entry) -> float | None:
        figure = entry.numbers.figures.get(what)
        return figure.value if figure else None

    return value


STATES = list(Channel.State)
ORDERS: dict[str, Callable[[Entry], Any]] = {
    "name": lambda entry: entry.channel.name.casefold(),
    # Of those that are live, the one that waits longest to be integrated first.
    "state": lambda entry: (STATES.index(Channel.State(entry.channel.state)), -(entry.days_not_integrated or 0)),
    "monitored": lambda entry: entry.channel.is_monitored,
    "owner": lambda entry: entry.channel.owner.name.casefold() if entry.channel.owner else None,
    "touchpoints": lambda entry: entry.touchpoints,
    **{what: _figure(what) for what in (USE, COST, SATISFACTION, PREFERENCE, PARTICIPATION)},
}

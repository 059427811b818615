"""What the KPIs of a channel's touchpoints tell of the channel: use, cost, satisfaction, preference, participation."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from insights.measures.base import Unit
from insights.models import Kpi
from insights.queries import freshness, kpis
from insights.queries.freshness import Freshness
from insights.queries.reach import REACH_DAYS, reach_of
from insights.queries.standings import Standing, read
from journeys.registry import COST, EFFORT, PARTICIPATION, PREFERENCE, SATISFACTION, SIGNAL, USE
from orgs.models import Workspace

SHORTEST_GRACE_DAYS = 7
ADDED_UP = ("count", "total")
# Which of several touchpoints stands for the channel: the one that is worst off.
BEST = {COST: max, SATISFACTION: min, EFFORT: min, PREFERENCE: min, PARTICIPATION: min}


@dataclass(frozen=True)
class Picked:
    """The number that stands for a channel, out of how many touchpoints that tell the same."""

    standing: Standing
    value: float
    touchpoints: int
    is_current: bool


@dataclass(frozen=True)
class Measured:
    """How many KPIs a channel has, how many of them have a current value, and what stands for it.

    Of the current ones `signals` are customers who speak or search before they come; `beyond` tell something else.
    """

    kpis: int
    current: int
    signals: int
    beyond: int
    picked: Mapping[str, Picked]


def by_channel(*, workspace: Workspace, today: date, now: datetime) -> dict[int, Measured]:
    """Return what is measured of each channel with a KPI at a touchpoint in use. One query, however many.

    Of several sources of one number the official one alone.
    """
    wanted = Kpi.objects.filter(
        ~kpis.outvoted(),
        touchpoint__archived_at=None,
        touchpoint__merged_into=None,
        touchpoint__channel__isnull=False,
    )
    rows = wanted.select_related("source", "touchpoint").order_by("pk")
    held, standing = read(rows, workspace=workspace, today=today)
    current = {pk for pk, each in standing.items() if is_current(each, today=today, now=now, workspace=workspace)}
    found: dict[int, list[Kpi]] = defaultdict(list)
    for kpi in held:
        found[kpi.touchpoint.channel_id].append(kpi)  # type: ignore[union-attr]
    return {
        pk: Measured(
            kpis=len(mine),
            current=sum(kpi.pk in current for kpi in mine),
            signals=sum(kpi.pk in current and is_signal(kpi) for kpi in mine),
            beyond=sum(kpi.pk in current and tells(kpi) != SIGNAL for kpi in mine),
            picked=_picked([standing[kpi.pk] for kpi in mine if kpi.pk in standing], current),
        )
        for pk, mine in found.items()
    }


def is_current(standing: Standing, *, today: date, now: datetime, workspace: Workspace) -> bool:
    """Whether somebody measures it now: its source is not stale, and its last value is not older than its own period.

    Days and weeks may lie a week back. What was measured in May is current until the end of June.
    """
    aged = freshness.age(standing.kpi.source, now=now, zone=workspace.tzinfo)
    period = standing.now.period
    return aged.state != Freshness.STALE and (today - period.ends_on).days <= max(period.days, SHORTEST_GRACE_DAYS)


def tells(kpi: Kpi) -> str:
    """Return what it tells: what is said of the KPI itself, or else of all that its source brings."""
    return kpi.tells or kpi.source.tells


def is_signal(kpi: Kpi) -> bool:
    """Whether it is a pre-contact signal: it was said so of the KPI itself, or of all that its source brings."""
    return SIGNAL in (kpi.tells, kpi.source.tells)


def volume(standing: Standing) -> float | None:
    """Return how many cases were counted, in 30 days: what adds up itself, or those a score or share rests on."""
    reading, measure = standing.now.reading, standing.now.measure
    if reading is None:
        return None
    many = reading.value if measure.slug in ADDED_UP else reading.answered
    return None if many is None else many * REACH_DAYS / standing.now.period.days


def _picked(told: Sequence[Standing], current: set[int]) -> dict[str, Picked]:
    """What stands for the channel: of several touchpoints the most customers, the highest cost, the lowest share.

    Customers are never added up, since the same ones pass several touchpoints, nor are scores averaged. Where no KPI
    tells the use, reach does.
    """
    by_tells: dict[str, list[Standing]] = defaultdict(list)
    for each in told:
        by_tells[each.kpi.tells].append(each)
    signals = by_tells[SIGNAL] or [each for each in told if is_signal(each.kpi)]
    found = {what: _one(_values(_alike(by_tells[what])), BEST[what], current) for what in BEST}
    found[USE] = _one(_volumes(by_tells[USE]), max, current) or _one(
        ((reach_of(each), each) for each in told), max, current
    )
    found[SIGNAL] = _one(_volumes(signals), max, current)
    return {what: each for what, each in found.items() if each}


def _values(told: Iterable[Standing]) -> list[tuple[float | None, Standing]]:
    return [(each.now.value, each) for each in told]


def _volumes(told: Iterable[Standing]) -> list[tuple[float | None, Standing]]:
    return [(volume(each), each) for each in told]


def _alike(told: Iterable[Standing]) -> list[Standing]:
    """Those that can be compared: of one measure, unit and scale, that which most have; of equals a share."""
    groups: dict[tuple[object, ...], list[Standing]] = defaultdict(list)
    for each in told:
        kpi = each.kpi
        groups[kpi.measure, kpi.unit, kpi.scale_low, kpi.scale_high].append(each)
    return max(groups.values(), key=lambda group: (len(group), group[0].now.measure.unit is Unit.PERCENT), default=[])


def _one(
    told: Iterable[tuple[float | None, Standing]], best: Callable[..., tuple[float, Standing]], current: set[int]
) -> Picked | None:
    """Return one of them, a current one where there is any."""
    known = [(value, each) for value, each in told if value is not None]
    fresh = [(value, each) for value, each in known if each.kpi.pk in current]
    if not known:
        return None
    value, standing = best(fresh or known, key=lambda pair: pair[0])
    many = len({each.kpi.touchpoint_id for _, each in fresh or known})
    return Picked(standing, value, many, bool(fresh))

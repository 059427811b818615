"""The connections: each system as a feed of made-up data, and the KPIs it fills, with name, target and owner."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from connectors.models import Feed
from connectors.registry import connector
from connectors.services import set_up
from cxhub.demo.dates import Dates
from cxhub.demo.people import Cast
from cxhub.demo.touchpoints import BY_KEY
from insights.models import Kpi, Source
from insights.services import kpis, sources, trust
from journeys.models import Touchpoint

SEED = "larch"
EVERY_MINUTE = 1


@dataclass(frozen=True)
class Kept:
    """One KPI of a feed: its touchpoint ("" is the workspace), its level, and what is expected of it."""

    spot: str
    monthly: int
    level: float
    target: float | None = None
    asked_percent: float | None = None
    watch: float = 0.0
    wobble: float = 0.02
    is_outcome: bool | None = None
    """It sets health though its measure would not; None leaves that to the measure."""
    changed_to: float | None = None
    """The level since the Monday of the latest finished week, whatever day it is."""


@dataclass(frozen=True)
class System:
    """A feed of one measure."""

    key: str
    name: str
    measure: str
    kept: tuple[Kept, ...]
    kpi: str = ""
    unit: str = ""
    direction: str = ""
    period: str = "month"
    more: dict[str, Any] = field(default_factory=dict)
    tells: str = ""
    """What its numbers tell of their channels."""
    interval_minutes: int = EVERY_MINUTE
    months: int = 13
    """So many months back it begins."""


SURVEYS = System(
    "surveys",
    "Contact centre surveys (made up)",
    "csat_mean",
    (
        Kept("hotline", 4108, 3.7, 4.0, 31),
        Kept("chat", 900, 4.1, 4.0, 22, 0.05),
        Kept("mail_help", 620, 4.0, 3.9, 18),
        Kept("bill_call", 540, 4.2, 4.0, 30),
        Kept("fault", 700, 4.3, 4.2, 35),
        Kept("repair", 480, 4.5, 4.3, 44),
        Kept("after_repair", 300, 4.6, 4.3, 52),
        Kept("complaint", 160, 3.4, 3.5, 40),
        Kept("service_plan", 420, 4.7, 4.4, 38),
        Kept("visit", 520, 4.4, 4.3, 47),
        Kept("handover", 510, 4.5, 4.3, 46),
        Kept("tidy", 505, 4.6, 4.3, 46),
        Kept("survey", 460, 4.4, 4.2, 33),
        Kept("advice", 640, 4.5, 4.2, 29),
        Kept("callback", 380, 4.2, 4.0, 26),
        Kept("first_bill", 410, 3.9, 4.2, 24),
        Kept("move", 40, 4.1, 4.0, 28),
    ),
    kpi="Satisfaction",
)
MARKETING_SURVEY = System(
    "marketing", "Marketing pop-up survey (made up)", "csat_mean", (Kept("hotline", 212, 4.6, 4.0, 3),), "Satisfaction"
)
THERMOSTAT = System(
    "thermostat", "Thermostat app survey (made up)", "csat_mean", (Kept("thermostat", 6, 4.2, 4.3, 1),), "Satisfaction"
)
RELATIONSHIP = System(
    "relationship",
    "Relationship survey (made up)",
    "nps",
    (
        Kept("", 1460, 41, 35, 17, wobble=0.03),
        Kept("quote", 330, 36, 30, 20),
        Kept("order", 290, 48, 40, 19),
        Kept("renewal", 240, 33, 30, 15),
    ),
)
SCHEDULING = System(
    "scheduling",
    "Scheduling: order to visit (made up)",
    "mean",
    (Kept("visit", 1180, 9, 10, watch=0.5, wobble=0.04, is_outcome=True, changed_to=13.5),),
    "Order to visit",
    "days",
    "lower",
    "week",
)
DESK = System(
    "desk",
    "Contact centre desk (made up)",
    "ratio",
    (Kept("hotline", 9400, 78, 75, watch=1),),
    "First contact resolution",
)
TELEPHONY = System(
    "telephony",
    "Telephony (made up)",
    "ratio",
    (Kept("hotline", 9400, 31, 15),),
    "Contact again within seven days",
    "",
    "lower",
)
DIGITAL = System(
    "digital",
    "Website and app (made up)",
    "ratio",
    (
        Kept("site", 5200, 63, 60),
        Kept("calculator", 3100, 71, 65),
        Kept("subsidy", 760, 82, 80),
        Kept("finance", 420, 88, 85),
        Kept("app_first", 690, 84, 85),
        Kept("usage", 6100, 92, 90),
        Kept("payment", 8800, 98.4, 98),
        Kept("help_pages", 4700, 57, 55),
    ),
    "Completed without help",
)
WAITING = System(
    "waiting",
    "Telephony: waiting time (made up)",
    "duration_median",
    (Kept("hotline", 2600, 2.6, 3), Kept("bill_call", 700, 1.9, 3), Kept("chat", 900, 1.2, 2)),
    "Time to an answer",
    "",
    "lower",
)
WAREHOUSE = System(
    "warehouse",
    "Warehouse (made up)",
    "ratio",
    (Kept("repair", 480, 91, 90), Kept("service_plan", 420, 96, 95)),
    "Right part at first visit",
)
BILLS = System(
    "bills",
    "Billing system (made up)",
    "ratio",
    (Kept("bill", 8600, 97.2, 97), Kept("first_bill", 1150, 88, 95)),
    "Bill matches the quote",
)

AT_ONCE = (RELATIONSHIP, SURVEYS, MARKETING_SURVEY, THERMOSTAT, SCHEDULING, DESK, TELEPHONY, DIGITAL, WAITING)
"""Those that the worker reads after the start; the story reads the warehouse and the bills on days of the past."""


def settings(system: System, dates: Dates) -> dict[str, Any]:
    """Return what the sample kind needs to know about a system."""
    return {
        "seed": SEED,
        "measure": system.measure,
        "first_day": f"{dates.month(system.months)[0]}",
        "series": [_line(one, dates) for one in system.kept],
        "steady_from": f"{dates.steady_from}",
        **system.more,
    }


def _line(one: Kept, dates: Dates) -> dict[str, Any]:
    line: dict[str, Any] = {"touchpoint": "", "monthly": one.monthly, "level": one.level, "wobble": one.wobble}
    if one.spot:
        line |= {"touchpoint": BY_KEY[one.spot].name, "channel": BY_KEY[one.spot].channel}
    if one.asked_percent:
        line["asked_percent"] = one.asked_percent
    if one.changed_to:
        line["since_last_week"] = one.changed_to
    return line


def connect(system: System, spots: dict[str, Touchpoint], cast: Cast, dates: Dates, *, days_ago: int = 0) -> Feed:
    """Connect a system in the integrator's name, and say what its numbers are called, judged by and owned by."""
    now = dates.ago(days_ago, 6) if days_ago else dates.now
    feed = set_up.begin(
        kind=connector("sample"),  # type: ignore[arg-type]  it is set up on the common page
        name=system.name,
        settings=settings(system, dates),
        typed={},
        interval_minutes=system.interval_minutes,
        now=now,
        by=cast["ines"],
    )
    sources.tell(source=feed.source, tells=system.tells, by=cast["ines"])
    for one in system.kept:
        _measure(system, one, feed, spots.get(one.spot), cast, dates)
    return feed


def _measure(system: System, one: Kept, feed: Feed, spot: Touchpoint | None, cast: Cast, dates: Dates) -> Kpi:
    scale = connector("sample").plan(feed.mapping).scale
    source = Source.objects.get(pk=feed.source_id)
    kpi, _ = kpis.find_or_create(system.measure, touchpoint=spot, source=source, scale=scale, by=cast["ines"])
    said = {"name": system.kpi, "unit": system.unit, "reporting_period": system.period, "watch_threshold": one.watch}
    said["is_outcome"] = one.is_outcome
    kpis.define(kpi=kpi, by=cast["jo"], **said, **({"direction": system.direction} if system.direction else {}))
    owner = cast.lead(BY_KEY[one.spot].department) if one.spot else cast["hanna"]
    trust.name_owner(kpi=kpi, owner=owner, by=cast["jo"])
    if one.target is not None:
        first = dates.first_day - timedelta(days=1)
        kpis.set_target(kpi=kpi, value=one.target, valid_from=first, by=cast["jo"])
    return kpi

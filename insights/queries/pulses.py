"""Pulses: which KPIs are asked about, which pulse is open, and for whom. Reads alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from insights.measures.anonymity import SMALLEST
from insights.measures.felt import ends
from insights.measures.registry import measure
from insights.models import Kpi, Pulse, PulseAnswer, PulsePick, PulsePlan, PulseQuestion
from insights.queries import kpis, standings
from insights.queries.scales import scale_of
from orgs.models import Department, Member, Workspace
from orgs.roles import DEPARTMENT_ROLES, Role

MOST = 5
OPEN_DAYS = 12  # from the first Monday of a month to the Friday of the week after
FEWEST_DAYS = 3  # a pulse that could be answered on fewer days is left out


@dataclass(frozen=True)
class Days:
    """The first day of a month, and the days its pulse can be answered on."""

    month: date
    opens_on: date
    closes_on: date


def days_of(day: date) -> Days:
    """Return when the pulse of the day's month is open. In November 2026 from Monday 2 to Friday 13."""
    first = day.replace(day=1)
    opens_on = first + timedelta(days=-first.weekday() % 7)
    return Days(first, opens_on, opens_on + timedelta(days=OPEN_DAYS - 1))


def plan() -> PulsePlan:
    """Return whether staff are asked; a workspace in which nobody said so does not ask."""
    return PulsePlan.objects.first() or PulsePlan()


def picked() -> list[Kpi]:
    """Return the KPIs chosen by hand, in their order."""
    return [each.kpi for each in PulsePick.objects.select_related("kpi__touchpoint")]


def rated() -> QuerySet[Kpi]:
    """Customers' scores of touchpoints in use that count: of several sources of one number the official one."""
    found = Kpi.objects.filter(measure__in=kpis.OUTCOMES, touchpoint__isnull=False, touchpoint__archived_at=None)
    return found.filter(~Q(is_outcome=False), ~kpis.outvoted()).select_related("touchpoint", "source")


def to_ask(*, workspace: Workspace, today: date) -> list[Kpi]:
    """Return the KPIs that a pulse opened today asks about: at most five, those with a number alone."""
    chosen = picked()
    rows = Kpi.objects.filter(pk__in=[each.pk for each in chosen]) if chosen else rated()
    found = standings.standings(rows.select_related("touchpoint", "source"), workspace=workspace, today=today)
    standing = [each for each in found.values() if None not in scale_ends(each.kpi)]
    if chosen:
        order = {kpi.pk: place for place, kpi in enumerate(chosen)}
        return [each.kpi for each in sorted(standing, key=lambda each: order[each.kpi.pk])][:MOST]
    standing.sort(key=lambda each: (-(each.now.reading.answered or 0), each.kpi.pk))  # type: ignore[union-attr]
    return list({each.kpi.touchpoint_id: each.kpi for each in reversed(standing)}.values())[::-1][:MOST]


def scale_ends(kpi: Kpi) -> tuple[float | None, float | None]:
    """Return the lowest and the highest value of a KPI; None for what has no ends."""
    return ends(measure(kpi.measure), scale_of(kpi))


def open_one(today: date) -> Pulse | None:
    """Return the pulse that can be answered today."""
    found: Pulse | None = Pulse.objects.open_on(today).first()  # type: ignore[attr-defined]
    return found


def waiting_for(member: Member, today: date) -> Pulse | None:
    """Return the open pulse that the member has not answered yet. One query."""
    found = Pulse.objects.open_on(today)  # type: ignore[attr-defined]
    waiting: Pulse | None = found.exclude(pk__in=PulseAnswer.objects.filter(member=member).values("pulse")).first()
    return waiting


def has_answered(member: Member, pulse: Pulse) -> bool:
    return PulseAnswer.objects.filter(member=member, pulse=pulse).exists()


def questions(pulse: Pulse) -> Sequence[PulseQuestion]:
    """Return the questions of a pulse with their KPIs."""
    found: Sequence[PulseQuestion] = pulse.questions.select_related("kpi__touchpoint", "kpi__source")
    return found


def department_of(member: Member) -> Department | None:
    """Return the department a member's guesses are told with: the first one led, or else the first contributed to.

    None for those in none, and for a department of fewer than five people: its name would be theirs.
    """
    ordered = sorted(
        (held for held in member.held if held.department_id and Role(held.role) in DEPARTMENT_ROLES),
        key=lambda held: (held.role != Role.DEPARTMENT_LEAD, held.department_id),
    )
    if not ordered:
        return None
    people = Count("roles__member", filter=Q(roles__member__left_at=None), distinct=True)
    found: Department | None = Department.objects.annotate(people=people).get(pk=ordered[0].department_id)
    return found if found and found.people >= SMALLEST and found.archived_at is None else None  # type: ignore[attr-defined]

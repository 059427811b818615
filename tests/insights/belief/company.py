"""A company that guesses: departments of any size, a KPI customers answered, and months that pass."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from insights.models import Kpi, Pulse
from insights.pipelines import pulses as sweeping
from insights.queries import pulses as queries
from insights.services import closing, pulses
from orgs.models import Department, Member, User
from orgs.roles import Role
from orgs.services import departments, members
from tests.days import local_today
from tests.insights.overview.company import kpi, touchpoint

_numbers = count(1)
SCORES = [5, 4, 4, 3] * 10  # a mean of 4


def measured(world: Any, name: str = "Check-in", scores: Any = SCORES) -> Kpi:
    """A satisfaction on 1 to 5 that customers gave last month."""
    return kpi(world, touchpoint(world, name), [list(scores)])


def staff(world: Any, department: Department | None, size: int) -> list[Member]:
    """So many people more who contribute to a department, or view where there is none."""
    held = (Role.CONTRIBUTOR, department) if department else (Role.VIEWER, None)
    made = []
    for number in (next(_numbers) for _each in range(size)):
        user = User.objects.create_user(f"staff{number}@acme.test", name=f"Staff {number}")
        made.append(members.add(user=user, roles=[held], by=world.ada))
    return made


def department(world: Any, name: str) -> Department:
    return departments.find_or_create(name, by=world.ada)[0]


def ask(world: Any, *kpis: Kpi) -> None:
    pulses.plan(is_on=True, kpis=list(kpis), by=world.ada)


def opened(month: int = 0) -> Pulse:
    """A pulse that is open today; with a month, one that comes so many months after it, made the way the sweep does."""
    days = queries.days_of(_month(month))
    pulse = pulses.open_due(workspace=_workspace(), today=days.opens_on)
    assert pulse
    return pulse


def guess(pulse: Pulse, member: Member, *values: float | None) -> None:
    """Let a member guess the questions in their order; None leaves one out."""
    given = {place: value for place, value in enumerate(values) if value is not None}
    fresh = Member.objects.get(pk=member.pk)  # roles may have changed since it was read
    pulses.answer(pulse=pulse, guesses=given, by=fresh, now=timezone.now(), today=pulse.opens_on)


def close(pulse: Pulse) -> Pulse:
    closing.close(pulse=pulse, workspace=_workspace(), today=pulse.closes_on + timedelta(days=1))
    return Pulse.objects.get(pk=pulse.pk)


def sweep(day: Any) -> int:
    """Let the sweeper run at noon of a day."""
    return sweeping.sweep(datetime(day.year, day.month, day.day, 12, tzinfo=_workspace().tzinfo))


def _month(number: int) -> Any:
    found = local_today().replace(day=1)
    for _each in range(number):
        found = (found + timedelta(days=32)).replace(day=1)
    return found


def _workspace() -> Any:
    return Member.objects.select_related("workspace").first().workspace

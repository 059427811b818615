"""What is told of beliefs, for whoever may read it: each group's belief beside the customers' score of that time.

Everything here follows from the rows frozen when a pulse closed, whatever is filtered: nothing is worked out anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from insights.measures.anonymity import STEPS
from insights.models import Pulse, PulseQuestion, Reading, ToldBelief
from journeys.models import LifecyclePhase
from orgs import access
from orgs.models import Department, Member
from orgs.permissions import Permission


@dataclass(frozen=True)
class Filters:
    month: date | None = None
    department: int | None = None
    phase: int | None = None
    touchpoint: int | None = None

    @property
    def is_active(self) -> bool:
        return any((self.department, self.phase, self.touchpoint))


@dataclass(frozen=True)
class Gap:
    """What one group believes of one KPI, and what customers say. `row` is None for the whole company."""

    question: PulseQuestion
    row: ToldBelief | None
    belief: float
    guesses: int
    had_seen: int

    @property
    def gap(self) -> float | None:
        """Belief less the customers' score, in the KPI's unit: above 0 staff think better of it than customers do."""
        return None if self.question.score is None else self.belief - self.question.score

    @property
    def share(self) -> float | None:
        """The gap in percent of the scale, so that numbers of different units stand side by side."""
        width = self.question.high - self.question.low
        return None if self.gap is None else 100 * self.gap / width

    @property
    def key(self) -> tuple[int, str]:
        """The same group about the same KPI, whatever the month."""
        return self.question.kpi_id, group(self)


def group(gap: Gap) -> str:
    """Return whose belief it is."""
    if gap.row is None:
        return _("Whole company")
    if gap.row.department:
        return str(gap.row.department)
    return _("People of small or no departments") if gap.row.covers == [None] else _("All others together")


def of_all(rows: Sequence[ToldBelief]) -> Gap:
    """Return the whole company's, from what is told of the groups, which hold everybody who guessed.

    Made of told figures alone it says nothing that they do not: 4.6 of 10 people and 4 of 5 are 4.4.
    """
    question, guesses = rows[0].question, sum(row.guesses for row in rows)
    step = (question.high - question.low) / STEPS
    mean = sum(row.belief * row.guesses for row in rows) / guesses
    belief = round(question.low + step * round((mean - question.low) / step), 6)
    return Gap(question, None, belief, guesses, sum(row.had_seen for row in rows))


def gaps(member: Member, today: date, touchpoint_id: int | None = None) -> list[Gap]:
    """Return every gap the member may read by now, the newest pulse first, then by question, the company before groups.

    A lead reads the own departments' groups and the company's as soon as a pulse has closed; who may read all of them
    does so a month later. With a touchpoint, of its KPIs alone. One query.
    """
    if not access.may(member, Permission.BELIEF_READ):
        return []
    led = access.led_by(member)
    reads_all = access.may_everywhere(member, Permission.BELIEF_READ)
    ripe = Q(question__pulse__executives_on__lte=today) if reads_all else Q(pk__in=[])
    closed = Q(question__pulse__closed_on__lte=today) if led else Q(pk__in=[])
    rows = ToldBelief.objects.filter(ripe | closed).select_related("question__pulse", "question__kpi__touchpoint")
    if touchpoint_id:
        rows = rows.filter(question__kpi__touchpoint=touchpoint_id)
    by_question: dict[PulseQuestion, list[ToldBelief]] = defaultdict(list)
    for row in rows.select_related("question__kpi__stage", "question__kpi__map", "department"):
        by_question[row.question].append(row)
    ordered = sorted(by_question, key=lambda each: (-each.pulse.month.toordinal(), each.position))
    found = []
    for question in ordered:
        told = sorted(by_question[question], key=lambda row: (row.department is None, str(row.department or "")))
        is_ripe = reads_all and question.pulse.executives_on <= today
        mine = [row for row in told if is_ripe or led & set(row.covers)]
        found += [of_all(told), *(_gap(row, question) for row in mine)]
    return found


def narrowed(found: Iterable[Gap], filters: Filters) -> list[Gap]:
    """Keep what the filters ask for. A department that was told together with others has no row of its own."""
    kept = list(found)
    if filters.month:
        kept = [each for each in kept if each.question.pulse.month == filters.month]
    if filters.department:
        kept = [each for each in kept if each.row and each.row.department_id == filters.department]
    if filters.touchpoint:
        kept = [each for each in kept if each.question.kpi.touchpoint_id == filters.touchpoint]
    if filters.phase:
        places = phases_of(kept)
        kept = [each for each in kept if filters.phase in places.get(each.question.kpi.touchpoint_id, ())]
    return kept


def phases_of(found: Iterable[Gap]) -> dict[int, set[int]]:
    """Return the phases that the touchpoints asked about stand in, on any map. One query."""
    touchpoints = {each.question.kpi.touchpoint_id for each in found}
    pairs = LifecyclePhase.objects.filter(stages__steps__placements__touchpoint__in=touchpoints - {None})
    places: dict[int, set[int]] = defaultdict(set)
    for phase, touchpoint in pairs.values_list("pk", "stages__steps__placements__touchpoint").distinct():
        places[touchpoint].add(phase)
    return places


def told_with_others(found: Iterable[Gap], department: Department) -> bool:
    """Say whether a department's guesses are told within a larger group in any of these."""
    rows = [each.row for each in found if each.row]
    return any(row.department_id is None and department.pk in row.covers for row in rows)


def departments_in(found: Iterable[Gap]) -> set[int]:
    """Return the departments whose people are in any of these groups."""
    return {part for each in found if each.row for part in each.row.covers if part is not None}


def months(found: Iterable[Gap]) -> list[date]:
    """Return the months of the pulses, the newest first."""
    return sorted({each.question.pulse.month for each in found}, reverse=True)


def courses(found: Iterable[Gap]) -> dict[tuple[int, str], list[Gap]]:
    """Return the gaps of each group about each KPI over the months, the oldest first."""
    by_key: dict[tuple[int, str], list[Gap]] = defaultdict(list)
    for each in sorted(found, key=lambda gap: gap.question.pulse.month):
        by_key[each.key].append(each)
    return by_key


def restated(found: Iterable[Gap]) -> dict[int, float | None]:
    """Return, by question, what the customers' score of that period is by now, where it is another. One query."""
    questions = {each.question.pk: each.question for each in found if each.question.score is not None}
    wanted = Q(pk__in=[])
    for question in questions.values():
        wanted |= Q(kpi=question.kpi_id, grain=question.score_grain, starts_on=question.score_starts_on)
    now = {
        (kpi, grain, starts_on): value
        for kpi, grain, starts_on, value in Reading.objects.filter(wanted, segment="").values_list(
            "kpi", "grain", "starts_on", "value"
        )
    }
    keys = {pk: (each.kpi_id, each.score_grain, each.score_starts_on) for pk, each in questions.items()}
    return {pk: now.get(key) for pk, key in keys.items() if now.get(key) != questions[pk].score}


def waiting(member: Member, today: date) -> Pulse | None:
    """Return the newest closed pulse that the member will read, but not yet."""
    found: Pulse | None = None
    if access.may_everywhere(member, Permission.BELIEF_READ) and not access.led_by(member):
        found = Pulse.objects.filter(executives_on__gt=today).first()
    return found


def _gap(row: ToldBelief, question: PulseQuestion) -> Gap:
    return Gap(question, row, row.belief, row.guesses, row.had_seen)

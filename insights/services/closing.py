"""Closes a pulse: what is told of groups is frozen, the customers' score beside it, and the guesses are let go."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from insights.measures import anonymity
from insights.measures.anonymity import Group, People
from insights.models import Guess, Kpi, Pulse, PulseAnswer, PulseQuestion, ToldBelief
from insights.queries import standings
from insights.services.pulses import OPENED
from orgs.models import Workspace
from orgs.services import audit, notifications


@transaction.atomic
def close(*, pulse: Pulse, workspace: Workspace, today: date) -> bool:
    """Freeze what is told of a pulse once its last day is over. Return whether this did it.

    Leads see their departments from today on, executives see every group a month later.
    """
    locked = Pulse.objects.select_for_update().get(pk=pulse.pk)
    if locked.closed_on or today <= locked.closes_on:
        return False
    questions = list(locked.questions.all())
    _score(questions, workspace, today)
    answers = list(locked.answers.all())
    told = [row for question in questions for row in _frozen(question, answers)]
    ToldBelief.objects.bulk_create(sorted(told, key=lambda row: (row.question.position, row.department_id or 0)))
    Guess.objects.filter(question__pulse=locked).delete()  # nobody needs them any more, and nobody can lose them
    locked.closed_on, locked.executives_on = today, a_month_after(today)
    locked.save()
    audit.record("pulse.close", locked, by=None, after={"told": len(told)})
    notifications.settle(thing=locked, kinds=[OPENED], now=timezone.now())
    return True


def a_month_after(day: date) -> date:
    """Return the same day of the next month, or its last one: 28 February after 31 January."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def _score(questions: Sequence[PulseQuestion], workspace: Workspace, today: date) -> None:
    """Keep what customers say as it stands now: a later restatement is told beside it."""
    kpis = Kpi.objects.filter(pk__in=[each.kpi_id for each in questions])
    found = standings.standings(kpis, workspace=workspace, today=today)
    for question in questions:
        if standing := found.get(question.kpi_id):
            question.score = standing.now.value
            question.score_grain, question.score_starts_on = standing.now.period.grain, standing.now.period.starts_on
            question.save()


def _frozen(question: PulseQuestion, answers: Sequence[PulseAnswer]) -> list[ToldBelief]:
    found = anonymity.groups(_by_department(answers, question), _told_before(question))
    guesses = list(question.guesses.all())
    return [_told(question, group, [each for each in guesses if each.department_id in group.parts]) for group in found]


def _told(question: PulseQuestion, group: Group, guesses: Sequence[Guess]) -> ToldBelief:
    assert len(guesses) == group.size >= anonymity.SMALLEST  # noqa: S101  the two tables are written together
    return ToldBelief(
        question=question,
        department_id=group.parts[0] if len(group.parts) == 1 else None,
        covers=sorted(group.parts, key=lambda part: (part is None, part or 0)),  # type: ignore[arg-type,return-value]
        belief=anonymity.told((each.value for each in guesses), question.low, question.high),
        guesses=anonymity.coarse(len(guesses)),
        had_seen=anonymity.coarse(sum(each.had_seen for each in guesses)),
    )


def _told_before(question: PulseQuestion) -> list[list[People]]:
    """Who was in each group told of the same KPI, by earlier pulse."""
    rows = ToldBelief.objects.filter(question__kpi=question.kpi_id).exclude(question=question)
    by_question: dict[PulseQuestion, list[ToldBelief]] = defaultdict(list)
    for row in rows.select_related("question"):
        by_question[row.question].append(row)
    answers: dict[int, list[PulseAnswer]] = defaultdict(list)
    for each in PulseAnswer.objects.filter(pulse__in={before.pulse_id for before in by_question}):
        answers[each.pulse_id].append(each)
    return [_people(before, held, answers[before.pulse_id]) for before, held in by_question.items()]


def _people(question: PulseQuestion, told: Sequence[ToldBelief], answers: Sequence[PulseAnswer]) -> list[People]:
    found = _by_department(answers, question)
    return [frozenset().union(*(found.get(part, frozenset()) for part in row.covers)) for row in told]


def _by_department(answers: Sequence[PulseAnswer], question: PulseQuestion) -> dict[int | None, People]:
    found: dict[int | None, set[int]] = defaultdict(set)
    for each in answers:
        if question.position in each.positions:
            found[each.department_id].add(each.member_id)
    return {department: frozenset(people) for department, people in found.items()}

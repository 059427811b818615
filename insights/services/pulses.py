"""Asks staff once a month what customers say: turns pulses on, opens one, keeps guesses apart from who made them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _

from cxhub.lib import lately
from insights.models import Guess, Kpi, Pulse, PulseAnswer, PulsePick, PulsePlan, PulseQuestion
from insights.queries import pulses
from insights.queries.pulses import Days
from orgs.models import Department, Member, Workspace
from orgs.services import audit, notifications

OPENED = "pulse.opened"
SEEN = "kpi"  # what lately remembers the figures of KPIs under


class PulseError(Exception):
    """It cannot be answered or planned like this; str() is the sentence for the person."""


class PulseIsOver(PulseError):
    """The pulse is not open, or not any more."""


class HasAnswered(PulseError):
    """The member answered this pulse already."""


class BadGuess(PulseError):
    """A guess outside of its scale, or of no question of the pulse."""


class BadPick(PulseError):
    """Too many KPIs, or one without a scale."""


@transaction.atomic
def plan(*, is_on: bool, kpis: Sequence[Kpi], by: Member) -> PulsePlan:
    """Turn the monthly pulse on or off, and choose what it asks; without KPIs, what most customers answer.

    A pulse that is open stays as it is. Raises BadPick.
    """
    if len(kpis) > pulses.MOST:
        raise BadPick(_("Choose at most %(most)d numbers.") % {"most": pulses.MOST})
    if any(None in pulses.scale_ends(kpi) for kpi in kpis):
        raise BadPick(_("Choose numbers that have a lowest and a highest value."))
    held, _is_new = PulsePlan.objects.get_or_create()
    held = PulsePlan.objects.select_for_update().get(pk=held.pk)
    before = {"is_on": held.is_on, "kpis": [each.pk for each in pulses.picked()]}
    after = {"is_on": is_on, "kpis": [kpi.pk for kpi in kpis]}
    if before != after:
        held.is_on = is_on
        held.save()
        PulsePick.objects.all().delete()
        PulsePick.objects.bulk_create(PulsePick(kpi=kpi, position=place) for place, kpi in enumerate(kpis))
        audit.record("pulse_plan.change", held, by=by, before=before, after=after)
    return held


@transaction.atomic
def open_due(*, workspace: Workspace, today: date) -> Pulse | None:
    """Open the pulse of this month if its day has come. None where there is none to open."""
    days = pulses.days_of(today)
    last = days.closes_on - timedelta(days=pulses.FEWEST_DAYS - 1)
    if not days.opens_on <= today <= last or Pulse.objects.filter(month=days.month).exists():
        return None
    # Of two sweepers the second waits here, and then finds the pulse of the first.
    if not PulsePlan.objects.select_for_update().filter(is_on=True).exists():
        return None
    if Pulse.objects.filter(month=days.month).exists():
        return None
    return begin(days=days, workspace=workspace, today=today)


@transaction.atomic
def begin(*, days: Days, workspace: Workspace, today: date) -> Pulse | None:
    """Open a pulse on these days and tell everybody once. None where there is no number to ask about."""
    asked = pulses.to_ask(workspace=workspace, today=today)
    if not asked:
        return None
    pulse = Pulse.objects.create(month=days.month, opens_on=days.opens_on, closes_on=days.closes_on)
    PulseQuestion.objects.bulk_create(_question(pulse, place, kpi) for place, kpi in enumerate(asked))
    audit.record("pulse.open", pulse, by=None, after={"kpis": [kpi.pk for kpi in asked]})
    everybody = Member.objects.current().values_list("pk", flat=True)
    notifications.tell(members=everybody, kind=OPENED, thing=pulse, occasion="opened", by=None)
    return pulse


@transaction.atomic
def answer(*, pulse: Pulse, guesses: Mapping[int, float], by: Member, now: datetime, today: date) -> None:
    """Take a member's guesses, by the position of their question; none leaves this pulse out.

    That the member answered is kept, and what was guessed, but not together. Raises PulseIsOver, HasAnswered, BadGuess.
    """
    locked = Pulse.objects.select_for_update().get(pk=pulse.pk)
    if not Pulse.objects.open_on(today).filter(pk=locked.pk).exists():  # type: ignore[attr-defined]
        raise PulseIsOver(_("This pulse is over. The next one opens on the first Monday of the month."))
    if pulses.has_answered(by, locked):
        raise HasAnswered(_("You have answered this pulse already."))
    asked = {each.position: each for each in locked.questions.all()}
    for position, value in guesses.items():
        if position not in asked or not asked[position].low <= value <= asked[position].high:
            raise BadGuess(_("Guess a number on the scale."))
    department = pulses.department_of(by)
    answered = {"positions": sorted(guesses), "department": department}
    PulseAnswer.objects.create(pulse=locked, member=by, **answered)
    seen = lately.seen(SEEN, by.pk, now=now.timestamp())
    made = [
        Guess(question=asked[at], value=value, department=department, had_seen=asked[at].kpi_id in seen)
        for at, value in guesses.items()
    ]
    _mix(locked, department, made)
    audit.record("pulse.answer", locked, by=by)
    notifications.settle(thing=locked, kinds=[OPENED], now=now, members=[by.pk])


def _question(pulse: Pulse, place: int, kpi: Kpi) -> PulseQuestion:
    low, high = pulses.scale_ends(kpi)
    return PulseQuestion(pulse=pulse, kpi=kpi, position=place, definition_key=kpi.definition_key, low=low, high=high)


def _mix(pulse: Pulse, department: Department | None, made: list[Guess]) -> None:
    """Put the guesses to those of the department's other people, all written anew in a random order.

    Otherwise rows that came together, in the order of the table or of transactions, would be one person's.
    """
    held = Guess.objects.filter(question__pulse=pulse, department=department)
    all_of_them = [*_anew(held), *made]
    held.delete()
    SystemRandom().shuffle(all_of_them)
    Guess.objects.bulk_create(all_of_them)


def _anew(held: Sequence[Guess]) -> list[Guess]:
    kept = ("question_id", "value", "department_id", "had_seen")
    return [Guess(**{name: getattr(each, name) for name in kept}) for each in held]

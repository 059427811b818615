"""Agrees on hand-offs: somebody writes the terms, then the leads of both departments say yes, or why not."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cxhub.lib.one_line import one_line
from governance.models import HandOff, HandOffWord
from governance.models.handoffs import LONGEST_REASON
from governance.queries import handoffs as reads
from governance.queries.handoffs import Side
from insights.models import Kpi
from journeys.models import Touchpoint
from orgs import access
from orgs.models import Member
from orgs.queries import leads
from orgs.services import audit, notifications

ASKED, ANSWERED = "handoff.asked", "handoff.answered"
TERMS = ("trigger", "information", "limit_minutes")
ENDS = ("giver__accountable_department", "taker__accountable_department")
NUMBERS = ("wait_kpi", "loss_kpi", "repeat_kpi")


class HandOffError(Exception):
    """It cannot be done like this; str() is the sentence for the person."""


class BadPair(HandOffError):
    """These two touchpoints cannot have a hand-off, or have one."""


class TermsChanged(HandOffError):
    """Somebody changed the terms after the person read them."""


class NotTheirs(HandOffError):
    """The member leads neither of the departments that answer for the touchpoints, or agreed already."""


class NoReason(HandOffError):
    """Objecting and ending say why, in one line."""


class IsOver(HandOffError):
    """It was ended."""


@transaction.atomic
def propose(*, giver: Touchpoint, taker: Touchpoint, by: Member, now: datetime, **values: Any) -> HandOff:
    """Write down what is to be agreed on; the sides that `by` leads agree by that. Raises BadPair.

    `values`: trigger, information, limit_minutes, and the KPIs wait_kpi, loss_kpi, repeat_kpi where there are any.
    """
    _check_pair(giver, taker, values)
    try:
        with transaction.atomic():
            written = HandOff.objects.create(giver=giver, taker=taker, by=by, at=now, **values)
    except IntegrityError as error:
        raise BadPair(_("There is a hand-off between these two already. Open it to change it.")) from error
    made = _held(written, None)  # with its touchpoints as they are now, whatever the caller holds
    _record("propose", made, by, after=_told(made))
    _speak_and_ask(made, by, now)
    return made


@transaction.atomic
def change(*, handoff: HandOff, terms: int, by: Member, now: datetime, **values: Any) -> HandOff:
    """Change the terms, which both sides agree to anew, or only the numbers, which they do not.

    `terms` is the count of the terms that the person saw. Raises TermsChanged, IsOver, BadPair.
    """
    held = _held(handoff, terms)
    _check_pair(held.giver, held.taker, values)
    before = _told(held)
    is_new = any(getattr(held, name) != values[name] for name in TERMS)
    for name in (*TERMS, *NUMBERS):
        setattr(held, name, values.get(name))
    held.terms += is_new
    held.save()
    if before == _told(held):
        return held
    _record("change", held, by, before=before, after=_told(held))
    if is_new:
        notifications.settle(thing=held, kinds=[ASKED], now=now)
        _speak_and_ask(held, by, now)
    return held


@transaction.atomic
def agree(*, handoff: HandOff, terms: int, by: Member, now: datetime) -> HandOff:
    """Say yes for each side that `by` leads. Raises TermsChanged, IsOver, NotTheirs."""
    held = _held(handoff, terms)
    spoken = _speak(held, by, now)
    if not spoken:
        raise NotTheirs(_("Your departments agreed to it already, or none of them answers for these touchpoints."))
    _answered(held, spoken, by, now)
    return held


@transaction.atomic
def object_to(*, handoff: HandOff, terms: int, reason: str, by: Member, now: datetime) -> HandOff:
    """Say no, and why, for each side that `by` leads. Raises NoReason, TermsChanged, IsOver, NotTheirs."""
    said = _reason(reason)
    held = _held(handoff, terms)
    sides = [side for side in _sides(held) if _is_led(side, by)]
    if not sides:
        raise NotTheirs(_("None of your departments answers for these touchpoints."))
    spoken = [_say(held, side, by, now, reason=said) for side in sides]
    _answered(held, spoken, by, now)
    return held


@transaction.atomic
def end(*, handoff: HandOff, reason: str, by: Member, now: datetime) -> HandOff:
    """End it, with a reason; where customers still pass there it counts as missing. Raises NoReason, IsOver."""
    said = _reason(reason)
    held = _held(handoff, None)
    held.ended_at, held.ended_by, held.end_reason = now, by, said
    held.save()
    _record("end", held, by, after={"reason": said})
    notifications.settle(thing=held, kinds=[ASKED], now=now)
    _tell(ANSWERED, held, _leads(held), by, "ended")
    return held


def _held(handoff: HandOff, terms: int | None) -> HandOff:
    found: HandOff = HandOff.objects.select_for_update(of=("self",)).select_related(*ENDS).get(pk=handoff.pk)
    if found.ended_at:
        raise IsOver(_("This hand-off was ended meanwhile."))
    if terms is not None and found.terms != terms:
        raise TermsChanged(_("The terms were changed after you opened this page. Read them, then decide."))
    return found


def _check_pair(giver: Touchpoint, taker: Touchpoint, values: dict[str, Any]) -> None:
    if giver.pk == taker.pk:
        raise BadPair(_("A hand-off is between two touchpoints. Choose another one."))
    for each in (giver, taker):
        if each.archived_at:
            raise BadPair(_("%(name)s is archived. Restore it first.") % {"name": each})
    allowed = {giver.pk, taker.pk}
    for kpi in (values.get(name) for name in NUMBERS):
        if isinstance(kpi, Kpi) and kpi.touchpoint_id not in allowed:
            raise BadPair(_("Choose numbers of one of the two touchpoints."))


def _sides(held: HandOff) -> tuple[Side, Side]:
    return reads.standing_of(held).sides


def _is_led(side: Side, by: Member) -> bool:
    return side.department is not None and access.leads(by, side.department.pk)


def _speak(held: HandOff, by: Member, now: datetime) -> list[HandOffWord]:
    """Agree for the sides that `by` leads and has not agreed for."""
    mine = [side for side in _sides(held) if _is_led(side, by) and not side.is_agreed]
    return [_say(held, side, by, now) for side in mine]


def _say(held: HandOff, side: Side, by: Member, now: datetime, *, reason: str = "") -> HandOffWord:
    told = {"department": side.department, "terms": held.terms, "is_agreed": not reason, "reason": reason}
    made: HandOffWord = HandOffWord.objects.create(handoff=held, side=side.side, by=by, at=now, **told)
    after = {"department": str(side.department), **({"reason": reason} if reason else {})}
    _record("object" if reason else "agree", held, by, after=after)
    return made


def _speak_and_ask(held: HandOff, by: Member, now: datetime) -> None:
    _speak(held, by, now)
    asked = [side.department.pk for side in _sides(held) if side.department and not side.is_agreed]
    _tell(ASKED, held, _of_departments(asked), by, f"terms {held.terms}")


def _answered(held: HandOff, spoken: list[HandOffWord], by: Member, now: datetime) -> None:
    for word in spoken:
        theirs = _of_departments([word.department_id])
        notifications.settle(thing=held, kinds=[ASKED], now=now, members=theirs)
    others = {*_leads(held), held.by_id} - set(_of_departments(word.department_id for word in spoken))
    _tell(ANSWERED, held, others, by, f"word {spoken[-1].pk}", word=spoken[-1].pk)


def _tell(kind: str, held: HandOff, members: Iterable[int], by: Member, occasion: str, **data: Any) -> None:
    notifications.tell(members=members, kind=kind, thing=held, occasion=occasion, by=by, data=data)


def _leads(held: HandOff) -> list[int]:
    return _of_departments(side.department.pk for side in _sides(held) if side.department)


def _of_departments(ids: Iterable[int]) -> list[int]:
    return [pk for members in leads.of_departments(ids).values() for pk in members]


def _record(action: str, held: HandOff, by: Member, **told: Any) -> None:
    """Write it into the history of the hand-off and of both its touchpoints."""
    audit.record(f"handoff.{action}", held, by=by, **told)
    after = {
        "handoff": str(held),
        **{name: told["after"][name] for name in ("department", "reason") if name in told["after"]},
    }
    for touchpoint in (held.giver, held.taker):
        audit.record(f"touchpoint.handoff_{action}", touchpoint, by=by, after=after)


def _told(held: HandOff) -> dict[str, Any]:
    return {name: getattr(held, name) for name in TERMS} | {name: getattr(held, f"{name}_id") for name in NUMBERS}


def _reason(text: str) -> str:
    said = one_line(text, LONGEST_REASON, NoReason)
    if not said:
        raise NoReason(_("Say why, in a sentence."))
    return said

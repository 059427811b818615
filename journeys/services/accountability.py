"""Makes a department accountable for a touchpoint: offered, then accepted, declined or withdrawn; claimed; given up."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Offer, OwnershipRule, Touchpoint
from journeys.queries import offers
from orgs.models import Department, Member
from orgs.services import audit, notifications

Accountability = Touchpoint.Accountability
LONGEST = 1000
MOST_DAYS = 365
ASKS = ["offer.made", "offer.undecided"]


class CannotOffer(ValueError):
    """This touchpoint cannot be offered to this department now; the sentence says why."""


class CannotClaim(ValueError):
    """This touchpoint cannot be claimed now; the sentence says why."""


class AlreadyDecided(ValueError):
    """Somebody was first; `offer` says who and how."""

    def __init__(self, offer: Offer):
        super().__init__(
            _("This offer is no longer open: %(state)s by %(who)s.")
            % {"state": offer.get_state_display().lower(), "who": offer.decided_by or _("CX Hub")}
        )
        self.offer = offer


class NoReason(ValueError):
    """Declining and giving up say why."""


class NotOwned(ValueError):
    """Only what a department accepted can be given up."""


@transaction.atomic
def offer(
    *,
    touchpoint: Touchpoint,
    department: Department,
    by: Member | None,
    now: datetime,
    message: str = "",
    origin: str = "",
    is_for_unowned: bool = False,
) -> Offer:
    """Ask a department to answer for a touchpoint. Who answers today goes on until the new one accepts.

    `is_for_unowned`: not if one answers today. Raises CannotOffer.
    """
    kept, problem = _locked(touchpoint.pk), ""
    waiting = _open(kept)
    if is_for_unowned:
        problem = offers.hindrance(kept, waiting, is_unowned=Touchpoint.objects.unowned().filter(pk=kept.pk).exists())
    problem = problem or refusal(kept, department, waiting)
    if problem:
        raise CannotOffer(problem)
    made: Offer = Offer.objects.create(
        touchpoint=kept, department=department, message=message.strip()[:LONGEST], by=by, offered_at=now
    )
    if not kept.is_owned:
        _put(kept, department, Accountability.OFFERED, offered_at=now, decided_at=None, decline_reason="")
    told = {"department": department.name, "message": made.message}
    audit.record("touchpoint.offer", kept, by=by, after=told, origin=origin)
    _tell_leads(made, by, origin)
    return made


def refusal(touchpoint: Touchpoint, department: Department, waiting: Offer | None) -> str:
    """Say why this touchpoint cannot be offered to this department, or nothing when it can."""
    if touchpoint.archived_at:
        return _("It is archived. Restore it first.")
    if department.archived_at:
        return _("%(name)s is archived. Choose a department in use.") % {"name": department.name}
    if waiting:
        return _("It is offered to %(name)s. Withdraw that offer first.") % {"name": waiting.department.name}
    if touchpoint.owning_department_id == department.pk:
        return _("%(name)s answers for it already.") % {"name": department.name}
    return ""


@transaction.atomic
def claim(*, touchpoint: Touchpoint, department: Department, by: Member, now: datetime) -> Offer:
    """Offer what nobody answers for to the own department and accept it, in one step. Raises CannotClaim."""
    kept = _locked(touchpoint.pk)
    waiting = _open(kept)
    if waiting and waiting.department_id == department.pk:
        return accept(offer=waiting, by=by, now=now)
    if not Touchpoint.objects.unowned().filter(pk=kept.pk).exists():
        raise CannotClaim(_("A department answers for it, or it is archived."))
    if waiting and not _is_dead(waiting):
        raise CannotClaim(_("It is offered to %(name)s, who has not decided yet.") % {"name": waiting.department.name})
    problem = refusal(kept, department, None)
    if problem:
        raise CannotClaim(problem)
    if waiting:
        _close(waiting, Offer.State.WITHDRAWN, by, now)
    made: Offer = Offer.objects.create(touchpoint=kept, department=department, by=by, offered_at=now)
    _close(made, Offer.State.ACCEPTED, by, now)
    _put(kept, department, Accountability.ACCEPTED, offered_at=now, decided_at=now, decline_reason="")
    audit.record("touchpoint.claim", kept, by=by, after={"department": department.name})
    return made


@transaction.atomic
def accept(*, offer: Offer, by: Member, now: datetime) -> Offer:
    """Make the department accountable, in place of the one that was. The first of several leads decides.

    Raises AlreadyDecided.
    """
    kept, held = _held(offer)
    former = kept.owning_department_id
    before = {"department": kept.accountable_department.name} if former and kept.accountable_department else {}
    _close(held, Offer.State.ACCEPTED, by, now)
    _put(kept, held.department, Accountability.ACCEPTED, decided_at=now, decline_reason="")
    audit.record("touchpoint.accept", kept, by=by, before=before, after={"department": held.department.name})
    _tell(held, "offer.accepted", [held.by_id, *(lead.pk for lead in offers.leads_of(former))], by)
    return held


@transaction.atomic
def decline(*, offer: Offer, reason: str, by: Member, now: datetime) -> Offer:
    """Refuse the offer and say why. Raises NoReason, AlreadyDecided."""
    said = _said(reason)
    kept, held = _held(offer)
    _close(held, Offer.State.DECLINED, by, now, said)
    if not kept.is_owned:
        _put(kept, held.department, Accountability.DECLINED, decided_at=now, decline_reason=said)
    audit.record("touchpoint.decline", kept, by=by, after={"department": held.department.name, "reason": said})
    _tell(held, "offer.declined", [held.by_id], by)
    return held


@transaction.atomic
def withdraw(*, offer: Offer, by: Member, now: datetime) -> Offer:
    """Take an undecided offer back. Raises AlreadyDecided."""
    kept, held = _held(offer)
    _close(held, Offer.State.WITHDRAWN, by, now)
    if not kept.is_owned:
        _put(kept, None, Accountability.NONE)
    audit.record("touchpoint.withdraw", kept, by=by, after={"department": held.department.name})
    return held


@transaction.atomic
def give_up(*, touchpoint: Touchpoint, reason: str, by: Member, now: datetime) -> Touchpoint:
    """End the accountability of the department that accepted, with a reason. Raises NoReason, NotOwned."""
    said = _said(reason)
    kept = _locked(touchpoint.pk)
    if not kept.is_owned or kept.accountable_department is None:
        raise NotOwned(_("No department answers for it."))
    gone = kept.accountable_department
    waiting = _open(kept)
    kept.unowned_since = now
    if waiting:
        _put(kept, waiting.department, Accountability.OFFERED, offered_at=waiting.offered_at, decided_at=None)
    else:
        _put(kept, None, Accountability.NONE, decided_at=now, decline_reason=said)
    audit.record("touchpoint.give_up", kept, by=by, after={"department": gone.name, "reason": said})
    return kept


@transaction.atomic
def set_reminder(*, days: int, by: Member) -> None:
    """Keep how many days an offer may wait before sponsors and executives hear of it."""
    rule, _is_new = OwnershipRule.objects.get_or_create(workspace_id=by.workspace_id)
    if rule.reminder_days == days:
        return
    before, rule.reminder_days = rule.reminder_days, days
    rule.save(update_fields=["reminder_days"])
    audit.record("ownership_rule.change", rule, by=by, before={"days": before}, after={"days": days})


@transaction.atomic
def follow_merge(*, stays: Touchpoint, goes: Touchpoint, by: Member, now: datetime) -> dict[str, Any]:
    """Move the undecided offer of a merged touchpoint along with its owner, or withdraw it."""
    waiting = _open(goes)
    if waiting is None:
        return {}
    if stays.accountability == Accountability.NONE:
        waiting.touchpoint = stays
        waiting.save(update_fields=["touchpoint"])
        return {"offers": 1}
    _close(waiting, Offer.State.WITHDRAWN, by, now)
    return {"offers": 0}


def _locked(pk: int) -> Touchpoint:
    found = Touchpoint.objects.select_related("accountable_department").select_for_update(of=("self",))
    return found.get(pk=pk)  # type: ignore[no-any-return]


def _open(touchpoint: Touchpoint) -> Offer | None:
    return offers.open_ones([touchpoint.pk]).get(touchpoint.pk)


def _held(offer: Offer) -> tuple[Touchpoint, Offer]:
    """Return both, locked and as they are now: of two who decide, the second is told who was first."""
    kept = _locked(offer.touchpoint_id)
    held = offers.with_names().get(pk=offer.pk)
    if not held.is_open or kept.archived_at:
        raise AlreadyDecided(held)
    return kept, held


def _is_dead(waiting: Offer) -> bool:
    """Whether nobody is left who could decide on it."""
    return waiting.department.archived_at is not None or not offers.leads_of(waiting.department_id)


def _said(reason: str) -> str:
    said = reason.strip()[:LONGEST]
    if not said:
        raise NoReason(_("Say why, so that others know what to do next."))
    return said


def _put(kept: Touchpoint, department: Department | None, state: str, **more: Any) -> None:
    """Write who answers. Not a new version: no field of the record changed."""
    kept.accountable_department, kept.accountability = department, state
    if state == Accountability.ACCEPTED:
        kept.unowned_since = None
    for name, value in more.items():
        setattr(kept, name, value)
    kept.save(update_fields=["accountable_department", "accountability", "unowned_since", *more])


def _close(held: Offer, state: str, by: Member, now: datetime, reason: str = "") -> None:
    held.state, held.decided_by, held.decided_at, held.reason = state, by, now, reason
    held.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    notifications.settle(thing=held, kinds=ASKS, now=now)
    if not Offer.objects.undecided().filter(department=held.department_id).exists():
        notifications.settle(thing=held.department, kinds=["offer.several"], now=now)


def _tell(held: Offer, kind: str, members: list[int | None], by: Member) -> None:
    notifications.tell(members=members, kind=kind, thing=held, occasion="decided", by=by)


def _tell_leads(made: Offer, by: Member | None, origin: str) -> None:
    """Tell the leads. A file or a bulk offer is one message, however many touchpoints it names."""
    leads = [lead.pk for lead in offers.leads_of(made.department_id)]
    if origin:
        occasion = f"Offers of {origin}"[:100]
        notifications.tell(members=leads, kind="offer.several", thing=made.department, occasion=occasion, by=by)
    else:
        notifications.tell(members=leads, kind="offer.made", thing=made, occasion="made", by=by)

"""Who answers for a touchpoint, and what one may do about that."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.models import Offer, Touchpoint
from journeys.queries import offers, unowned
from journeys.registry import MergeStep, Panel
from journeys.services import accountability, involvements, suggestions
from orgs import access
from orgs.permissions import Permission


def load(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """Return who answers for a touchpoint, with the steps open to the person."""
    waiting = offers.open_ones([touchpoint.pk]).get(touchpoint.pk)
    department = touchpoint.accountable_department
    return {
        "department": department.name if department and touchpoint.is_owned else "",
        "notes": _notes(touchpoint),
        "offer": offer_card(request, waiting) if waiting else None,
        "asks_me": bool(waiting) and access.leads(request.member, waiting.department_id),  # type: ignore[attr-defined]
        "claims": claims(request, touchpoint),
        "actions": _actions(request, touchpoint, waiting),
    }


def asked(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """Return the offer that waits for the person's own answer; it stands before all that is said of the touchpoint."""
    led = access.led_by(request.member)  # type: ignore[attr-defined]
    waiting = offers.open_ones([touchpoint.pk]).get(touchpoint.pk) if led else None
    return {"offer": offer_card(request, waiting) if waiting and waiting.department_id in led else None}


def offer_card(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    """Return an offer as templates/journeys/offer_card.html shows it, with what the person may do about it."""
    slug, member = request.workspace.slug, request.member  # type: ignore[attr-defined]
    is_mine = access.leads(member, offer.department_id) and offer.is_open
    leads = offers.leads_of(offer.department_id)
    return {
        "id": offer.pk,
        "department": offer.department.name,
        "text": _who_offered(offer),
        "message": offer.message,
        "reason": offer.reason,
        "state": offer.get_state_display(),
        "decided": _decided(offer),
        "is_open": offer.is_open,
        "leads": ", ".join(str(lead) for lead in leads),
        "has_no_lead": not leads,
        "age": age(offer.offered_at),
        "url": reverse("offer", args=[slug, offer.pk]),
        "accept_url": reverse("offer_acceptance", args=[slug, offer.pk]) if is_mine else "",
        "decline_url": reverse("offer_refusal", args=[slug, offer.pk]) if is_mine else "",
        "withdraw_url": reverse("offer_withdrawal", args=[slug, offer.pk]) if _may_withdraw(request, offer) else "",
    }


def claims(request: HttpRequest, touchpoint: Touchpoint) -> list[dict[str, Any]]:
    """Return a button per department the person leads, where the touchpoint can be claimed."""
    led = access.led_by(request.member)  # type: ignore[attr-defined]
    if not unowned.claimable_for(led).filter(pk=touchpoint.pk).exists():
        return []
    url = reverse("touchpoint_claim", args=[request.workspace.slug, touchpoint.pk])  # type: ignore[attr-defined]
    return [claim(url, department) for department in unowned.in_use(led)]


def claim(url: str, department: Any) -> dict[str, Any]:
    """Return the button that claims for a department."""
    label = _("Claim for %(name)s") % {"name": department.name}
    return {"url": url, "department": department.pk, "label": label}


def offering(request: HttpRequest, touchpoint: Touchpoint) -> str:
    """Return what offering a touchpoint is called here; empty for those who may not, and of what is archived."""
    may_offer = access.may(request.member, Permission.ACCOUNTABILITY_OFFER, touchpoint)  # type: ignore[attr-defined]
    if touchpoint.archived_at or not may_offer:
        return ""
    return _("Hand over to another department") if touchpoint.is_owned else _("Offer it to a department")


def age(moment: datetime) -> str:
    """Say how long ago something was, in days."""
    days = max(0, (timezone.now() - moment).days)
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days} if days else _("today")


def _notes(touchpoint: Touchpoint) -> list[str]:
    """Say what stands in the way of being owned."""
    department, state = touchpoint.accountable_department, touchpoint.accountability
    notes = []
    if state == Touchpoint.Accountability.DECLINED and department:
        said = {"name": department.name, "reason": touchpoint.decline_reason}
        notes.append(_("%(name)s declined: “%(reason)s”") % said)
    if state == Touchpoint.Accountability.NONE and touchpoint.decline_reason:
        notes.append(_("It was given up: “%(reason)s”") % {"reason": touchpoint.decline_reason})
    if touchpoint.is_owned and department and department.archived_at:
        notes.append(_("%(name)s is archived, so nobody answers for it.") % {"name": department.name})
    return notes


def _actions(request: HttpRequest, touchpoint: Touchpoint, waiting: Offer | None) -> list[dict[str, str]]:
    member, args = request.member, [request.workspace.slug, touchpoint.pk]  # type: ignore[attr-defined]
    actions: list[dict[str, str]] = []
    if touchpoint.archived_at:
        return actions
    if not waiting and (label := offering(request, touchpoint)):
        actions.append({"label": label, "url": reverse("touchpoint_offers", args=args)})
    if touchpoint.is_owned and access.leads(member, touchpoint.owning_department_id):
        actions.append({"label": _("Give it up"), "url": reverse("touchpoint_giving_up", args=args)})
    return actions


def _may_withdraw(request: HttpRequest, offer: Offer) -> bool:
    member = request.member  # type: ignore[attr-defined]
    is_own = offer.by_id == member.pk
    return offer.is_open and (is_own or access.may(member, Permission.ACCOUNTABILITY_OFFER, offer.touchpoint))


def _who_offered(offer: Offer) -> str:
    words = {"who": offer.by or _("CX Hub"), "department": offer.department.name, "age": age(offer.offered_at)}
    return _("%(who)s offered it to %(department)s, %(age)s") % words


def _decided(offer: Offer) -> str:
    if offer.is_open or offer.decided_at is None:
        return ""
    words = {"state": offer.get_state_display(), "who": offer.decided_by or _("CX Hub"), "age": age(offer.decided_at)}
    return _("%(state)s by %(who)s, %(age)s") % words


def _preview(stays: Touchpoint, goes: Touchpoint) -> list[str]:
    waiting = offers.open_ones([goes.pk]).get(goes.pk)
    said = [_("Roles of departments follow, where they have none there yet.")] if goes.involvements.exists() else []
    if waiting is None:
        return said
    name = {"name": waiting.department.name}
    if stays.accountability == Touchpoint.Accountability.NONE:
        return [_("The offer to %(name)s moves along.") % name, *said]
    return [_("The offer to %(name)s is withdrawn.") % name, *said]


def _move(*, stays: Touchpoint, goes: Touchpoint, by: Any, now: datetime) -> dict[str, Any]:
    return {
        **accountability.follow_merge(stays=stays, goes=goes, by=by, now=now),
        **suggestions.follow_merge(stays=stays, goes=goes),
        **involvements.follow_merge(stays=stays, goes=goes),
    }


ASKED = Panel("asked", "journeys/offer_asked.html", 0, asked)
PANEL = Panel("roles", "journeys/offer_panel.html", 85, load)
ON_MERGE = MergeStep("offers", _preview, _move)

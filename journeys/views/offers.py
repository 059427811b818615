"""Offering a touchpoint to a department, and what its leads and the one who offered may do then."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cxhub.web import drawer
from cxhub.web.back import back
from journeys.forms.offers import DecliningForm, OfferForm, ReasonForm, ReminderForm
from journeys.models import Offer, Touchpoint
from journeys.panels import ownership
from journeys.queries import offers as queries
from journeys.queries import touchpoints, unowned
from journeys.services import accountability
from orgs import access
from orgs.permissions import Permission
from orgs.views.frames import settings_tabs, url

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def offer_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a department to answer for a touchpoint."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.ACCOUNTABILITY_OFFER)
    form = OfferForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        by = request.member  # type: ignore[attr-defined]
        try:
            made = accountability.offer(touchpoint=touchpoint, by=by, now=timezone.now(), **form.cleaned_data)
        except accountability.CannotOffer as problem:
            form.add_error("department", str(problem))
        else:
            return drawer.done(
                request, _("Offered to %(name)s") % {"name": made.department.name}, _way_back(request, touchpoint)
            )
    context = {
        **_about(request, touchpoint),
        "form": form,
        "without_lead": list(queries.without_lead()),
        "answers": touchpoint.accountable_department if touchpoint.is_owned else None,
    }
    return drawer.show(request, "journeys/offer_new.html", context, status=422 if form.errors else 200)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one offer, with what the person may do about it."""
    return _page(request, _load(request, pk))


@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept for the department; only its leads do."""
    offer = _load(request, pk)
    access.require_to_lead(request, offer.department_id)
    try:
        accountability.accept(offer=offer, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except accountability.AlreadyDecided as problem:
        return _page(request, problem.offer, str(problem), status=409)
    messages.success(request, _("%(name)s answers for it now.") % {"name": offer.department.name})
    return redirect(back(request, url(request, "touchpoint", offer.touchpoint_id)))


@require_POST
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline with a reason; only a lead of the department does."""
    offer = _load(request, pk)
    access.require_to_lead(request, offer.department_id)
    form = DecliningForm(request.POST)
    if not form.is_valid():
        return _page(request, offer, form=form, status=422)
    try:
        accountability.decline(offer=offer, by=request.member, now=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
    except accountability.AlreadyDecided as problem:
        return _page(request, problem.offer, str(problem), form=form, status=409)
    messages.success(request, _("The offer is declined. Who made it hears why."))
    return redirect(back(request, url(request, "touchpoint", offer.touchpoint_id)))


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offer back: who made it may, and who could make it."""
    offer = _load(request, pk)
    if offer.by_id != request.member.pk:  # type: ignore[attr-defined]
        access.require(request, Permission.ACCOUNTABILITY_OFFER, offer.touchpoint)
    try:
        accountability.withdraw(offer=offer, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except accountability.AlreadyDecided as problem:
        return _page(request, problem.offer, str(problem), status=409)
    messages.success(request, _("The offer is withdrawn."))
    return _back(request, offer.touchpoint)


@require_POST
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Claim what nobody answers for, for a department that the person leads."""
    touchpoint = access.load(request, Touchpoint, pk, Permission.WORKSPACE_READ)
    led = access.led_by(request.member)  # type: ignore[attr-defined]
    sent = request.POST.get("department", "")
    chosen = [each for each in unowned.in_use(led) if str(each.pk) == sent]
    access.require_to_lead(request, chosen[0].pk if chosen else None)
    go = _queue(request) or back(request, url(request, "touchpoint", pk))
    try:
        accountability.claim(touchpoint=touchpoint, department=chosen[0], by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except accountability.CannotClaim as problem:
        if drawer.is_asked(request):
            return drawer.done(request, str(problem), go)
        messages.error(request, str(problem))
        return redirect(go)
    words = {"name": chosen[0].name, "touchpoint": touchpoint.name}
    return drawer.done(request, _("%(name)s answers for “%(touchpoint)s” now.") % words, go)


@require_http_methods(GET_OR_POST)
def giving_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up what the own department accepted, with a reason."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.WORKSPACE_READ)
    access.require_to_lead(request, touchpoint.owning_department_id)
    form = ReasonForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        accountability.give_up(touchpoint=touchpoint, by=request.member, now=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("It stands among the unowned touchpoints now."))
        return _back(request, touchpoint)
    context = {**_about(request, touchpoint), "form": form, "answers": touchpoint.accountable_department}
    return render(request, "journeys/offer_giving_up.html", context, status=422 if form.errors else 200)


@require_http_methods(GET_OR_POST)
def settings(request: HttpRequest) -> HttpResponse:
    """Say how long an offer may wait."""
    access.require(request, Permission.WORKSPACE_MANAGE)
    form = ReminderForm(_posted(request), initial={"days": queries.reminder_days()})
    if request.method == "POST" and form.is_valid():
        accountability.set_reminder(by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("Saved."))
        return redirect(request.path)
    context = {"tabs": settings_tabs(request), "form": form}
    return render(request, "journeys/offer_settings.html", context, status=422 if form.errors else 200)


def _load(request: HttpRequest, pk: int) -> Offer:
    rows = queries.with_names().select_related("touchpoint__accountable_department")
    offer: Offer = access.load(request, rows, pk, Permission.WORKSPACE_READ)
    return offer


def _page(
    request: HttpRequest, offer: Offer, problem: str = "", *, form: DecliningForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        **_about(request, offer.touchpoint),
        "offer": ownership.offer_card(request, offer),
        "form": form or DecliningForm(),
        "problem": problem,
    }
    return render(request, "journeys/offer.html", context, status=status)


def _about(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    crumbs = [
        {"label": _("Unowned"), "url": url(request, "unowned")},
        {"label": touchpoint.name, "url": url(request, "touchpoint", touchpoint.pk)},
    ]
    return {"touchpoint": touchpoint, "crumbs": crumbs}


def _back(request: HttpRequest, touchpoint: Touchpoint) -> HttpResponse:
    return redirect(_way_back(request, touchpoint))


def _way_back(request: HttpRequest, touchpoint: Touchpoint) -> str:
    return back(request, url(request, "touchpoint", touchpoint.pk) + "#roles")


def _queue(request: HttpRequest) -> str:
    """Return the queue as it was, when the claim was made there."""
    return f"{url(request, 'unowned')}?{request.POST['query']}" if "query" in request.POST else ""


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None

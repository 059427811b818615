"""Saying that records are still right: one of them, or all of one's departments at once."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cxhub.web.back import back
from governance.queries import confirmations
from governance.services import confirmations as service
from governance.views.reviews import today_of
from journeys.models import Finding, Touchpoint
from orgs import access
from orgs.permissions import Permission


@require_POST
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one touchpoint as it was when the person looked at it."""
    found = _load(request, Touchpoint, pk)
    _confirm(request, {found.pk: _number(request.POST.get("version", ""))})
    return redirect(back(request, reverse("touchpoint", args=[request.workspace.slug, found.pk])))  # type: ignore[attr-defined]


@require_POST
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm one finding as it was when the person looked at it."""
    found = _load(request, Finding, pk)
    _confirm(request, {}, {found.pk: _number(request.POST.get("version", ""))})
    return redirect(back(request, reverse("finding", args=[request.workspace.slug, found.pk])))  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Show a lead, or who owns findings, what is to be confirmed, and confirm what was chosen of it."""
    access.require(request, Permission.WORKSPACE_READ)
    member = request.member  # type: ignore[attr-defined]
    here = back(request, reverse("confirmations", args=[request.workspace.slug]))  # type: ignore[attr-defined]
    if request.method == "POST":
        own = set(confirmations.touchpoints_of(member).values_list("pk", flat=True))
        owned = set(confirmations.findings_of(member).values_list("pk", flat=True))
        _confirm(request, _seen(request, "record", own), _seen(request, "finding", owned))
        return redirect(here)
    context = {
        "words": confirmations.to_confirm(member, today=today_of(request), zone=request.workspace.tzinfo),  # type: ignore[attr-defined]
        "has_any": confirmations.has_any(member),
        "crumbs": [{"label": _("Reviews"), "url": reverse("reviews", args=[request.workspace.slug])}],  # type: ignore[attr-defined]
    }
    return render(request, "governance/confirmations.html", context)


def _load(request: HttpRequest, model: Any, pk: int) -> Any:
    found = access.load(request, model, pk, Permission.WORKSPACE_READ)
    member = request.member  # type: ignore[attr-defined]
    if not confirmations.may_confirm(member, found, is_counted=confirmations.is_counted_on(member, found)):
        raise PermissionDenied
    return found


def _seen(request: HttpRequest, name: str, own: set[int]) -> dict[int, int]:
    """What was ticked of one's own records, each with the version that was looked at."""
    pairs = (each.partition("-") for each in request.POST.getlist(name))
    return {_number(pk): _number(version) for pk, _dash, version in pairs if _number(pk) in own}


def _confirm(request: HttpRequest, seen: dict[int, int], findings: dict[int, int] | None = None) -> None:
    told = {"seen": seen, "findings": findings or {}, "by": request.member, "now": timezone.now()}  # type: ignore[attr-defined]
    made = len(service.confirm(**told))
    if made:
        words = ngettext("%(n)d record is confirmed.", "%(n)d records are confirmed.", made)
        messages.success(request, words % {"n": made})
    if made < len(seen) + len(findings or {}):
        messages.warning(request, _("What changed since you looked was left out. See how it is now, then confirm it."))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

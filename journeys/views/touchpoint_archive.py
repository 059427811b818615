"""Taking a touchpoint out of use and back, with what that means said first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journeys.models import Touchpoint
from journeys.queries import maps, touchpoints
from journeys.services import touchpoints as service
from orgs import access
from orgs.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what stops counting, then archive."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.TOUCHPOINT_EDIT)
    problem = ""
    if request.method == "POST":
        try:
            version = _version(request)
            service.archive(touchpoint=touchpoint, version=version, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
            messages.success(request, _("“%(name)s” is archived.") % {"name": touchpoint.name})
            return redirect("touchpoint", request.workspace.slug, pk)  # type: ignore[attr-defined]
        except service.StaleVersion:
            problem = _(
                "Somebody changed this touchpoint since you opened the page. Look at it again, then archive it."
            )
            touchpoint.refresh_from_db()
        except service.IsArchived as refused:
            problem = str(refused)
    context = {"maps": maps.using(touchpoint), **_context(request, touchpoint, problem)}
    return render(request, "journeys/touchpoint_archive.html", context, status=409 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring it back into use."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.TOUCHPOINT_EDIT)
    context = _context(request, touchpoint, "")
    if request.method == "POST":
        try:
            service.restore(touchpoint=touchpoint, by=request.member)  # type: ignore[attr-defined]
            messages.success(request, _("“%(name)s” is back in use.") % {"name": touchpoint.name})
            return redirect("touchpoint", request.workspace.slug, pk)  # type: ignore[attr-defined]
        except service.NameIsTaken as refused:
            context |= {
                "problem": _("A touchpoint in use has this name now. Rename or merge that one first."),
                "other": refused.other,
            }
        except service.IsMerged as refused:
            context |= {"problem": str(refused), "other": touchpoint.merged_into}
    return render(request, "journeys/touchpoint_restoration.html", context, status=409 if context["problem"] else 200)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _context(request: HttpRequest, touchpoint: Touchpoint, problem: str) -> dict[str, Any]:
    url = reverse("touchpoint", args=[request.workspace.slug, touchpoint.pk])  # type: ignore[attr-defined]
    return {"touchpoint": touchpoint, "problem": problem, "crumbs": [{"label": touchpoint.name, "url": url}]}

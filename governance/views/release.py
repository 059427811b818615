"""One release by hand: noting it, correcting it, removing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms_releases import ReleaseForm
from governance.models import Release
from governance.services import releases as service
from journeys.models import Touchpoint
from orgs import access
from orgs.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what went live at a touchpoint."""
    touchpoint: Touchpoint = access.load(request, Touchpoint.objects.current(), pk, Permission.TOUCHPOINT_EDIT)
    form = _form(request, {"released_at": timezone.now()})
    if form.is_valid():
        told = _told(form)
        try:
            service.note(touchpoint=touchpoint, by=request.member, now=timezone.now(), **told)  # type: ignore[attr-defined]
        except service.ReleaseError as refused:
            _explain(form, refused)
        else:
            messages.success(request, _("Noted."))
            return _to(request, touchpoint)
    words = {"title": _("What went live at %(name)s") % {"name": touchpoint}, "action": _("Note it")}
    return _page(request, form, touchpoint, words)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something else of a release."""
    found = _writable(request, pk)
    names = ("name", "released_at", "text", "link", "version")
    form = _form(request, {name: getattr(found, name) for name in names})
    if form.is_valid():
        given = {"version": form.cleaned_data["version"] or 0, "now": timezone.now(), **_told(form)}
        try:
            service.correct(release=found, by=request.member, **given)  # type: ignore[attr-defined]
        except service.ReleaseError as refused:
            _explain(form, refused)
        else:
            messages.success(request, _("Saved."))
            return _to(request, found.touchpoint)
    words = {"title": _("Correct the release %(name)s") % {"name": found}, "action": _("Save"), "release": found}
    return _page(request, form, found.touchpoint, words)


@require_POST
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the note away."""
    found = _writable(request, pk)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0
    try:
        service.remove(release=found, version=version, by=request.member)  # type: ignore[attr-defined]
    except service.ReleaseError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Removed."))
    return _to(request, found.touchpoint)


def _writable(request: HttpRequest, pk: int) -> Release:
    rows = Release.objects.select_related("touchpoint", "by__user")
    found: Release = access.load(request, rows, pk, Permission.WORKSPACE_READ)
    access.require(request, Permission.TOUCHPOINT_EDIT, found.touchpoint)
    return found


def _form(request: HttpRequest, initial: dict[str, Any]) -> ReleaseForm:
    zone = request.workspace.tzinfo  # type: ignore[attr-defined]
    return ReleaseForm(request.POST if request.method == "POST" else None, zone=zone, initial=initial)


def _told(form: ReleaseForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("name", "released_at", "text", "link")}


def _explain(form: ReleaseForm, refused: service.ReleaseError) -> None:
    field = {service.BadMoment: "released_at", service.IsAnother: "name"}.get(type(refused))
    form.add_error(field, str(refused))


def _to(request: HttpRequest, touchpoint: Touchpoint) -> HttpResponse:
    return redirect("releases", request.workspace.slug, touchpoint.pk)  # type: ignore[attr-defined]


def _page(request: HttpRequest, form: ReleaseForm, touchpoint: Touchpoint, words: dict[str, Any]) -> HttpResponse:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    crumbs = [
        {"label": touchpoint.name, "url": reverse("touchpoint", args=[slug, touchpoint.pk])},
        {"label": _("Releases"), "url": reverse("releases", args=[slug, touchpoint.pk])},
    ]
    context = {"form": form, "crumbs": crumbs, **words}
    return render(request, "governance/release_form.html", context, status=422 if form.errors else 200)

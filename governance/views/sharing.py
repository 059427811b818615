"""Telling people of a version, who has read it, saying so, and reminding those who have not."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.panels import sharing as panel
from governance.queries import audiences, reviewers
from governance.services import sharing as service
from governance.services.plans import PlanError
from governance.services.reviews import ReviewError
from governance.views import cycle
from journeys.models import Map, MapVersion
from orgs import access
from orgs.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Show whom the newest version of a map could be told, and tell those who were chosen."""
    drawn = cycle.to_run(request, pk)
    version = MapVersion.objects.filter(map=drawn).first()
    context: dict[str, Any] = {"map": drawn, "version": version, "crumbs": _crumbs(request, drawn)}
    if version is None:
        return render(request, "governance/share.html", context)
    found, problem = audiences.of(drawn), ""
    if request.method == "POST":
        try:
            members = _chosen(request, found)
            given = {"text": request.POST.get("text", ""), "by": request.member, "now": timezone.now()}  # type: ignore[attr-defined]
            told = service.share(version=version, members=members, **given)
        except (ReviewError, PlanError) as refused:
            problem = str(refused)
        else:
            messages.success(request, ngettext("%(n)d person is told.", "%(n)d people are told.", told) % {"n": told})
            return redirect("version_readers", request.workspace.slug, version.pk)  # type: ignore[attr-defined]
    typed = request.POST if request.method == "POST" else None
    context |= {"form": panel.form(drawn, version, found, typed), "problem": problem}
    return render(request, "governance/share.html", context, status=422 if problem else 200)


@require_safe
def readers(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was told of a version, and who has read it."""
    return _page(request, access.load(request, _rows(), pk, Permission.WORKSPACE_READ))


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep that the member has read what was told of a version."""
    version = access.load(request, _rows(), pk, Permission.WORKSPACE_READ)
    try:
        service.acknowledge(version=version, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except service.NotTold as refused:
        return _page(request, version, problem=str(refused), status=403)
    messages.success(request, _("Thank you. It is kept that you have read it."))
    return redirect("version_readers", request.workspace.slug, pk)  # type: ignore[attr-defined]


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind those who have not read it, once."""
    version = access.load(request, _rows(), pk, Permission.WORKSPACE_READ)
    access.require(request, Permission.REVIEW_RUN, _reviewed(request, version))
    told = service.remind(version=version, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    words = ngettext("%(n)d person is reminded.", "%(n)d people are reminded.", told) % {"n": told}
    messages.success(request, words if told else _("Everybody has read it, or was reminded."))
    return redirect("version_readers", request.workspace.slug, pk)  # type: ignore[attr-defined]


def _rows() -> Any:
    return MapVersion.objects.select_related("map__journey", "by__user")


def _reviewed(request: HttpRequest, version: MapVersion) -> Any:
    """The map with who reviews it, where it is reviewed."""
    found = cycle.rows(request).filter(pk=version.map_id).first()
    return found or reviewers.with_ids(Map.objects.all()).get(pk=version.map_id)  # archived, or of another state by now


def _page(request: HttpRequest, version: MapVersion, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        **panel.page(request, version, _reviewed(request, version)),
        "crumbs": _crumbs(request, version.map),
        **more,
    }
    return render(request, "governance/readers.html", context, status=status)


def _crumbs(request: HttpRequest, drawn: Any) -> list[dict[str, str]]:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return [
        {"label": _("Journeys"), "url": reverse("journeys", args=[slug])},
        {"label": drawn.title, "url": reverse("map", args=[slug, drawn.pk])},
        {"label": _("Review"), "url": reverse("map_review", args=[slug, drawn.pk])},
    ]


def _chosen(request: HttpRequest, found: audiences.Audience) -> set[int]:
    groups, people = (
        {int(each) for each in request.POST.getlist(name) if each.isascii() and each.isdecimal() and len(each) < 18}
        for name in ("group", "person")
    )
    ticked = {"keepers": "keepers" in request.POST, "everybody": "everybody" in request.POST}
    return found.chosen(**ticked, groups=groups, people=people)

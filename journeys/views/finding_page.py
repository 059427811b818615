"""The page of one finding: its fields, the maps that place it, what happened to it. Making and archiving one."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cxhub.web import drawer
from cxhub.web.htmx import varies_on_htmx
from journeys.forms.findings import NewFindingForm
from journeys.measures import opportunity_score
from journeys.models import Finding
from journeys.queries import finding_history, findings
from journeys.services import changes
from journeys.services import findings as service
from journeys.views import record_drawers
from journeys.views import touchpoint_page_parts as parts
from journeys.views.outline import number
from journeys.views.touchpoint_page_fields import answered
from orgs import access
from orgs.panels import comments
from orgs.permissions import Permission

TEXTS = ("description",)
FACTS = ("owner", "evidence", "source")
WEIGHTS = ("importance", "satisfaction")


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one finding."""
    finding: Finding = access.load(request, findings.one(), pk, Permission.WORKSPACE_READ)
    if finding.merged_into_id:
        return redirect("finding", request.workspace.slug, finding.merged_into_id)  # type: ignore[attr-defined]
    if drawer.is_asked(request):
        return record_drawers.finding(request, finding)
    is_need = finding.kind == Finding.Kind.NEED
    context = {
        "finding": finding,
        "title": parts.fields(request, finding, ["name"])[0],
        "texts": parts.fields(request, finding, TEXTS),
        "facts": parts.fields(request, finding, (*FACTS, *WEIGHTS) if is_need else FACTS),
        "is_need": is_need,
        "score": opportunity_score(finding.importance, finding.satisfaction),
        "maps": findings.maps_of(finding),
        "history": finding_history.lines(finding, request.workspace.tzinfo),  # type: ignore[attr-defined]
        "crumbs": _crumbs(request),
        "may_edit": parts.may_edit(request, finding),
        "change": _change(request, finding),
        "comments": comments.panel(request, "finding", finding),
    }
    return render(request, "journeys/finding.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@varies_on_htmx
def field(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show a field (`?show=yes`), its form, or save it."""
    finding = access.load(request, findings.one(), pk, Permission.WORKSPACE_READ)
    return answered(request, finding, key, partial(service.save, finding=finding))


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Ask for kind and first facts and make the finding."""
    access.require(request, Permission.FINDING_EDIT)
    asked = {"kind": request.GET.get("kind", "")}
    form = NewFindingForm(request.POST if request.method == "POST" else None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.create(kind=form.cleaned_data["kind"], values=form.values, by=request.member)  # type: ignore[attr-defined]
            messages.success(request, _("“%(name)s” can be placed on maps now.") % {"name": made.name})
            return redirect("finding", request.workspace.slug, made.pk)  # type: ignore[attr-defined]
        except service.NameIsTaken as taken:
            form.add_error("name", str(taken))
        except changes.BadValues as bad:
            form.refuse(bad.problems)
    context = {"form": form, "crumbs": _crumbs(request)}
    return render(request, "journeys/finding_new.html", context, status=422 if form.errors else 200)


@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a finding out of use."""
    finding = access.load(request, findings.one(), pk, Permission.FINDING_EDIT)
    try:
        version = max(number(request, "version"), 0)
        service.archive(finding=finding, version=version, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
        messages.success(request, _("“%(name)s” is archived.") % {"name": finding.name})
    except service.FindingChanged:
        messages.error(request, _("Somebody changed it since you opened the page. Look at it again, then archive it."))
    return redirect("finding", request.workspace.slug, pk)  # type: ignore[attr-defined]


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a finding back into use."""
    finding = access.load(request, findings.one(), pk, Permission.FINDING_EDIT)
    try:
        service.restore(finding=finding, by=request.member)  # type: ignore[attr-defined]
        messages.success(request, _("“%(name)s” is back in use.") % {"name": finding.name})
    except service.NameIsTaken:
        messages.error(request, _("One in use has this name now. Rename that one first."))
    except service.FindingIsMerged as refused:
        messages.error(request, str(refused))
    return redirect("finding", request.workspace.slug, pk)  # type: ignore[attr-defined]


def _crumbs(request: HttpRequest) -> list[dict[str, str]]:
    return [{"label": _("Findings"), "url": reverse("findings", args=[request.workspace.slug])}]  # type: ignore[attr-defined]


def _change(request: HttpRequest, finding: Finding) -> dict[str, Any] | None:
    """What the person may do to this record as a whole."""
    if not access.may(request.member, Permission.FINDING_EDIT, finding):  # type: ignore[attr-defined]
        return None
    args = [request.workspace.slug, finding.pk]  # type: ignore[attr-defined]
    if finding.archived_at:
        return {"label": _("Restore"), "url": reverse("finding_restoration", args=args), "icon": "archive-restore"}
    return {
        "label": _("Archive"),
        "url": reverse("finding_archival", args=args),
        "icon": "archive",
        "merge_url": reverse("finding_merge", args=args),
    }

"""The versions of a map: publishing, taking one along, restoring one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cxhub.web.pagination import paginate
from journeys.models import Map, MapVersion
from journeys.queries import documents, maps, outlines
from journeys.services import versions
from journeys.services.stages import NoPhases, StageIsMeasured
from journeys.services.structures import MapIsArchived
from journeys.views import map_comparison
from journeys.views.map_cell_parts import may_edit
from journeys.views.outline import number
from orgs import access
from orgs.models import Member
from orgs.permissions import Permission

SAID = 5  # of the sentences about what could not come back


def rows() -> Any:
    return MapVersion.objects.select_related("map", "by__user")


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """List the versions of a map, the newest first, and publish the next."""
    drawn = access.load(request, maps.one(), pk, Permission.WORKSPACE_READ)
    if request.method != "POST":
        return _page(request, drawn)
    access.require(request, Permission.MAP_EDIT)
    note = request.POST.get("note", "")
    try:
        made = versions.publish(
            drawn=drawn,
            note=note,
            is_major=request.POST.get("is_major") == "yes",
            by=request.member,  # type: ignore[attr-defined]
            now=timezone.now(),
            sponsor=_sponsor(request),
        )
    except (versions.NoSponsor, versions.NothingChanged, versions.BadNote, MapIsArchived) as refused:
        return _page(request, drawn, note=note, problem=str(refused))
    messages.success(request, _("Published as version %(n)d.") % {"n": made.number})
    return redirect("map_versions", request.workspace.slug, pk)  # type: ignore[attr-defined]


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the map as a version says; what has changed since the person looked is shown first."""
    version = access.load(request, rows(), pk, Permission.MAP_EDIT)
    seen = request.POST.get("draft", "")
    try:
        missed = versions.restore(version=version, seen=seen, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except versions.DraftChanged as refused:
        drawn = maps.one().get(pk=version.map_id)
        return map_comparison.page(request, drawn, map_comparison.DRAFT, str(version.number), refused=str(refused))
    except (StageIsMeasured, NoPhases, MapIsArchived) as refused:
        return _page(request, maps.one().get(pk=version.map_id), problem=str(refused), status=409)
    said = _("The map is as in version %(n)d again. What it was before is a version too.")
    messages.success(request, said % {"n": version.number})
    if missed:
        messages.warning(request, told(missed))
    return redirect("map", request.workspace.slug, version.map_id)  # type: ignore[attr-defined]


def _sponsor(request: HttpRequest) -> Member | None:
    """The member who was chosen, if any."""
    return outlines.people().filter(pk=max(number(request, "sponsor"), 0)).first()


def told(missed: list[str]) -> str:
    """Say the first few sentences; the audit has them all."""
    more = len(missed) - SAID
    rest = [ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more}] if more > 0 else []
    return " ".join([*missed[:SAID], *rest])


def _page(request: HttpRequest, drawn: Map, *, note: str = "", problem: str = "", status: int = 422) -> HttpResponse:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    found = rows().filter(map=drawn).defer("document")
    newest = found.first()
    draft = documents.sha256(documents.document(drawn))
    crumbs = [
        {"label": _("Journeys"), "url": reverse("journeys", args=[slug])},
        {"label": drawn.title, "url": reverse("map", args=[slug, drawn.pk])},
    ]
    context = {
        "map": drawn,
        "crumbs": crumbs,
        "page": paginate(request, found),
        "may_edit": may_edit(request, drawn),
        "is_published": bool(newest) and newest.sha256 == draft,
        "draft": draft,
        "newest": newest,
        "sponsors": [] if maps.has_sponsor(drawn) else [(each.pk, str(each)) for each in outlines.people()],
        "note": note,
        "problem": problem,
    }
    return render(request, "journeys/map_versions.html", context, status=status if problem else 200)

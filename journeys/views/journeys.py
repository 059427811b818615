"""Begins a journey by hand."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.forms.maps import JourneyForm
from journeys.models import MapTemplate
from journeys.services import journeys
from journeys.services.names import BadName
from orgs import access
from orgs.permissions import Permission


def new(request: HttpRequest) -> HttpResponse:
    """Take what a journey is about and its first stages; then lead to the outline of its map."""
    access.require(request, Permission.MAP_EDIT)
    form = JourneyForm(request.POST) if request.method == "POST" else JourneyForm(initial=_first(request))
    if request.method == "POST" and form.is_valid():
        try:
            drawn = _begin(request, form)
            return redirect("map_outline", request.workspace.slug, drawn.pk)  # type: ignore[attr-defined]
        except (BadName, journeys.TooManyStages, journeys.NoPhases) as wrong:
            form.add_error("stages", str(wrong))
    crumbs = [{"label": _("Journeys"), "url": reverse("journeys", args=[request.workspace.slug])}]  # type: ignore[attr-defined]
    templates_url = reverse("map_templates", args=[request.workspace.slug]) if MapTemplate.objects.exists() else ""  # type: ignore[attr-defined]
    context = {"form": form, "crumbs": crumbs, "templates_url": templates_url}
    return render(request, "journeys/journey_new.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, form: JourneyForm) -> Any:
    given = form.cleaned_data
    about = {name: given[name] for name in ("scenario", "owner", "sponsor")}
    by = request.member  # type: ignore[attr-defined]
    return journeys.begin(name=given["title"], stage_names=form.stage_names(), by=by, **about)


def _first(request: HttpRequest) -> dict[str, Any]:
    return {"owner": request.member.pk}  # type: ignore[attr-defined]

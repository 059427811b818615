"""Maps that begin with another one: a copy, or what a template holds."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.forms.copies import CopyForm
from journeys.models import Map, MapTemplate
from journeys.queries import maps
from journeys.services import copies, names
from journeys.services.stages import NoPhases
from journeys.views.map_versions import told
from orgs import access
from orgs.permissions import Permission


def of_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a map, within its journey unless it is said otherwise."""
    drawn = access.load(request, maps.one(), pk, Permission.MAP_EDIT)
    first = {"title": names.copy_of(drawn.title), "journey": drawn.journey_id, "state": drawn.state}
    slug = request.workspace.slug  # type: ignore[attr-defined]
    words = {
        "title": _("Copy this map"),
        "lead": _("All that stands on it, without its versions and comments. Touchpoints and findings stay one."),
        "crumb": {"label": drawn.title, "url": reverse("map", args=[slug, pk])},
        "label": _("Copy the map"),
    }
    return _page(request, first, words, lambda **given: copies.of_map(drawn=drawn, **given))


def of_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a map with a template."""
    template = access.load(request, MapTemplate, pk, Permission.MAP_EDIT)
    slug = request.workspace.slug  # type: ignore[attr-defined]
    words = {
        "title": _("Begin with “%(name)s”") % {"name": template.name},
        "lead": template.stage_names,
        "crumb": {"label": _("Templates"), "url": reverse("map_templates", args=[slug])},
        "label": _("Begin the map"),
    }
    first = {"state": Map.State.CURRENT}
    return _page(request, first, words, lambda **given: copies.of_template(template=template, **given))


def _page(
    request: HttpRequest, first: dict[str, Any], words: dict[str, Any], make: Callable[..., tuple[Map, list[str]]]
) -> HttpResponse:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    form = CopyForm(request.POST) if request.method == "POST" else CopyForm(initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made, missed = make(**form.cleaned_data, by=request.member)  # type: ignore[attr-defined]
        except (names.BadName, NoPhases) as wrong:
            form.add_error("title", str(wrong))
        else:
            if missed:
                messages.warning(request, told(missed))
            return redirect("map", slug, made.pk)
    crumbs = [{"label": _("Journeys"), "url": reverse("journeys", args=[slug])}, words["crumb"]]
    context = {"form": form, "words": words, "crumbs": crumbs}
    return render(request, "journeys/map_copy.html", context, status=422 if form.errors else 200)

"""The templates of a workspace: what new maps can begin with."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cxhub.web.pagination import paginate
from journeys.forms.copies import TemplateForm, TemplateNameForm
from journeys.models import MapTemplate
from journeys.queries import maps
from journeys.services import names, structures, templates
from orgs import access
from orgs.permissions import Permission


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the templates."""
    access.require(request, Permission.MAP_EDIT)
    page = paginate(request, MapTemplate.objects.select_related("by__user"))
    return render(request, "journeys/map_templates.html", {"page": page, "crumbs": _crumbs(request)[:1]})


def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a map as a template."""
    drawn = access.load(request, maps.one(), pk, Permission.MAP_EDIT)
    form = TemplateForm(request.POST) if request.method == "POST" else TemplateForm(initial={"name": drawn.title})
    if request.method == "POST" and form.is_valid():
        try:
            templates.keep(drawn=drawn, **form.cleaned_data, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
        except (names.BadName, templates.NameIsTaken) as wrong:
            form.add_error("name", str(wrong))
        else:
            messages.success(request, _("Kept as a template."))
            return redirect("map_templates", request.workspace.slug)  # type: ignore[attr-defined]
    slug = request.workspace.slug  # type: ignore[attr-defined]
    crumbs = [*_crumbs(request)[:1], {"label": drawn.title, "url": reverse("map", args=[slug, pk])}]
    context = {"form": form, "crumbs": crumbs}
    return render(request, "journeys/map_template_new.html", context, status=422 if form.errors else 200)


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a template and give it another name."""
    template = access.load(request, MapTemplate, pk, Permission.MAP_EDIT)
    first = {"name": template.name, "was": template.name}
    form = TemplateNameForm(request.POST) if request.method == "POST" else TemplateNameForm(initial=first)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            templates.rename(template=template, **form.cleaned_data, by=request.member)  # type: ignore[attr-defined]
            return redirect("map_templates", request.workspace.slug)  # type: ignore[attr-defined]
        except structures.NameChanged as wrong:
            form, status = _again(form, wrong), 409
        except (names.BadName, templates.NameIsTaken) as wrong:
            form.add_error("name", str(wrong))
    context = {"template": template, "form": form, "crumbs": _crumbs(request)}
    status = 422 if form.errors and status == 200 else status
    return render(request, "journeys/map_template.html", context, status=status)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a template away."""
    template = access.load(request, MapTemplate, pk, Permission.MAP_EDIT)
    templates.remove(template=template, by=request.member)  # type: ignore[attr-defined]
    messages.success(request, _("“%(name)s” is removed.") % {"name": template.name})
    return redirect("map_templates", request.workspace.slug)  # type: ignore[attr-defined]


def _again(form: TemplateNameForm, wrong: structures.NameChanged) -> TemplateNameForm:
    """What was typed, to be sent again by somebody who has read the name it has now."""
    again = TemplateNameForm({"name": wrong.yours, "was": wrong.theirs})
    again.add_error("name", str(wrong))
    return again


def _crumbs(request: HttpRequest) -> list[dict[str, Any]]:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return [
        {"label": _("Journeys"), "url": reverse("journeys", args=[slug])},
        {"label": _("Templates"), "url": reverse("map_templates", args=[slug])},
    ]

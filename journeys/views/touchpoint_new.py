"""Making a touchpoint, with a look at those that are called alike."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cxhub.web.asked import asked
from journeys.forms.touchpoints import NewTouchpointForm
from journeys.queries import touchpoints
from journeys.services import touchpoints as service
from orgs import access
from orgs.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Ask for the first facts and make the touchpoint."""
    access.require(request, Permission.TOUCHPOINT_EDIT)
    form = NewTouchpointForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.create(
                values=form.values,
                department=form.offered_to,
                by=request.member,  # type: ignore[attr-defined]
                now=timezone.now(),
            )
            messages.success(request, _("“%(name)s” is in the catalogue.") % {"name": made.name})
            return redirect("touchpoint", request.workspace.slug, made.pk)  # type: ignore[attr-defined]
        except service.NameIsTaken as problem:
            form.add_error("name", str(problem))
    context = {
        "form": form,
        "alike": touchpoints.alike(form["name"].value() or ""),
        "crumbs": [{"label": _("Touchpoints"), "url": reverse("touchpoints", args=[request.workspace.slug])}],  # type: ignore[attr-defined]
    }
    return render(request, "journeys/touchpoint_new.html", context, status=422 if form.errors else 200)


@require_safe
def alike(request: HttpRequest) -> HttpResponse:
    """Show the touchpoints whose names are like the one being typed."""
    access.require(request, Permission.WORKSPACE_READ)
    return render(request, "journeys/touchpoint_new.html#alike", {"alike": touchpoints.alike(asked(request, "name"))})

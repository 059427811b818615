"""Signing a review off, asking for changes instead, and endorsing what was signed off."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxhub.web import drawer
from cxhub.web.back import back
from governance.forms import SecondForm
from governance.models import Review
from governance.panels import review as panel
from governance.panels import sign_off
from governance.queries import endorsements
from governance.services import endorsements as service
from governance.services.plans import PlanError
from governance.services.reviews import ReviewError
from governance.views import cycle
from journeys.models import MapVersion
from journeys.queries import documents
from orgs import access
from orgs.permissions import Permission

STATUS = {service.NotTheSponsor: 403, service.NothingToEndorse: 403, service.BadWords: 422}
"""Of the answer to what is refused; 409 where the map or the review is no longer as it was."""


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a review off as the sponsor; if the map changed meanwhile, show what did."""
    review = access.load(request, Review.objects.select_related("map"), pk, Permission.WORKSPACE_READ)
    drawn, now = _drawn(request, review.map_id), timezone.now()
    comment, seen = request.POST.get("comment", ""), request.POST.get("seen", "").replace("\0", "")
    given = {"seen": seen, "comment": comment, "by": request.member, "now": now}  # type: ignore[attr-defined]
    try:
        made = service.sign_off(review=review, is_calm=panel.is_calm(request, drawn, now), **given)
    except service.MapChanged as refused:
        changes = sign_off.changed_since(request, drawn, seen, documents.document(drawn))
        more = {"changed": changes, "is_forgotten": changes is None}
        return _refused(request, drawn, refused, comment=comment, **more)
    except (ReviewError, PlanError) as refused:
        return _refused(request, drawn, refused, comment=comment)
    messages.success(request, _("Version %(n)d is signed off.") % {"n": made.version.number})
    return _back(request, drawn.pk)


@require_POST
def ask_for_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the owner what should change before the sponsor signs."""
    review = access.load(request, Review.objects.select_related("map"), pk, Permission.WORKSPACE_READ)
    drawn, text = _drawn(request, review.map_id), request.POST.get("text", "")
    try:
        service.ask_for_changes(review=review, text=text, by=request.member)  # type: ignore[attr-defined]
    except (ReviewError, PlanError) as refused:
        return _refused(request, drawn, refused, wanted=text)
    messages.success(request, _("Who keeps the map is told what should change."))
    return _back(request, drawn.pk)


@require_POST
def endorse(request: HttpRequest, pk: int) -> HttpResponse:
    """Endorse a version that the sponsor signed off, as the map's second endorser."""
    version = access.load(request, MapVersion.objects.select_related("map"), pk, Permission.WORKSPACE_READ)
    drawn, comment = _drawn(request, version.map_id), request.POST.get("comment", "")
    try:
        service.endorse(version=version, comment=comment, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except (ReviewError, PlanError) as refused:
        return _refused(request, drawn, refused, comment=comment)
    messages.success(request, _("You endorse version %(n)d.") % {"n": version.number})
    return _back(request, drawn.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who endorses a map beside its sponsor."""
    drawn = cycle.to_run(request, pk)
    url = reverse("map_review", args=[request.workspace.slug, pk])  # type: ignore[attr-defined]
    told = {"member": endorsements.second_of(pk)}
    form = SecondForm(request.POST if request.method == "POST" else None, initial=told)
    if request.method == "POST" and form.is_valid():
        member = form.cleaned_data["member"]
        try:
            service.ask_second(drawn=drawn, member=member, by=request.member)  # type: ignore[attr-defined]
        except service.BadSecond as error:
            form.add_error("member", str(error))
        except PlanError as error:
            form.add_error(None, str(error))
        else:
            said = _("%(name)s is asked to endorse it") % {"name": member} if member else _("Nobody else is asked")
            return drawer.done(request, said, back(request, url))
    context = {
        "form": form,
        "title": _("Second endorser of %(map)s") % {"map": drawn},
        "action": _("Save"),
        "crumbs": [{"label": _("Review"), "url": url}],
    }
    return drawer.show(request, "governance/form.html", context, status=422 if form.errors else 200)


def _drawn(request: HttpRequest, pk: int) -> Any:
    found = cycle.rows(request).filter(pk=pk).first()
    if found is None:  # archived, or of another state by now
        raise Http404
    return found


def _refused(request: HttpRequest, drawn: Any, refused: Exception, **more: Any) -> HttpResponse:
    return cycle.page(request, drawn, status=STATUS.get(type(refused), 409), problem=str(refused), **more)  # type: ignore[call-overload]


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("map_review", request.workspace.slug, pk)  # type: ignore[attr-defined]

"""Who sponsors a map and how closely, and handing that over."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.forms import HandoverForm
from governance.models import Handover
from governance.queries import sponsors
from governance.services import handovers as service
from journeys.models import Map
from journeys.queries import maps
from journeys.services.structures import MapIsArchived
from orgs import access
from orgs.permissions import Permission

PAST = 20


def _rows() -> Any:
    return Handover.objects.select_related("map", "to__user", "by__user", "was__user", "answered_by__user")


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who sponsors a map and what says so, and offer that to somebody else."""
    drawn = access.load(request, maps.one(), pk, Permission.WORKSPACE_READ)
    if request.method != "POST":
        return _page(request, drawn, HandoverForm())
    access.require(request, Permission.REVIEW_RUN, drawn)
    form = HandoverForm(request.POST)
    if form.is_valid():
        try:
            made = service.offer(drawn=drawn, by=request.member, now=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        except (service.HandoverError, MapIsArchived) as refused:
            form.add_error(None, str(refused))
        else:
            said = _("You sponsor this map now.") if made.answer else _("%(name)s is asked.") % {"name": made.to}
            messages.success(request, said)
            return _back(request, drawn.pk)
    return _page(request, drawn, form)


@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Sponsor the map from now on."""
    found = _asked(request, pk)
    return _done(request, found, lambda told: service.accept(handover=found, **told), _("You sponsor this map now."))


@require_POST
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not sponsor the map."""
    found, reason = _asked(request, pk), request.POST.get("reason", "")
    act = lambda told: service.decline(handover=found, reason=reason, **told)  # noqa: E731
    return _done(request, found, act, _("Declined. Who asked you hears of it."))


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the offer back."""
    found = access.load(request, _rows(), pk, Permission.WORKSPACE_READ)
    access.require(request, Permission.REVIEW_RUN, found.map)
    return _done(request, found, lambda told: service.withdraw(handover=found, **told), _("Taken back."))


def _asked(request: HttpRequest, pk: int) -> Handover:
    """The offer, for whom it was made to alone."""
    found: Handover = access.load(request, _rows(), pk, Permission.WORKSPACE_READ)
    access.require_to_be(request, found.to_id)
    return found


def _done(request: HttpRequest, found: Handover, act: Callable[[dict[str, Any]], Handover], said: str) -> HttpResponse:
    try:
        act({"by": request.member, "now": timezone.now()})  # type: ignore[attr-defined]
    except (service.HandoverError, MapIsArchived) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return _back(request, found.map_id)


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("map_sponsor", request.workspace.slug, pk)  # type: ignore[attr-defined]


def _page(request: HttpRequest, drawn: Map, form: HandoverForm) -> HttpResponse:
    slug, member = request.workspace.slug, request.member  # type: ignore[attr-defined]
    may_run = access.may(member, Permission.REVIEW_RUN, drawn)
    told = sponsors.of(list(sponsors.published().filter(pk=drawn.pk)), now=timezone.now())
    past = list(_rows().filter(map=drawn)[:PAST])
    waiting = next((each for each in past if not each.answer), None)
    context = {
        "map": drawn,
        "crumbs": [
            {"label": _("Governance"), "url": reverse("governance", args=[slug])},
            {"label": drawn.title, "url": reverse("map", args=[slug, drawn.pk])},
        ],
        "told": told[0] if told else None,
        "sees_days": may_run or member.pk == drawn.sponsor_id,
        "waiting": waiting,
        "is_asked": waiting is not None and waiting.to_id == member.pk,
        "may_run": may_run,
        "form": form,
        "past": [each for each in past if each.answer],
    }
    return render(request, "governance/sponsor.html", context, status=422 if form.errors else 200)

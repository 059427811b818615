"""The review of a map: looking at it, beginning it, its steps, and closing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from governance.models import Review, ReviewStep
from governance.panels import review as panel
from governance.panels import turns
from governance.queries import due, early, reviewers, reviews
from governance.services import plans
from governance.services import reviews as service
from journeys.queries import abouts
from orgs import access
from orgs.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how the review of a map stands; what is sent begins one."""
    if request.method == "POST":
        drawn = to_run(request, pk)
        try:
            service.start(drawn=drawn, workspace=request.workspace, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
        except plans.IsNotReviewed as error:
            messages.error(request, str(error))
        return _back(request, drawn.pk)
    return page(request, access.load(request, rows(request), pk, Permission.WORKSPACE_READ))


def page(request: HttpRequest, drawn: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    """Answer with the page of a review; `more` is what it says beside how the review stands."""
    running = Review.objects.filter(map=drawn, closed_at=None).first()
    slug = request.workspace.slug  # type: ignore[attr-defined]
    crumbs = [
        {"label": _("Reviews"), "url": reverse("reviews", args=[slug])},
        {"label": drawn.title, "url": reverse("map", args=[slug, drawn.pk])},
    ]
    context = {**panel.load(request, drawn, running, timezone.now()), "turn": turns.load(request, drawn)}
    return render(request, "governance/review.html", {**context, "crumbs": crumbs, **more}, status=status)


@require_POST
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a step is done, or to do again."""
    found = _review(request, pk)
    step = request.POST.get("step", "")
    if step in ReviewStep.Step.values:
        _try(
            request,
            service.mark,
            review=found,
            step=step,
            is_done=request.POST.get("is_done") == "yes",
            by=request.member,  # type: ignore[attr-defined]
            now=timezone.now(),
        )
    return _back(request, found.map_id)


@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a review; where nothing changed and nothing is wrong, whatever its steps say."""
    found, now = _review(request, pk), timezone.now()
    drawn = rows(request).filter(pk=found.map_id).first()
    given = {"workspace": request.workspace, "by": request.member, "now": now}  # type: ignore[attr-defined]
    is_calm = drawn is not None and panel.is_calm(request, drawn, now)
    next_on = _try(request, service.close, review=found, note=request.POST.get("note", ""), is_calm=is_calm, **given)
    if next_on is None:
        return _back(request, found.map_id)
    messages.success(request, _("The review is closed. The next one is due on %(day)s.") % {"day": due.day(next_on)})
    return redirect("reviews", request.workspace.slug)  # type: ignore[attr-defined]


def rows(request: HttpRequest) -> Any:
    """The maps that are reviewed, with what their review shows of them."""
    found = reviewers.with_ids(reviews.reviewed(request.workspace.tzinfo))  # type: ignore[attr-defined]
    return found.select_related("journey", "owner__user", "sponsor__user").annotate(
        **abouts.names(), called_early=early.causes(), early_periods=early.periods()
    )


def to_run(request: HttpRequest, pk: int) -> Any:
    """Return a map that is reviewed to who decides about its reviews; 403 for others."""
    return access.load(request, rows(request), pk, Permission.REVIEW_RUN)


def _review(request: HttpRequest, pk: int) -> Review:
    found: Review = access.load(request, Review.objects.select_related("map"), pk, Permission.WORKSPACE_READ)
    access.require(request, Permission.REVIEW_RUN, rows(request).filter(pk=found.map_id).first() or found.map)
    return found


def _try(request: HttpRequest, act: Any, **given: Any) -> Any:
    try:
        return act(**given)
    except (service.ReviewError, plans.PlanError) as error:
        messages.error(request, str(error))
        return None


def _back(request: HttpRequest, map_id: int) -> HttpResponse:
    return redirect("map_review", request.workspace.slug, map_id)  # type: ignore[attr-defined]

"""Merging a duplicate: choose it, decide field by field, see what follows, merge."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxhub.web.asked import asked
from journeys.fields import FIELDS
from journeys.models import Touchpoint
from journeys.queries import maps, touchpoints
from journeys.queries.touchpoints import Filters
from journeys.registry import ON_MERGE
from journeys.services import changes, merging
from journeys.services import touchpoints as service
from orgs import access
from orgs.permissions import Permission

FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge another touchpoint into this one; `turn` swaps which one stays."""
    here = access.load(request, changes.with_fields(), pk, Permission.TOUCHPOINT_EDIT)
    if here.archived_at:
        return redirect("touchpoint", request.workspace.slug, pk)  # type: ignore[attr-defined]
    named = (request.POST if request.method == "POST" else request.GET).get("other", "")
    if not (named.isascii() and named.isdecimal() and len(named) < 19):
        return _choose(request, here)
    other = access.load(request, changes.with_fields().filter(archived_at=None), int(named), Permission.TOUCHPOINT_EDIT)
    if other.pk == here.pk:
        return _choose(request, here, _("Choose another touchpoint than this one."))
    if request.method == "POST":
        return _merge(request, here, other)
    return _preview(request, here, other)


def _choose(request: HttpRequest, here: Touchpoint, problem: str = "") -> HttpResponse:
    search = asked(request, "q")
    if search:
        rows = list(touchpoints.listed(Filters(search=search)).exclude(pk=here.pk).order_by("name", "pk")[:FOUND])
    else:
        rows = touchpoints.alike(here.name, except_pk=here.pk)
    is_bad = bool(problem) or request.method == "POST"
    context = {"touchpoint": here, "search": search, "rows": rows, "problem": problem, "crumbs": _crumbs(request, here)}
    if request.method == "POST" and not problem:
        context["problem"] = _("Choose the duplicate first.")
    return render(request, "journeys/touchpoint_merge_choose.html", context, status=422 if is_bad else 200)


def _preview(request: HttpRequest, stays: Touchpoint, goes: Touchpoint, problem: str = "") -> HttpResponse:
    pairs = merging.pairs(stays, goes)
    context = {
        "stays": stays,
        "goes": goes,
        "differing": [_row(request, pair) for pair in pairs if pair.differs],
        "same": [pair for pair in pairs if not pair.differs and pair.stays],
        "maps": list(maps.using(goes)),
        "follows": [sentence for step in ON_MERGE for sentence in step.preview(stays, goes)],
        "turn_url": f"{reverse('touchpoint_merge', args=[request.workspace.slug, goes.pk])}?other={stays.pk}",  # type: ignore[attr-defined]
        "problem": problem,
        "crumbs": _crumbs(request, stays),
    }
    return render(request, "journeys/touchpoint_merge.html", context, status=409 if problem else 200)


def _merge(request: HttpRequest, stays: Touchpoint, goes: Touchpoint) -> HttpResponse:
    kept = {key: request.POST[f"keep-{key}"] for key in FIELDS if f"keep-{key}" in request.POST}
    versions = (_number(request, "stays_version"), _number(request, "goes_version"))
    try:
        merging.merge(stays=stays, goes=goes, versions=versions, kept=kept, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except service.StaleVersion:
        problem = _("One of the two was changed since you looked. Look at both again, then merge them.")
        return _preview(request, stays, goes, problem)
    except (service.IsArchived, service.NameIsTaken, changes.BadValues) as refused:
        return _preview(request, stays, goes, str(refused))
    messages.success(request, _("“%(goes)s” lives on in “%(stays)s”.") % {"goes": goes.name, "stays": stays.name})
    return redirect("touchpoint", request.workspace.slug, stays.pk)  # type: ignore[attr-defined]


def _row(request: HttpRequest, pair: merging.Pair) -> dict[str, Any]:
    """A field that differs, with its choices; after a refusal what the person had chosen stays chosen."""
    chosen = request.POST.get(f"keep-{pair.field.key}", pair.kept)
    options = [("stays", pair.stays), ("goes", pair.goes)]
    if pair.field.key == "systems":
        options.append(("both", _("Both together")))
    return {
        "label": pair.field.label,
        "name": f"keep-{pair.field.key}",
        "options": [{"value": v, "text": text, "is_chosen": v == chosen} for v, text in options],
    }


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _crumbs(request: HttpRequest, touchpoint: Touchpoint) -> list[dict[str, str]]:
    url = reverse("touchpoint", args=[request.workspace.slug, touchpoint.pk])  # type: ignore[attr-defined]
    return [{"label": touchpoint.name, "url": url}]

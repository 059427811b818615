"""Merging a duplicate: choose it, decide field by field, see what follows, merge. Of touchpoints and of findings."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cxhub.web.asked import asked
from journeys.finding_fields import fields_of
from journeys.models import Finding, Touchpoint
from journeys.queries import findings, maps, touchpoints
from journeys.queries.alike import alike
from journeys.registry import merge_steps
from journeys.services import changes, merging
from journeys.views.touchpoint_page_parts import Edited, page_url, right_to_edit
from orgs import access

FOUND = 20


@dataclass(frozen=True)
class Kind:
    """What its pages need to know of one kind of record."""

    rows: Callable[[], Any]
    looked_for: Callable[[Any, str], Any]  # those in use that may be its duplicate, narrowed to some words
    about: Callable[[Any], tuple[str, str]]  # what tells two of one name apart
    maps: Callable[[Any], list[Any]]
    question: str | Promise
    search: str | Promise
    nothing: str | Promise


def _other_touchpoints(here: Touchpoint, words: str) -> Any:
    return touchpoints.listed(touchpoints.Filters(search=words)).exclude(pk=here.pk)


def _other_findings(here: Finding, words: str) -> Any:
    return findings.listed(findings.Filters(search=words, kind=here.kind)).exclude(pk=here.pk)


KINDS: dict[str, Kind] = {
    "touchpoint": Kind(
        changes.with_fields,
        _other_touchpoints,
        lambda row: (row.channel or _("No channel"), row.accountable_department or _("No owner")),
        lambda goes: list(maps.using(goes)),
        gettext_lazy("Which touchpoint is the same as “%(name)s”? You decide field by field on the next page."),
        gettext_lazy("Search touchpoints"),
        gettext_lazy("No touchpoint matches"),
    ),
    "finding": Kind(
        findings.one,
        _other_findings,
        lambda row: (row.get_evidence_display() or _("No evidence said"), row.owner or _("No owner")),
        lambda goes: [on.map for on in findings.maps_of(goes)],
        gettext_lazy("Which finding is the same as “%(name)s”? You decide field by field on the next page."),
        gettext_lazy("Search findings"),
        gettext_lazy("No finding of this kind matches"),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int, noun: str) -> HttpResponse:
    """Merge another record of its kind into this one; `turn` swaps which one stays."""
    rows, right = KINDS[noun].rows, right_to_edit(noun)
    here = access.load(request, rows(), pk, right)
    if here.archived_at:
        return redirect(page_url(request, here))
    named = (request.POST if request.method == "POST" else request.GET).get("other", "")
    if not (named.isascii() and named.isdecimal() and len(named) < 19):
        return _choose(request, here)
    other = access.load(request, rows().filter(archived_at=None), int(named), right)
    if other.pk == here.pk:
        return _choose(request, here, _("Choose another one than this one."))
    if request.method == "POST":
        return _merge(request, here, other)
    return _preview(request, here, other)


def _choose(request: HttpRequest, here: Edited, problem: str = "") -> HttpResponse:
    kind, search = _kind(here), asked(request, "q")
    found = kind.looked_for(here, search)
    rows = list(found.order_by("name", "pk")[:FOUND]) if search else alike(found, here.name)
    is_bad = bool(problem) or request.method == "POST"
    context = {
        "here": here,
        "kind": kind,
        "lead": kind.question % {"name": here.name},
        "search": search,
        "rows": [{"pk": row.pk, "name": row.name, "about": kind.about(row)} for row in rows],
        "problem": problem,
        "crumbs": _crumbs(request, here),
    }
    if request.method == "POST" and not problem:
        context["problem"] = _("Choose the duplicate first.")
    return render(request, "journeys/merge_choose.html", context, status=422 if is_bad else 200)


def _preview(request: HttpRequest, stays: Edited, goes: Edited, problem: str = "") -> HttpResponse:
    pairs = merging.pairs(stays, goes)
    turned = reverse(f"{stays._meta.model_name}_merge", args=[request.workspace.slug, goes.pk])  # type: ignore[attr-defined]
    context = {
        "stays": stays,
        "goes": goes,
        "differing": [_row(request, pair) for pair in pairs if pair.differs],
        "same": [pair for pair in pairs if not pair.differs and pair.stays],
        "maps": _kind(goes).maps(goes),
        "follows": [sentence for step in merge_steps(stays) for sentence in step.preview(stays, goes)],
        "turn_url": f"{turned}?other={stays.pk}",
        "problem": problem,
        "crumbs": _crumbs(request, stays),
    }
    return render(request, "journeys/merge.html", context, status=409 if problem else 200)


def _merge(request: HttpRequest, stays: Edited, goes: Edited) -> HttpResponse:
    kept = {key: request.POST[f"keep-{key}"] for key in fields_of(stays) if f"keep-{key}" in request.POST}
    versions = (_number(request, "stays_version"), _number(request, "goes_version"))
    try:
        merging.merge(stays=stays, goes=goes, versions=versions, kept=kept, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except (merging.CannotMerge, changes.BadValues) as refused:
        return _preview(request, stays, goes, str(refused))
    messages.success(request, _("“%(goes)s” lives on in “%(stays)s”.") % {"goes": goes.name, "stays": stays.name})
    return redirect(page_url(request, stays))


def _kind(record: Edited) -> Kind:
    return KINDS[str(record._meta.model_name)]


def _row(request: HttpRequest, pair: merging.Pair) -> dict[str, Any]:
    """A field that differs, with its choices; after a refusal what the person had chosen stays chosen."""
    chosen = request.POST.get(f"keep-{pair.field.key}", pair.kept)
    options = [("stays", pair.stays), ("goes", pair.goes)]
    if pair.field.kind == "records":
        options.append(("both", _("Both together")))
    return {
        "label": pair.field.label,
        "name": f"keep-{pair.field.key}",
        "options": [{"value": v, "text": text, "is_chosen": v == chosen} for v, text in options],
    }


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _crumbs(request: HttpRequest, record: Edited) -> list[dict[str, str]]:
    return [{"label": record.name, "url": page_url(request, record)}]

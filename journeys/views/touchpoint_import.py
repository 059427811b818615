"""Taking in a CSV of touchpoints: upload, look at what it would do, accept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from journeys.forms.touchpoints import UploadForm
from journeys.models import TouchpointImport
from journeys.pipelines import csv_reading, touchpoint_import
from journeys.services import imports
from journeys.services.batches import PreviewIsStale
from orgs import access
from orgs.permissions import Permission

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for the file and read it once, so that what is wrong with it is said at once."""
    access.require(request, Permission.TOUCHPOINT_EDIT)
    is_sent = request.method == "POST"
    form = UploadForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            text = csv_reading.text_of(file.read(csv_reading.LARGEST_BYTES + 1))
            csv_reading.read(text)
            kept = imports.keep(name=file.name, text=text, by=request.member)  # type: ignore[attr-defined]
            return redirect("touchpoint_import", request.workspace.slug, kept.pk)  # type: ignore[attr-defined]
        except csv_reading.UnreadableFile as problem:
            form.add_error("file", str(problem))
    context = {
        "form": form,
        "is_upload": True,
        "title": _("Import touchpoints"),
        "lead": _(
            "Take the list as CSV, change it in a spreadsheet, and bring it back. You see every change before anything"
            " is written."
        ),
        "crumbs": _crumbs(request),
        "steps": _steps(0),
    }
    return render(request, "journeys/touchpoint_import_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each row would do; nothing is written before the uploader accepts."""
    kept = access.load(request, TouchpointImport, pk, Permission.WORKSPACE_READ)
    access.require_to_be(request, kept.by_id)
    known: dict[str, Any] = {"by": request.member, "now": timezone.now()}  # type: ignore[attr-defined]
    problem = ""
    if kept.accepted_at:
        messages.info(request, _("This file was taken in already."))
        return redirect("touchpoints", request.workspace.slug)  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            done = touchpoint_import.accept(kept, fingerprint=request.POST.get("fingerprint", ""), **known)
            messages.success(request, _said(done.counts))
            return redirect("touchpoints", request.workspace.slug)  # type: ignore[attr-defined]
        except PreviewIsStale as stale:
            problem = str(stale)
    plan = touchpoint_import.plan(kept, **known)
    shown = [(row, list(row.changes)) for row in _most_telling(plan)[:SHOWN]]
    context = {"file": kept, "plan": plan, "counts": plan.counts, "rows": shown, "problem": problem}
    context |= {"more": max(0, len(plan.rows) - SHOWN), "crumbs": _crumbs(request), "steps": _steps(1)}
    return render(request, "journeys/touchpoint_import.html", context, status=409 if problem else 200)


def _most_telling(plan: touchpoint_import.Plan) -> list[touchpoint_import.PlannedRow]:
    order = {"problem": 0, "update": 1, "create": 2, "same": 3}
    return sorted(plan.rows, key=lambda row: (order[row.kind], row.number))


def _said(counts: dict[str, int]) -> str:
    made = ngettext("%(n)d touchpoint made", "%(n)d touchpoints made", counts["create"]) % {"n": counts["create"]}
    changed = ngettext("%(n)d changed", "%(n)d changed", counts["update"]) % {"n": counts["update"]}
    left = _("%(n)d left out") % {"n": counts["problem"]}
    return ", ".join([made, changed, *([left] if counts["problem"] else [])]) + "."


def _crumbs(request: HttpRequest) -> list[dict[str, str]]:
    return [{"label": _("Touchpoints"), "url": reverse("touchpoints", args=[request.workspace.slug])}]  # type: ignore[attr-defined]


def _steps(current: int) -> list[dict[str, str]]:
    labels = [_("Choose a file"), _("Look and accept")]
    states = ["done" if n < current else "current" if n == current else "later" for n in range(len(labels))]
    return [{"label": label, "url": "", "state": state} for label, state in zip(labels, states, strict=True)]

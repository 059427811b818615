"""Changing what a KPI is called, counted in, which way is good, and when and how it is judged."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insights.definition_form import COUNTS, DefinitionForm
from insights.models import Kpi
from insights.panels import keeping, subjects
from insights.queries import kpi_history, kpis
from insights.services import kpis as service
from orgs import access
from orgs.permissions import Permission
from orgs.services import stale


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the definition, and keep it. Who keeps the KPI may change it."""
    kpi = access.load(request, kpis.whole(), pk, Permission.WORKSPACE_READ)
    keeping.require(request, kpi)
    form = DefinitionForm(request.POST if request.method == "POST" else None, initial=_now(kpi), kpi=kpi)
    back, status = subjects.url(request.workspace.slug, kpi), 200  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        was, by = form.cleaned_data["was"], request.member  # type: ignore[attr-defined]
        try:
            service.redefine(kpi=kpi, was=was, by=by, **form.news)
        except stale.ChangedMeanwhile:
            status = _show_both(form, kpi)
        else:
            messages.success(request, _("The definition is changed."))
            return redirect(back)
    context = {
        "form": form,
        "title": _("Definition of %(kpi)s") % {"kpi": subjects.name(kpi)},
        "lead": _("With another unit, direction or sample it is another number: its owner certifies it anew."),
        "action": _("Change the definition"),
        "crumbs": [{"label": subjects.name(kpi), "url": back}],
    }
    return render(request, "insights/trust.html", context, status=422 if form.errors and status == 200 else status)


def _now(kpi: Kpi) -> dict[str, Any]:
    held = service.defined(kpi)
    counts = next(value for value, each in COUNTS.items() if each == kpi.is_outcome)
    return held | {"counts": counts, "was": stale.seen(held)}


def _show_both(form: DefinitionForm, kpi: Kpi) -> int:
    """Say what somebody else made it meanwhile; saving again, now knowing that, puts the own answers."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["was"] = _now(kpi)["was"]  # type: ignore[index]
    held = service.defined(kpi)
    for name, mine in form.news.items():
        if mine != held[name]:
            told = {"theirs": kpi_history.said(kpi, name, held[name])}
            said = _("Somebody changed this meanwhile to %(theirs)s. Save again to replace that.") % told
            form.add_error("counts" if name == "is_outcome" else name, said)
    return 409

"""Changing what a KPI counts as."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insights.forms import COUNTS, CountingForm
from insights.models import Kpi
from insights.panels import keeping, subjects
from insights.queries import counting, kpis
from insights.services import kpis as service
from orgs import access
from orgs.permissions import Permission
from orgs.services import stale


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the KPI is an outcome, and keep the answer. Who keeps the KPI may say so."""
    kpi = access.load(request, kpis.whole(), pk, Permission.WORKSPACE_READ)
    keeping.require(request, kpi)
    form = CountingForm(request.POST if request.method == "POST" else None, initial=_now(kpi), kpi=kpi)
    back, status = subjects.url(request.workspace.slug, kpi), 200  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        was, is_outcome = form.cleaned_data["was"], form.is_outcome
        try:
            service.count(kpi=kpi, is_outcome=is_outcome, was=was, by=request.member)  # type: ignore[attr-defined]
        except stale.ChangedMeanwhile:
            status = _show_both(form, kpi)
        else:
            messages.success(request, _("The definition is changed."))
            return redirect(back)
    context = {
        "form": form,
        "title": _("Definition of %(kpi)s") % {"kpi": subjects.name(kpi)},
        "lead": _("The health of a touchpoint is that of its worst outcome: of what the customer got."),
        "action": _("Change the definition"),
        "crumbs": [{"label": subjects.name(kpi), "url": back}],
    }
    return render(request, "insights/trust.html", context, status=422 if form.errors and status == 200 else status)


def _now(kpi: Kpi) -> dict[str, Any]:
    counts = next(value for value, each in COUNTS.items() if each == kpi.is_outcome)
    return {"counts": counts, "was": stale.seen(service.counted(kpi))}


def _show_both(form: CountingForm, kpi: Kpi) -> int:
    """Say what somebody else made it meanwhile; saving again, now knowing that, puts the own answer."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["was"] = _now(kpi)["was"]  # type: ignore[index]
    theirs = counting.said(kpi, kpi.is_outcome)
    form.add_error(
        "counts", _("Somebody changed this meanwhile to “%(theirs)s”. Save again to replace that.") % {"theirs": theirs}
    )
    return 409

"""Setting a KPI's target from a day on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from insights.forms import TargetForm
from insights.models import Kpi
from insights.panels import keeping, subjects
from insights.panels.looking import today_of
from insights.queries import figures, kpis, names
from insights.services import kpis as service
from orgs import access
from orgs.permissions import Permission


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the target and keep it. Who keeps the KPI may set its targets."""
    kpi = access.load(request, kpis.whole(), pk, Permission.WORKSPACE_READ)
    keeping.require(request, kpi)
    form = TargetForm(request.POST or None, initial=_first_values(request, kpi))
    back = subjects.url(request.workspace.slug, kpi)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        service.set_target(kpi=kpi, by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("The target is set."))
        return redirect(back)
    context = {
        "form": form,
        "kpi": kpi,
        "name": names.short(kpi),
        "suffix": figures.suffix(kpi),
        "crumbs": [{"label": subjects.name(kpi), "url": back}],
    }
    return render(request, "insights/target.html", context, status=422 if form.errors else 200)


def _first_values(request: HttpRequest, kpi: Kpi) -> dict[str, object]:
    """The target that holds now; a first one holds since before the first reading, or every past period had none."""
    held = kpi.targets.first()
    if held:
        return {"value": held.value, "valid_from": today_of(request)}
    first = kpi.readings.order_by("starts_on").values_list("starts_on", flat=True).first()
    return {"valid_from": first or today_of(request)}

"""Deciding which of several sources of one number counts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insights.forms import OfficialForm
from insights.panels import subjects
from insights.queries import kpis
from insights.services import kpis as service
from orgs import access
from orgs.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then make this source the official one."""
    kpi = access.load(request, kpis.whole(), pk, Permission.KPI_OFFICIAL)
    back = subjects.url(request.workspace.slug, kpi)  # type: ignore[attr-defined]
    form = OfficialForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            service.make_official(kpi=kpi, by=request.member, now=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        except service.NothingToDecide as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(source)s is the official source now.") % {"source": kpi.source})
            return redirect(back)
    others = ", ".join(str(each.source) for each in kpis.rivals(kpi))
    context = {
        "form": form,
        "title": _("Make %(source)s the official source") % {"source": kpi.source},
        "lead": _("Instead of %(others)s.") % {"others": others} if others else "",
        "action": _("Make it official"),
        "crumbs": [{"label": subjects.name(kpi), "url": back}],
    }
    return render(request, "insights/trust.html", context, status=422 if form.errors else 200)

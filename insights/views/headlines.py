"""Choosing the numbers at the head of the Overview: three for everybody, two for oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from insights.forms import HeadlinesForm
from insights.queries import acting, headlines
from insights.services import overview as service
from orgs import access
from orgs.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show what is chosen, and keep another choice."""
    access.require(request, Permission.WORKSPACE_READ)
    member = request.member  # type: ignore[attr-defined]
    may_all = access.may(member, Permission.HEADLINES_CHOOSE)
    kpis = acting.kpis(acting.Filters(), member=member).order_by("touchpoint__name", "measure", "pk")
    chosen = {"of_all": headlines.chosen(None), "of_me": headlines.chosen(member)}
    form = HeadlinesForm(request.POST if request.method == "POST" else None, kpis=kpis, chosen=chosen, may_all=may_all)
    overview = reverse("overview", args=[request.workspace.slug])  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        if may_all:
            service.choose_headlines(kpis=form.picked("of_all"), whose=None, by=member)
        service.choose_headlines(kpis=form.picked("of_me"), whose=member, by=member)
        messages.success(request, _("The headline numbers are saved."))
        return redirect(overview)
    context = {
        "form": form,
        "title": _("Headline numbers"),
        "lead": _("Three stand at the head of everybody's Overview, two more on yours alone."),
        "crumbs": [{"label": _("Overview"), "url": overview}],
        "action": _("Save"),
    }
    return render(request, "insights/trust.html", context, status=422 if form.errors else 200)

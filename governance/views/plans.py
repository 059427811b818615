"""Deciding when a map is reviewed, and aligning all reviews of one person."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cxhub.web import drawer
from cxhub.web.back import back
from governance.forms import AlignForm, PlanForm
from governance.queries import due, reviews
from governance.services import plans as service
from governance.views import cycle
from governance.views.reviews import today_of
from orgs import access
from orgs.permissions import Permission

IN_DAYS = 30


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how often a map is reviewed and when next, and change it."""
    drawn = cycle.to_run(request, pk)
    told = {"cadence_days": drawn.cadence_days, "next_on": drawn.due_on, "early_periods": drawn.early_periods}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.plan(drawn=drawn, by=request.member, today=today_of(request), **form.cleaned_data)  # type: ignore[attr-defined]
        except service.BadDay as error:
            form.add_error("next_on", str(error))
        except service.PlanError as error:
            form.add_error(None, str(error))
        else:
            said = _("Next review on %(day)s, then every %(n)d days")
            return _done(request, said % {"day": due.day(made.next_on), "n": made.cadence_days})
    return _form(request, form, {"title": _("Reviews of %(map)s") % {"map": drawn}, "action": _("Save")})


@require_http_methods(["GET", "HEAD", "POST"])
def align(request: HttpRequest) -> HttpResponse:
    """Move the next review of every map that the member owns or sponsors to one day."""
    access.require(request, Permission.WORKSPACE_READ)
    member, today = request.member, today_of(request)  # type: ignore[attr-defined]
    count = reviews.reviewed(request.workspace.tzinfo).filter(reviews.of(member)).count()  # type: ignore[attr-defined]
    form = AlignForm(request.POST if request.method == "POST" else None, initial={"on": today + timedelta(IN_DAYS)})
    if request.method == "POST" and form.is_valid():
        try:
            moved = len(service.align(on=form.cleaned_data["on"], by=member, today=today))
        except service.BadDay as error:
            form.add_error("on", str(error))
        else:
            words = ngettext("%(n)d review moved to %(day)s", "%(n)d reviews moved to %(day)s", moved)
            return _done(request, words % {"n": moved, "day": due.day(form.cleaned_data["on"])})
    lead = ngettext("You own or sponsor %(n)d map.", "You own or sponsor %(n)d maps.", count) % {"n": count}
    return _form(request, form, {"title": _("Align my reviews"), "lead": lead, "action": _("Move them")})


def _done(request: HttpRequest, said: str) -> HttpResponse:
    return drawer.done(request, said, back(request, _queue(request)))


def _form(request: HttpRequest, form: Any, words: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "crumbs": [{"label": _("Reviews"), "url": _queue(request)}], **words}
    return drawer.show(request, "governance/form.html", context, status=422 if form.errors else 200)


def _queue(request: HttpRequest) -> str:
    return reverse("reviews", args=[request.workspace.slug])  # type: ignore[attr-defined]

"""Requests for updates: the list, asking, declining, withdrawing."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cxhub.web import drawer
from cxhub.web.asked import asked
from cxhub.web.back import back
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, ordering, sort_of
from insights.exports import requests_csv
from insights.forms import AskForm, RefusalForm
from insights.models import UpdateRequest
from insights.panels import status_update, subjects
from insights.panels.looking import today_of
from insights.queries import requests, updates
from insights.queries.requests import ORDERS, Filters
from insights.services import requests as service
from orgs import access
from orgs.permissions import Permission

USUAL_DAYS = 7


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List the requests of the workspace, the most urgent first."""
    access.require(request, Permission.WORKSPACE_READ)
    filters, sort = _filters(request), sort_of(request, ORDERS, default="due")
    page = paginate(request, _rows(request).order_by(*ordering(sort, ORDERS), "pk"))
    context = {
        "page": page,
        "rows": [row(request, each) for each in page.items],
        "filters": _bar(request, filters),
        "is_filtered": filters.is_active,
        "headers": headers(request, _columns(), sort=sort),
        "csv_url": f"{reverse('update_requests_csv', args=[request.workspace.slug])}?{request.GET.urlencode()}",  # type: ignore[attr-defined]
    }
    return render_list(request, "insights/requests.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole list, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    sort = sort_of(request, ORDERS, default="due")
    rows = _rows(request).order_by(*ordering(sort, ORDERS), "pk")
    response = HttpResponse(requests_csv.lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="update-requests.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: int, about: str) -> HttpResponse:
    """Ask the owner of a thing for an update."""
    thing = access.load(request, updates.rows(about), pk, Permission.WORKSPACE_READ)
    if not status_update.askable(request, [thing]):
        raise PermissionDenied
    today = today_of(request)
    form = AskForm(request.POST if request.method == "POST" else None, initial={"due_on": _in_a_week(request)})
    if request.method == "POST" and form.is_valid():
        try:
            said = service.ask(
                about=thing,
                by=request.member,  # type: ignore[attr-defined]
                now=timezone.now(),
                today=today,
                **form.cleaned_data,
            )
        except service.BadDay as error:
            form.add_error("due_on", str(error))
        except service.RequestError as error:
            form.add_error(None, str(error))
        else:
            return drawer.done(request, _told(said, today), back(request, subjects.url(request.workspace.slug, thing)))  # type: ignore[attr-defined]
    name = subjects.name(thing)
    lead = "" if updates.answering([thing])[thing.pk].asked else _unowned()
    words = {"title": _("Ask for an update on %(name)s") % {"name": name}, "action": _("Ask"), "lead": lead}
    return _form(request, thing, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a request with a reason, as the one who answers for the thing."""
    found = access.load(request, _whole(), pk, Permission.WORKSPACE_READ)
    access.require_to_be(request, request.member.pk if service.may_decide(request.member, found) else None)  # type: ignore[attr-defined]
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            service.decline(request=found, by=request.member, now=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        except service.RequestIsOver as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The request is declined. %(who)s reads your reason.") % {"who": found.by})
            return redirect(subjects.url(request.workspace.slug, found.subject))  # type: ignore[attr-defined]
    name = subjects.name(found.subject)
    words = {"title": _("Decline an update on %(name)s") % {"name": name}, "action": _("Decline"), "lead": found.note}
    return _form(request, found.subject, form, words)


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own request back."""
    found = access.load(request, _whole(), pk, Permission.WORKSPACE_READ)
    access.require_to_be(request, found.by_id)
    try:
        service.withdraw(request=found, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
        messages.success(request, _("Your request is withdrawn."))
    except service.RequestIsOver as error:
        messages.error(request, str(error))
    return redirect(subjects.url(request.workspace.slug, found.subject))  # type: ignore[attr-defined]


def row(request: HttpRequest, asked: UpdateRequest) -> dict[str, Any]:
    """Return one request as a list shows it."""
    slug, today = request.workspace.slug, today_of(request)  # type: ignore[attr-defined]
    return {
        "id": asked.pk,
        "what": subjects.name(asked.subject),
        "url": f"{subjects.updates_url(slug, asked.subject)}#request-{asked.pk}",
        "who": str(asked.by),
        "at": asked.at,
        "note": asked.note,
        "due": status_update.due(today, asked.due_on) if asked.is_open else "",
        "is_overdue": asked.is_open and asked.due_on < today,
        "state": asked.get_outcome_display() or _("Open"),
        "outcome": asked.answer.sentence if asked.answer else asked.reason,
    }


def _whole() -> Any:
    return updates.about_any(UpdateRequest.objects.select_related("by__user"))


def _rows(request: HttpRequest) -> Any:
    return requests.listed(_filters(request), member=request.member, today=today_of(request))  # type: ignore[attr-defined]


def _filters(request: HttpRequest) -> Filters:
    return Filters(asked(request, "q"), asked(request, "state"), asked(request, "whose"))


def _bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    states = [("overdue", _("Overdue")), *UpdateRequest.Outcome.choices, ("all", _("All, open and closed"))]
    state = select("state", _("State"), filters.state, states, _("Open"))
    selects = [state, select("whose", _("Whose"), filters.whose, [("of-me", _("Asked of me")), ("by-me", _("By me"))])]
    return bar(
        request,
        search=filters.search,
        search_label=_("Search what, who and notes"),
        selects=selects,
        is_active=filters.is_active,
    )


def _columns() -> list[Column]:
    return [
        Column(_("About")),
        Column(_("Asked by"), "by"),
        Column(_("Asked"), "asked"),
        Column(_("Due"), "due"),
        Column(_("State"), "state"),
        Column(_("Answer")),
    ]


def _form(request: HttpRequest, thing: Any, form: Any, words: dict[str, Any]) -> HttpResponse:
    page = subjects.url(request.workspace.slug, thing)  # type: ignore[attr-defined]
    context = {"form": form, "crumbs": [{"label": subjects.name(thing), "url": page}], **words}
    return drawer.show(request, "insights/trust.html", context, status=422 if form.errors else 200)


def _in_a_week(request: HttpRequest) -> Any:
    return today_of(request) + timedelta(days=USUAL_DAYS)


def _unowned() -> str:
    return _("Nobody answers for this yet. Your request goes to the administrators, who can name an owner.")


def _told(said: service.Asked, today: date) -> str:
    due = status_update.due(today, said.request.due_on)
    if not said.has_owner:
        return _("Asked the administrators, since nobody answers for it; %(due)s") % {"due": due}
    return _("Asked %(who)s, %(due)s") % {"who": ", ".join(str(each) for each in said.members), "due": due}

"""The page of what an owner says about one thing: the current update, the form for a new one, and the history."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxhub.web.pagination import paginate
from insights.forms import UpdateForm
from insights.panels import status_update, subjects
from insights.queries import updates
from insights.queries.updates import Subject
from insights.services import updates as service
from orgs import access
from orgs.permissions import Permission

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, pk: int, about: str) -> HttpResponse:
    """Show what was said about a thing, and let who answers for it say more."""
    thing = access.load(request, updates.rows(about), pk, Permission.WORKSPACE_READ)
    if request.method != "POST":
        return _page(request, thing, UpdateForm())
    may_write = request.member.pk in updates.answering([thing])[thing.pk].may_write  # type: ignore[attr-defined]
    access.require_to_be(request, request.member.pk if may_write else None)  # type: ignore[attr-defined]
    form = UpdateForm(request.POST)
    if not form.is_valid():
        return _page(request, thing, form, status=422)
    service.write(about=thing, by=request.member, now=timezone.now(), **form.words)  # type: ignore[attr-defined]
    messages.success(request, _("Your update is saved. Who asked for it hears of it."))
    return redirect(subjects.url(request.workspace.slug, thing))  # type: ignore[attr-defined]


def _page(request: HttpRequest, thing: Subject, form: UpdateForm, status: int = 200) -> HttpResponse:
    page = paginate(request, updates.of(thing), per_page=PER_PAGE)
    update = status_update.of(request, [thing])[thing.pk]
    slug = request.workspace.slug  # type: ignore[attr-defined]
    back = subjects.url(slug, thing)
    context: dict[str, Any] = {
        "name": subjects.name(thing),
        "crumbs": [{"label": subjects.name(thing), "url": back}],
        "update": update,
        "form": form if update["may_write"] else None,
        "page": page,
        "history": [status_update.shown(request, each) for each in page.items],
        "ask": {"label": _("Ask for an update"), "url": update["ask_url"]} if update["ask_url"] else None,
    }
    return render(request, "insights/updates.html", context, status=status)

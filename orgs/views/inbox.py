"""A person's inbox: read and mark. What of it comes as a mail is chosen in mail_choices.py."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from orgs import access
from orgs.panels import inbox as panels
from orgs.permissions import Permission
from orgs.queries import inbox
from orgs.services import notifications

PER_PAGE = 25


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """Show the member's notifications, unread first."""
    access.require(request, Permission.WORKSPACE_READ)
    return _listed(request)


@require_http_methods(["GET", "HEAD", "POST"])
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what a notification is about and mark it as read; or mark it as asked (`mark`: seen, unseen, done)."""
    mine = inbox.of(request.member)  # type: ignore[attr-defined]
    found = access.load(request, mine.select_related("by__user"), pk, Permission.WORKSPACE_READ)
    if request.method == "POST":
        _mark(mine.filter(pk=found.pk), request.POST.get("mark", ""))
        return _after(request)
    notifications.see(mine.filter(pk=found.pk), now=timezone.now())
    said = inbox.told([found], request.member)  # type: ignore[attr-defined]
    return redirect(said[found.pk].path if found.pk in said else _inbox_url(request))


@require_POST
@varies_on_htmx
def marks(request: HttpRequest) -> HttpResponse:
    """Mark all of a view, as read or as done."""
    access.require(request, Permission.WORKSPACE_READ)
    _mark(inbox.listed(request.member, panels.view_of(request)), request.POST.get("mark", ""))  # type: ignore[attr-defined]
    return _after(request)


def _listed(request: HttpRequest) -> HttpResponse:
    view = panels.view_of(request)
    rows = inbox.listed(request.member, view).select_related("by__user")  # type: ignore[attr-defined]
    page = paginate(request, rows, per_page=PER_PAGE)
    title, why = panels.EMPTY[view]
    context: dict[str, Any] = {
        "page": page,
        "entries": panels.entries(request, page.items),
        "views": panels.views(request, view),
        "view": view,
        "empty": {"title": title, "why": why},
        "query": request.GET.urlencode(),
    }
    return render_list(request, "orgs/inbox.html", context)


def _mark(rows: Any, mark: str) -> None:
    """Mark some of the own notifications; a word that is none of the three marks nothing."""
    if mark == "seen":
        notifications.see(rows, now=timezone.now())
    elif mark == "done":
        notifications.finish(rows, now=timezone.now())
    elif mark == "unseen":
        notifications.forget(rows)


def _after(request: HttpRequest) -> HttpResponse:
    return _listed(request) if wants_fragment(request) else redirect(f"{_inbox_url(request)}?{request.GET.urlencode()}")


def _inbox_url(request: HttpRequest) -> str:
    return reverse("inbox", args=[request.workspace.slug])  # type: ignore[attr-defined]

"""Saved views of lists: save the one looked at, rename, share, delete."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from orgs import access
from orgs.forms.saved_views import SavedViewForm
from orgs.models import SavedView
from orgs.panels.saved_views import address, is_savable
from orgs.permissions import Permission
from orgs.queries import saved_views
from orgs.registry import LISTS
from orgs.services import saved_views as service


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """List the views of all lists; save a new one of the list and filters named in the form."""
    access.require(request, Permission.WORKSPACE_READ)
    asked = request.POST if request.method == "POST" else request.GET
    key, query = asked.get("list", ""), asked.get("query", "")
    form = SavedViewForm(
        request.POST if request.method == "POST" else None, may_share=_may_share(request), may_open=_may_open(key)
    )
    is_known = is_savable(key, query)
    if request.method == "POST" and not is_known:
        form.add_error(None, _("Open the list first, choose filters there, then save the view."))
    if request.method == "POST" and form.is_valid() and (view := _saved(request, form, key, query)):
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
        return redirect(address(request.workspace.slug, view))  # type: ignore[attr-defined]
    context = {
        "form": form,
        "list_key": key,
        "query": query,
        "list_label": LISTS[key].label if is_known else "",
        "views": [_shown(request, view) for view in saved_views.all_of(request.member)],  # type: ignore[attr-defined]
    }
    return render(request, "orgs/saved_views.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a view, share it, make it the default."""
    view = _own(request, pk)
    first = {"name": view.name, "is_shared": view.is_shared, "is_default": view.is_default}
    form = SavedViewForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        may_share=_may_share(request),
        may_open=_may_open(view.list_key),
    )
    if request.method == "POST" and form.is_valid():
        try:
            service.change(view=view, by=request.member, **{**_NOT, **form.cleaned_data})  # type: ignore[attr-defined]
            return redirect("saved_views", request.workspace.slug)  # type: ignore[attr-defined]
        except service.NameIsTaken as problem:
            form.add_error("name", str(problem))
    crumbs = [{"label": _("Saved views"), "url": reverse("saved_views", args=[request.workspace.slug])}]  # type: ignore[attr-defined]
    context = {"form": form, "view": view, "crumbs": crumbs}
    return render(request, "orgs/saved_view.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view; the list itself stays as it is."""
    view = _own(request, pk)
    service.delete(view=view, by=request.member)  # type: ignore[attr-defined]
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("saved_views", request.workspace.slug)  # type: ignore[attr-defined]


def _own(request: HttpRequest, pk: int) -> SavedView:
    """The view, for its owner; a shared one also for who manages members. To others a personal one does not exist."""
    seen = SavedView.objects.seen_by(request.member).filter(list_key__in=LISTS).select_related("owner__user")  # type: ignore[attr-defined]
    view: SavedView = access.load(request, seen, pk, Permission.WORKSPACE_READ)
    if view.owner_id != request.member.pk:  # type: ignore[attr-defined]
        access.require(request, Permission.MEMBERS_MANAGE)
    return view


_NOT = {"is_shared": False, "is_default": False}  # what the form does not offer to everybody, or for every list


def _may_open(key: str) -> bool:
    """A list opens with a view; the page of a record opens with that record."""
    return key not in LISTS or not LISTS[key].record


def _may_share(request: HttpRequest) -> bool:
    return access.may(request.member, Permission.VIEW_SHARE)  # type: ignore[attr-defined]


def _saved(request: HttpRequest, form: SavedViewForm, key: str, query: str) -> SavedView | None:
    try:
        wanted = {**_NOT, **form.cleaned_data}
        return service.save(list_key=key, query=query, by=request.member, **wanted)  # type: ignore[attr-defined]
    except service.NameIsTaken as problem:
        form.add_error("name", str(problem))
    except service.QueryIsTooLong as problem:
        form.add_error(None, str(problem))
    return None


def _shown(request: HttpRequest, view: SavedView) -> dict[str, Any]:
    is_own = view.owner_id == request.member.pk  # type: ignore[attr-defined]
    return {
        "view": view,
        "url": address(request.workspace.slug, view),  # type: ignore[attr-defined]
        "list": LISTS[view.list_key].label,
        "is_own": is_own,
        "may_change": is_own or access.may(request.member, Permission.MEMBERS_MANAGE),  # type: ignore[attr-defined]
    }

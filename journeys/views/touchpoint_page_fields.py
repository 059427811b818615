"""One field of a touchpoint: read, edited in its place or on a page of its own, both texts when two people wrote."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.fields import FIELDS
from journeys.models import Touchpoint
from journeys.queries import touchpoints
from journeys.services import changes, saves
from journeys.services import touchpoints as service
from journeys.views import touchpoint_page_parts as parts
from orgs import access
from orgs.permissions import Permission

TOKEN = re.compile(r"[\w-]{8,64}", re.ASCII)


@require_http_methods(["GET", "HEAD", "POST"])
@varies_on_htmx
def field(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show a field (`?show=yes`), its form, or save it."""
    touchpoint = access.load(request, touchpoints.whole(), pk, Permission.WORKSPACE_READ)
    if key not in FIELDS:
        raise Http404
    if request.method != "POST" and request.GET.get("show") and wants_fragment(request):
        return _display(request, touchpoint, key)
    access.require(request, Permission.TOUCHPOINT_EDIT, touchpoint)
    if request.method == "POST":
        return _saved(request, touchpoint, key)
    if touchpoint.archived_at:
        return redirect("touchpoint", request.workspace.slug, pk)  # type: ignore[attr-defined]
    return _form(request, touchpoint, key)


def _saved(request: HttpRequest, touchpoint: Touchpoint, key: str) -> HttpResponse:
    values = request.POST.getlist("value")
    raw: Any = values if FIELDS[key].kind == "records" else "".join(values[:1])
    known: dict[str, Any] = {"version": _version(request), "token": token_of(request)}
    try:
        saved = saves.save(
            touchpoint=touchpoint,
            key=key,
            raw=raw,
            by=request.member,
            now=timezone.now(),
            **known,  # type: ignore[attr-defined]
        )
    except service.StaleVersion as stale:
        mine = next(change for change in stale.conflicts if change.field.key == key)
        return _conflict(request, stale.touchpoint, parts.conflict(request, stale.touchpoint, mine))
    except (changes.BadValues, service.NameIsTaken, service.IsArchived) as refused:
        return _form(request, touchpoint, key, values=values, version=known["version"], problem=_why(refused, key))
    if not wants_fragment(request):
        messages.success(request, _("Saved."))
        return redirect(parts.page_url(request, touchpoint, key))
    said = _("Saved %(time)s") % {"time": parts.now_clock(request)}
    if saved.changed_since:
        said = _("Saved, and changed by somebody else since then")
    return _display(request, saved.touchpoint, key, said=said, version=saved.version)


def _why(refused: ValueError, key: str) -> str:
    return refused.problems.get(key, str(refused)) if isinstance(refused, changes.BadValues) else str(refused)


def _display(
    request: HttpRequest, touchpoint: Touchpoint, key: str, *, said: str = "", version: int | None = None
) -> HttpResponse:
    may = parts.may_edit(request, touchpoint)
    shown = parts.field(request, touchpoint, key, may=may, saved=said)
    if version is not None:
        shown["seen"] = version
    return render(request, "journeys/_field.html", {"field": shown})


def _form(request: HttpRequest, touchpoint: Touchpoint, key: str, **given: Any) -> HttpResponse:
    context = {"form": parts.form(request, touchpoint, key, **given)}
    return _answer(request, touchpoint, "form", context, status=422 if given.get("problem") else 200)


def _conflict(request: HttpRequest, touchpoint: Touchpoint, found: dict[str, Any]) -> HttpResponse:
    return _answer(request, touchpoint, "conflict", {"conflict": found}, status=409)


def _answer(
    request: HttpRequest, touchpoint: Touchpoint, what: str, context: dict[str, Any], *, status: int
) -> HttpResponse:
    """The fragment for the page of the touchpoint, or a page of its own for a browser without scripts."""
    if wants_fragment(request):
        return render(request, f"journeys/_field_{what}.html", context, status=status)
    crumbs = [{"label": touchpoint.name, "url": parts.page_url(request, touchpoint)}]
    context |= {"of": touchpoint.name, "crumbs": crumbs}
    return render(request, "journeys/field.html", context, status=status)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def token_of(request: HttpRequest) -> str:
    """Return what names this very save, "" where the page gave none."""
    found = TOKEN.fullmatch(request.POST.get("save", ""))
    return found[0] if found else ""

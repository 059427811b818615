"""One field of a touchpoint or finding: read, edited in its place or on its own page, both texts when two wrote."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.finding_fields import fields_of
from journeys.queries import touchpoints
from journeys.services import changes, findings, saves
from journeys.services import touchpoints as service
from journeys.views import touchpoint_page_parts as parts
from orgs import access
from orgs.permissions import Permission

TOKEN = re.compile(r"[\w-]{8,64}", re.ASCII)


REFUSED = (
    changes.BadValues,
    service.NameIsTaken,
    service.IsArchived,
    findings.NameIsTaken,
    findings.FindingIsArchived,
)


@require_http_methods(["GET", "HEAD", "POST"])
@varies_on_htmx
def field(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show a field of a touchpoint (`?show=yes`), its form, or save it."""
    touchpoint = access.load(request, touchpoints.whole(), pk, Permission.WORKSPACE_READ)
    return answered(request, touchpoint, key, partial(saves.save, touchpoint=touchpoint))


def answered(request: HttpRequest, record: parts.Edited, key: str, save: Callable[..., saves.Saved]) -> HttpResponse:
    """Answer for one field of a record that the person may read; `save` takes what services.saves.save takes."""
    if key not in fields_of(record):
        raise Http404
    if request.method != "POST" and request.GET.get("show") and wants_fragment(request):
        return _display(request, record, key)
    access.require(request, parts.right_to_edit(str(record._meta.model_name)), record)
    if request.method == "POST":
        return _saved(request, record, key, save)
    if record.archived_at:
        return redirect(parts.page_url(request, record))
    return _form(request, record, key)


def _saved(request: HttpRequest, record: parts.Edited, key: str, save: Callable[..., saves.Saved]) -> HttpResponse:
    values = request.POST.getlist("value")
    raw: Any = values if fields_of(record)[key].kind == "records" else "".join(values[:1])
    known: dict[str, Any] = {"version": _version(request), "token": token_of(request)}
    try:
        saved = save(key=key, raw=raw, by=request.member, now=timezone.now(), **known)  # type: ignore[attr-defined]
    except (service.StaleVersion, findings.FindingChanged) as stale:
        mine = next(change for change in stale.conflicts if change.field.key == key)
        return _conflict(request, stale.record, parts.conflict(request, stale.record, mine))
    except REFUSED as refused:
        return _form(request, record, key, values=values, version=known["version"], problem=_why(refused, key))
    if not wants_fragment(request):
        messages.success(request, _("Saved."))
        return redirect(parts.page_url(request, record, key))
    said = _("Saved %(time)s") % {"time": parts.now_clock(request)}
    if saved.changed_since:
        said = _("Saved, and changed by somebody else since then")
    return _display(request, saved.record, key, said=said, version=saved.version)


def _why(refused: ValueError, key: str) -> str:
    return refused.problems.get(key, str(refused)) if isinstance(refused, changes.BadValues) else str(refused)


def _display(
    request: HttpRequest, record: parts.Edited, key: str, *, said: str = "", version: int | None = None
) -> HttpResponse:
    may = parts.may_edit(request, record)
    shown = parts.field(request, record, key, may=may, saved=said)
    if version is not None:
        shown["seen"] = version
    return render(request, "journeys/_field.html", {"field": shown})


def _form(request: HttpRequest, record: parts.Edited, key: str, **given: Any) -> HttpResponse:
    context = {"form": parts.form(request, record, key, **given)}
    return _answer(request, record, "form", context, status=422 if given.get("problem") else 200)


def _conflict(request: HttpRequest, record: parts.Edited, found: dict[str, Any]) -> HttpResponse:
    return _answer(request, record, "conflict", {"conflict": found}, status=409)


def _answer(
    request: HttpRequest, record: parts.Edited, what: str, context: dict[str, Any], *, status: int
) -> HttpResponse:
    """The fragment for the page of the record, or a page of its own for a browser without scripts."""
    if wants_fragment(request):
        return render(request, f"journeys/_field_{what}.html", context, status=status)
    crumbs = [{"label": record.name, "url": parts.page_url(request, record)}]
    context |= {"of": record.name, "crumbs": crumbs}
    return render(request, "journeys/field.html", context, status=status)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def token_of(request: HttpRequest) -> str:
    """Return what names this very save, "" where the page gave none."""
    found = TOKEN.fullmatch(request.POST.get("save", ""))
    return found[0] if found else ""

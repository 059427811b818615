"""The history of one touchpoint: paged, narrowed to a person or a field, each edit with its undo."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from journeys.fields import EVERY, FIELDS
from journeys.models import Touchpoint
from journeys.queries import history, touchpoints
from journeys.services import changes
from journeys.services import touchpoints as service
from journeys.views import touchpoint_page_parts as parts
from orgs import access
from orgs.models import AuditEntry
from orgs.permissions import Permission

AT_FIRST = 5
PER_PAGE = 20


@require_safe
@varies_on_htmx
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that happened to a touchpoint, newest first."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.WORKSPACE_READ)
    is_whole = not (wants_fragment(request) and request.GET.get("part"))  # part of the touchpoint's page
    context = {
        "panel": panel(request, touchpoint, per_page=PER_PAGE if is_whole else AT_FIRST),
        "is_whole": is_whole,
        "touchpoint": touchpoint,
        "crumbs": [{"label": touchpoint.name, "url": parts.page_url(request, touchpoint)}],
    }
    template = "journeys/touchpoint_history.html"
    return render(request, f"{template}#panel" if wants_fragment(request) else template, context)


@require_POST
def undo(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Put back what one entry changed. When a field changed since, show both texts of each."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.TOUCHPOINT_EDIT)
    found = access.load(request, _edits(touchpoint), entry, Permission.WORKSPACE_READ)
    context: dict[str, Any] = {"touchpoint": touchpoint}
    try:
        service.undo(entry=found, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
        messages.success(request, _("It is as it was before."))
        return redirect(f"{parts.page_url(request, touchpoint)}#history")
    except service.StaleVersion as stale:
        context["conflicts"] = [parts.conflict(request, stale.touchpoint, each) for each in stale.conflicts]
    except (service.NotUndoable, service.NameIsTaken, service.IsArchived, changes.BadValues) as refused:
        context["problem"] = str(refused)
    context["crumbs"] = [{"label": touchpoint.name, "url": parts.page_url(request, touchpoint)}]
    return render(request, "journeys/touchpoint_undo.html", context, status=409)


def panel(request: HttpRequest, touchpoint: Touchpoint, *, per_page: int = AT_FIRST) -> dict[str, Any]:
    """Return the entries that the address asks for, with the filters. Constant queries, however long the history."""
    person, key = request.GET.get("who", ""), request.GET.get("field", "")
    every = history.entries(touchpoint)
    people = history.people(every)
    found = history.narrowed(every, person=person if person in dict(people) else "", key=key)
    page = paginate(request, found, per_page=per_page)
    url = reverse("touchpoint_history", args=[request.workspace.slug, touchpoint.pk])  # type: ignore[attr-defined]
    may = parts.may_edit(request, touchpoint)
    return {
        "url": url,
        "lines": [_line(request, touchpoint, line, may=may) for line in history.lines(touchpoint, page.items)],
        "page": page,
        "zone": request.workspace.tzinfo,  # type: ignore[attr-defined]
        "people": [{"value": value, "label": label, "is_chosen": value == person} for value, label in people],
        "fields": [{"value": each.key, "label": each.label, "is_chosen": each.key == key} for each in EVERY],
        "is_filtered": bool(person or key in FIELDS),
        "more_url": url if page.pages > 1 else "",
    }


def _line(request: HttpRequest, touchpoint: Touchpoint, line: history.Line, *, may: bool) -> dict[str, Any]:
    url = reverse("touchpoint_undo", args=[request.workspace.slug, touchpoint.pk, line.entry.pk])  # type: ignore[attr-defined]
    return {
        "id": line.entry.pk,
        "at": line.at.astimezone(request.workspace.tzinfo),  # type: ignore[attr-defined]
        "sentence": line.sentence,
        "of": line.of,
        "changes": line.changes,
        "undo_url": url if may and line.can_be_undone else "",
    }


def _edits(touchpoint: Touchpoint) -> Any:
    return AuditEntry.objects.filter(subject_type="touchpoint", subject_id=touchpoint.pk)

"""The suggestions that wait on a touchpoint, and the way to make one."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.fields import EVERY, FIELDS
from journeys.models import Suggestion, Touchpoint
from journeys.panels.ownership import age
from journeys.registry import Panel
from orgs import access
from orgs.permissions import Permission

MOST = 20


def load(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    """Return the open suggestions; who may not edit gets the fields to suggest for."""
    found = Suggestion.objects.filter(touchpoint=touchpoint, state=Suggestion.State.OPEN)
    rows = list(found.select_related("by__user", "touchpoint")[: MOST + 1])
    url = reverse("touchpoint_suggestions", args=[request.workspace.slug, touchpoint.pk])  # type: ignore[attr-defined]
    fields = [{"label": field.label, "url": f"{url}?field={field.key}"} for field in EVERY]
    return {
        "rows": [card(request, each, touchpoint) for each in rows[:MOST]],
        "has_more": len(rows) > MOST,
        "fields": fields if may_suggest(request, touchpoint) else [],
    }


def card(request: HttpRequest, suggestion: Suggestion, touchpoint: Touchpoint) -> dict[str, Any]:
    """Return a suggestion with what stood there, what stands there now, and what is suggested."""
    field = FIELDS[suggestion.field]
    now_there = field.told(field.value_of(touchpoint))
    is_stale = suggestion.is_open and not field.is_same(now_there, suggestion.old)
    args = [request.workspace.slug, suggestion.pk]  # type: ignore[attr-defined]
    decides = suggestion.is_open and access.may(request.member, Permission.TOUCHPOINT_EDIT, touchpoint)  # type: ignore[attr-defined]
    return {
        "id": suggestion.pk,
        "label": field.label,
        "who": str(suggestion.by),
        "age": age(suggestion.at),
        "note": suggestion.note,
        "old": field.words(suggestion.old),
        "now": field.words(now_there),
        "new": field.words(suggestion.new),
        "is_stale": is_stale,
        "is_open": suggestion.is_open,
        "decided": _decided(suggestion),
        "reason": suggestion.reason,
        "url": reverse("suggestion", args=args),
        "decides": decides,
        "accept_url": reverse("suggestion_acceptance", args=args) if decides else "",
        "decline_url": reverse("suggestion_refusal", args=args) if decides else "",
        "withdraw_url": reverse("suggestion_withdrawal", args=args) if _is_own(request, suggestion) else "",
    }


def may_suggest(request: HttpRequest, touchpoint: Touchpoint) -> bool:
    """Who may edit the touchpoint edits it; other colleagues suggest."""
    member = request.member  # type: ignore[attr-defined]
    if touchpoint.archived_at or access.may(member, Permission.TOUCHPOINT_EDIT, touchpoint):
        return False
    return access.may(member, Permission.TOUCHPOINT_SUGGEST)


def _is_own(request: HttpRequest, suggestion: Suggestion) -> bool:
    return suggestion.is_open and suggestion.by_id == request.member.pk  # type: ignore[attr-defined]


def _decided(suggestion: Suggestion) -> str:
    if suggestion.is_open or suggestion.decided_at is None:
        return ""
    words = {
        "state": suggestion.get_state_display(),
        "who": suggestion.decided_by or "",
        "age": age(suggestion.decided_at),
    }
    return _("%(state)s by %(who)s, %(age)s") % words


PANEL = Panel("suggestions", "journeys/suggestion_panel.html", 55, load)

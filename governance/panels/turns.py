"""Who reviews a map next, what can be decided about it, and what was: a part of the page of its review."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import ReviewPlan
from governance.panels import decisions
from governance.queries import due, early, reviewers
from journeys.models import Map

SHOWN = 10


def load(request: HttpRequest, drawn: Map) -> dict[str, Any]:
    """Return whose the next review is and why, the links to decide about it, and the last decisions. Four queries."""
    whose = reviewers.of(drawn)
    plan = ReviewPlan.objects.filter(map=drawn).first()
    may = reviewers.may_run(request.member, drawn)  # type: ignore[attr-defined]
    return {
        "names": reviewers.names(whose),
        "why": reviewers.WHY[whose.why],
        "note": whose.note if whose.why == "delegate" else "",
        "by": whose.delegated_by,
        "first": due.day(plan.first_due_on) if plan and plan.first_due_on else "",
        "early": _early(request, drawn),
        "actions": [*_asking(request, drawn), *(_actions(request, drawn, whose) if may else [])],
        "decided": [decisions.line(each) for each in decisions.planned(drawn)[:SHOWN]],
    }


def _early(request: HttpRequest, drawn: Map) -> list[dict[str, str]]:
    """What brought the review forward, each with the page of what it is about; nothing where it is due on its day."""
    if not early.is_early(drawn, drawn.due_on):  # type: ignore[attr-defined]
        return []
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return [
        {"text": each.text, "url": reverse(each.url_name, args=[slug, each.thing_id]) if each.url_name else ""}
        for each in early.whys(drawn)
    ]


def _asking(request: HttpRequest, drawn: Map) -> list[dict[str, str]]:
    """The sponsor may ask for a review before its day."""
    member, slug = request.member, request.workspace.slug  # type: ignore[attr-defined]
    url = reverse("review_early", args=[slug, drawn.pk])
    return [{"label": _("Ask for it now"), "url": url}] if member.pk == drawn.sponsor_id else []


def _actions(request: HttpRequest, drawn: Map, whose: reviewers.Whose) -> list[dict[str, str]]:
    is_mine = whose.delegate == request.member  # type: ignore[attr-defined]
    back = _("Hand back") if is_mine else _("Take back")
    shown = [
        (_("Reviewers"), "map_reviewers", True),
        (_("Delegate"), "review_delegation", True),
        (back, "review_return", whose.delegate is not None),
        (_("Not needed early"), "review_early_refusal", early.is_early(drawn, drawn.due_on)),  # type: ignore[attr-defined]
        (_("Postpone"), "review_postponement", True),
        (_("Skip"), "review_skip", True),
    ]
    slug = request.workspace.slug  # type: ignore[attr-defined]
    return [
        {"label": label, "url": reverse(name, args=[slug, drawn.pk])} for label, name, is_there in shown if is_there
    ]

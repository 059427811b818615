"""Who reviews a map next, what can be decided about it, and what was: a part of the page of its review."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import ReviewPlan
from governance.queries import due, early, reviewers
from journeys.models import Map
from orgs.models import AuditEntry

SHOWN = 10
WORDS = {
    "map.name_reviewers": gettext_lazy("%(who)s named who reviews it: %(names)s"),
    "map.delegate_review": gettext_lazy("%(who)s delegated the review due on %(due_on)s to %(to)s"),
    "map.hand_back_review": gettext_lazy("%(who)s ended the delegation to %(from)s"),
    "map.postpone_review": gettext_lazy("%(who)s postponed the review to %(next_on)s"),
    "map.skip_review": gettext_lazy("%(who)s skipped the review; the next one is due on %(next_on)s"),
    "map.call_review_early": gettext_lazy("%(who)s brought the review forward to %(next_on)s"),
    "map.decline_early_review": gettext_lazy("%(who)s declined an early review; it is due on %(next_on)s"),
    "map.plan_review": gettext_lazy("%(who)s planned the next review for %(next_on)s"),
    "map.align_review": gettext_lazy("%(who)s moved the next review to %(next_on)s, with others"),
    "map.close_review": gettext_lazy("%(who)s closed a review; the next one is due on %(next_on)s"),
}
DAYS = ("due_on", "next_on")


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
        "decided": decided(drawn),
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


def decided(drawn: Map) -> list[dict[str, Any]]:
    """Return the last decisions about the reviews of a map, the newest first. One query."""
    found = AuditEntry.objects.filter(subject_type="map", subject_id=drawn.pk, action__in=list(WORDS))
    return [_line(each) for each in found.select_related("actor__user").order_by("-pk")[:SHOWN]]


def _line(entry: AuditEntry) -> dict[str, Any]:
    told: dict[str, Any] = {"names": _("nobody"), **dict.fromkeys(("to", "from", *DAYS), "…"), **entry.after}
    told |= {name: due.day(date.fromisoformat(told[name])) for name in DAYS if told[name] != "…"}
    words = {**told, "names": told["names"] or _("nobody"), "who": str(entry.actor or _("CX Hub"))}
    return {"at": entry.at, "sentence": str(WORDS[entry.action]) % words, "note": entry.after.get("note", "")}


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

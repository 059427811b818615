"""The page of one review: what its five steps hold, and whether it can be closed at once."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from governance import checks
from governance.models import Review, ReviewStep
from governance.panels import changes, sharing, sign_off
from governance.queries import confirmations, cycle, due, reviewers
from governance.queries.confirmations import Word
from governance.queries.cycle import Contributor, Moved
from governance.queries.due import State
from governance.registry import CHECKS
from journeys.models import Map
from journeys.queries import comparisons, documents
from orgs import access
from orgs.permissions import Permission

SHOWN = 10  # of what moved; the comparison has the rest


def load(request: HttpRequest, drawn: Map, review: Review | None, now: datetime) -> dict[str, Any]:
    """Return what the page needs, of a map with `due_on`, `cadence_days` and its names (maps.one)."""
    workspace = request.workspace  # type: ignore[attr-defined]
    today, told = now.astimezone(workspace.tzinfo).date(), documents.document(drawn)
    found, moved = checked(request, drawn, now), cycle.moved(drawn, told)
    done = dict(review.steps.values_list("step", "by__user__name")) if review else {}
    signing = sign_off.load(request, drawn, review, told, moved, set(done))
    cadence: int = drawn.cadence_days  # type: ignore[attr-defined]
    whose = cycle.contributors(review, cadence_days=cadence, today=today, zone=workspace.tzinfo) if review else []
    return {
        "map": drawn,
        "review": review,
        "state": _state(drawn, review, set(done), signing["is_signed"], today),
        "days": due.days(drawn.due_on, today),  # type: ignore[attr-defined]
        "day": due.day(drawn.due_on),  # type: ignore[attr-defined]
        "steps": [_step(each, done) for each in ReviewStep.Step],
        "contributors": [_contributor(request, each) for each in whose],
        "checks": found,
        "moved": _moved(request, drawn, moved),
        "signing": signing,
        "sharing": sharing.of_review(request, drawn),
        "revised": _revised(review, told),
        "edit_url": _edit(request, drawn),
        "is_calm": moved.is_calm and not any(each["breaches"] for each in found),
        "is_done": len(done) == len(ReviewStep.Step),
        "may_run": reviewers.may_run(request.member, drawn),  # type: ignore[attr-defined]
    }


def _state(drawn: Any, review: Review | None, done: set[str], is_signed: bool, today: date) -> State:
    running = cycle.state(is_closed=False, done=done, is_signed=is_signed) if review else ""
    return due.state(drawn.due_on, today, running=running)


def is_calm(request: HttpRequest, drawn: Map, now: datetime) -> bool:
    """Whether nothing changed since the newest version, and no check finds anything."""
    return cycle.moved(drawn, documents.document(drawn)).is_calm and not any(
        each["breaches"] for each in checked(request, drawn, now)
    )


def checked(request: HttpRequest, drawn: Map, now: datetime) -> list[dict[str, Any]]:
    """Return what each check finds on a map."""
    slug, workspace = request.workspace.slug, request.workspace  # type: ignore[attr-defined]
    rows = []
    for check in sorted(CHECKS, key=lambda each: each.position):
        found = check.find(drawn, workspace, now)
        shown = [
            {"text": each.text, "why": each.why, "url": reverse(each.url_name, args=[slug, each.pk])} for each in found
        ]
        rows.append({"label": check.label, "breaches": shown, "count": checks.count(len(found))})
    return rows


def _step(step: ReviewStep.Step, done: dict[str, str]) -> dict[str, Any]:
    return {"key": step.value, "label": step.label, "is_done": step.value in done, "by": done.get(step.value, "")}


def _contributor(request: HttpRequest, whose: Contributor) -> dict[str, Any]:
    records = [
        {
            "word": each,
            "url": reverse(each.kind, args=[request.workspace.slug, each.record.pk]),  # type: ignore[attr-defined]
            "confirm_url": _confirm(request, each, whose),
            "day": due.day(each.on) if each.on else "",
        }
        for each in whose.records
    ]
    return {
        "many_url": _many(request, whose, sum(bool(each["confirm_url"]) for each in records)),
        "name": whose.name,
        "progress": _("%(confirmed)d of %(all)d records") % {"confirmed": whose.confirmed, "all": len(whose.records)},
        "is_done": whose.is_done,
        "records": records,
    }


def _many(request: HttpRequest, whose: Contributor, waiting: int) -> str:
    """Where a contributor confirms all at once, and is led back from; "" for others, and where there is only one."""
    if waiting < 2 or not whose.is_one(request.member):  # type: ignore[attr-defined]
        return ""
    return f"{reverse('confirmations', args=[request.workspace.slug])}?next={request.path}"  # type: ignore[attr-defined]


def _confirm(request: HttpRequest, word: Word, whose: Contributor) -> str:
    """Where a record is confirmed, for those who may and where it is to be."""
    member = request.member  # type: ignore[attr-defined]
    if word.is_right or not confirmations.may_confirm(member, word.record, is_counted=whose.whose == member):
        return ""
    return reverse(f"{word.kind}_confirmations", args=[request.workspace.slug, word.record.pk])  # type: ignore[attr-defined]


def _revised(review: Review | None, told: dict[str, Any]) -> dict[str, Any] | None:
    """What was changed on the map since the review began, where it is known how it was."""
    if review is None or review.beginning is None:
        return None
    found = changes.lines(comparisons.compare(review.beginning, told))
    return {"changes": found[:SHOWN], "count": len(found)}


def _edit(request: HttpRequest, drawn: Map) -> str:
    """Where the map is changed, for those who may."""
    if not access.may(request.member, Permission.MAP_EDIT, drawn):  # type: ignore[attr-defined]
        return ""
    return reverse("map", args=[request.workspace.slug, drawn.pk])  # type: ignore[attr-defined]


def _moved(request: HttpRequest, drawn: Map, moved: Moved) -> dict[str, Any]:
    return {
        "version": moved.version,
        "changes": changes.lines(moved.found)[:SHOWN] if moved.found else [],
        "count": len(moved.changes),
        "url": sign_off.comparison(request, drawn, moved.version.number) if moved.version else "",
    }

"""Deciding who reviews a map, and about its next review: early or not, delegate, hand back, postpone, skip."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cxhub.web import drawer
from cxhub.web.back import back
from governance.forms import DelegationForm, PostponementForm, ReasonForm, ReviewersForm
from governance.queries import due
from governance.queries import reviewers as whose
from governance.services import early, plans, turns
from governance.services import reviewers as naming
from governance.views import cycle
from governance.views.reviews import today_of
from journeys.models import Map
from orgs import access
from orgs.permissions import Permission

METHODS = ["GET", "HEAD", "POST"]
IN_DAYS = 7
FIELD = {turns.BadNote: "note", turns.OnlyReads: "to", turns.CannotWait: "on"}  # whose fault an error is
Act = Callable[..., str]


@require_http_methods(METHODS)
def reviewers(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who reviews a map; with nobody its owner does."""
    drawn = _map(request, pk)
    named = whose.of(drawn).named
    chosen = {
        "members": [each.member_id for each in named if each.member_id],
        "departments": [each.department_id for each in named if each.department_id],
    }

    def act(**given: Any) -> str:
        naming.name(drawn=drawn, by=request.member, **given)  # type: ignore[attr-defined]
        return _("Reviewers saved")

    lead = _("All of them hear of each review. Without any, or once they left, it is the owner's, then the sponsor's.")
    words = {"title": _("Who reviews %(map)s") % {"map": drawn}, "lead": lead, "action": _("Save")}
    return _answer(request, drawn, _form(request, ReviewersForm, chosen), act, words)


@require_http_methods(METHODS)
def delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody else to do the next review."""
    drawn = _map(request, pk)

    def act(**given: Any) -> str:
        turns.delegate(drawn=drawn, **given, **_by(request))
        return _("%(who)s was asked to review it") % {"who": given["to"]}

    words = {"title": _("Delegate the review of %(map)s") % {"map": drawn}, "lead": _lead(drawn)}
    return _answer(request, drawn, _form(request, DelegationForm), act, words | {"action": _("Delegate")})


@require_http_methods(METHODS)
def handing_back(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation: hand the review back, or take it back."""
    drawn = _map(request, pk)
    is_mine = whose.of(drawn).delegate == request.member  # type: ignore[attr-defined]

    def act(**given: Any) -> str:
        turns.hand_back(drawn=drawn, **given, **_by(request))
        return _("Handed back") if is_mine else _("Taken back")

    title = _("Hand back the review of %(map)s") if is_mine else _("Take back the review of %(map)s")
    words = {"title": title % {"map": drawn}, "action": _("Hand back") if is_mine else _("Take back")}
    return _answer(request, drawn, _form(request, ReasonForm), act, words | {"lead": _lead(drawn)})


@require_http_methods(METHODS)
def postponement(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the next review off, within limits."""
    drawn, today = _map(request, pk), today_of(request)

    def act(**given: Any) -> str:
        turns.postpone(drawn=drawn, today=today, **given, **_by(request))
        return _("Postponed to %(day)s") % {"day": due.day(given["on"])}

    day = max(drawn.due_on, today) + timedelta(days=IN_DAYS)  # type: ignore[attr-defined]
    lead = _("Due on %(day)s. It can wait %(n)d days from the day it was first due, or its cadence if that is shorter.")
    told = {"day": due.day(drawn.due_on), "n": turns.POSTPONED_DAYS}  # type: ignore[attr-defined]
    words = {"title": _("Postpone the review of %(map)s") % {"map": drawn}, "action": _("Postpone")}
    form = _form(request, PostponementForm, {"on": day})
    return _answer(request, drawn, form, act, words | {"lead": lead % told})


@require_http_methods(METHODS)
def skip(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the next review out."""
    drawn, today = _map(request, pk), today_of(request)

    def act(**given: Any) -> str:
        next_on = turns.skip(drawn=drawn, today=today, **given, **_by(request))
        return _("Skipped. The next one is due on %(day)s") % {"day": due.day(next_on)}

    lead = _("Due on %(day)s. The next day follows from the cadence. Two in a row cannot be skipped.")
    words = {"title": _("Skip the review of %(map)s") % {"map": drawn}, "action": _("Skip")}
    told = {"lead": lead % {"day": due.day(drawn.due_on)}}  # type: ignore[attr-defined]
    return _answer(request, drawn, _form(request, ReasonForm), act, words | told)


@require_http_methods(METHODS)
def early_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the next review before its day: its sponsor's word."""
    drawn = access.load(request, cycle.rows(request), pk, Permission.WORKSPACE_READ)
    access.require_to_be(request, drawn.sponsor_id)

    def act(note: str) -> str:
        made = early.ask(drawn=drawn, text=note, now=timezone.now(), **_by(request))
        return _("It is due on %(day)s now. Whoever reviews the map is told.") % {"day": due.day(made.due_on)}

    words = {"title": _("Ask for a review of %(map)s") % {"map": drawn}, "action": _("Ask for it")}
    return _answer(request, drawn, _form(request, ReasonForm), act, words | {"lead": _lead(drawn)})


@require_http_methods(METHODS)
def early_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a review that something brought forward its old day back."""
    drawn = _map(request, pk)

    def act(note: str) -> str:
        day = early.decline(drawn=drawn, note=note, now=timezone.now(), **_by(request))
        return _("It is due on %(day)s again") % {"day": due.day(day)}

    lead = _("It gets its old day back, and what brought it forward does not do so again.")
    words = {"title": _("No early review of %(map)s") % {"map": drawn}, "lead": lead, "action": _("Decline")}
    return _answer(request, drawn, _form(request, ReasonForm), act, words)


def _map(request: HttpRequest, pk: int) -> Map:
    found: Map = cycle.to_run(request, pk)
    return found


def _form(request: HttpRequest, made: type[forms.Form], initial: Any = None) -> forms.Form:
    return made(request.POST if request.method == "POST" else None, initial=initial)


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"workspace": request.workspace, "by": request.member}  # type: ignore[attr-defined]


def _lead(drawn: Map) -> str:
    return _("Due on %(day)s") % {"day": due.day(drawn.due_on)}  # type: ignore[attr-defined]


def _answer(request: HttpRequest, drawn: Map, form: forms.Form, act: Act, words: dict[str, Any]) -> HttpResponse:
    """Do what a valid form says, or show it with what is wrong."""
    url = reverse("map_review", args=[request.workspace.slug, drawn.pk])  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            return drawer.done(request, act(**form.cleaned_data), back(request, url))
        except plans.PlanError as error:
            field = FIELD.get(type(error))  # type: ignore[arg-type]
            form.add_error(field if field in form.fields else None, str(error))
    context = {"form": form, "crumbs": [{"label": drawn.title, "url": url}], **words}
    return drawer.show(request, "governance/form.html", context, status=422 if form.errors else 200)

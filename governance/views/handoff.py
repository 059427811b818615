"""One hand-off: writing it, changing it, agreeing to it or not, and ending it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from governance.forms_handoffs import HandOffForm, NewHandOffForm, said_of
from governance.models import HandOff
from governance.panels import handoffs as panel
from governance.queries import handoff_words, handoffs
from governance.services import handoffs as service
from journeys.models import Touchpoint
from orgs import access
from orgs.permissions import Permission

UNSEEN = 0  # a count of terms that none has


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is agreed on, by whom, and what is measured."""
    found: HandOff = access.load(request, handoffs.whole(), pk, Permission.WORKSPACE_READ)
    workspace = request.workspace  # type: ignore[attr-defined]
    standing = handoffs.stand([found], workspace=workspace, today=workspace.today)[0]
    sides = panel.sides(request, standing)
    is_open = found.ended_at is None
    may_write = is_open and panel.may_write(request, found.giver, found.taker)
    mine = [side for side in sides if side["is_mine"]] if is_open else []
    context = {
        "handoff": found,
        "crumbs": _crumbs(request),
        "word": handoffs.STATES[standing.state],
        "status": handoffs.MARKS[standing.state],
        "why": handoff_words.why(standing),
        "limit": handoff_words.duration(found.limit_minutes),
        "sides": sides,
        "measured": [panel.measured(each) for each in standing.measured],
        "may_agree": any(not side["is_agreed"] for side in mine),
        "may_object": bool(mine),
        "may_write": may_write,
        "actions": [_changing(request, found)] if may_write else [],
        "words": panel.words_of(found),
    }
    return render(request, "governance/handoff.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what is to be agreed on where customers leave this touchpoint."""
    giver: Touchpoint = access.load(request, Touchpoint.objects.current(), pk, Permission.WORKSPACE_READ)
    taker = _chosen(request, giver)
    access.require_one(request, Permission.TOUCHPOINT_EDIT, [giver, taker])
    given = {"takers": handoffs.takers(giver), "ends": [each for each in (giver, taker) if each]}
    form = NewHandOffForm(request.POST if request.method == "POST" else None, initial={"taker": taker}, **given)
    if request.method == "POST" and form.is_valid():
        try:
            made = service.propose(giver=giver, by=request.member, now=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        except service.HandOffError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written. Whoever leads the other department is asked."))
            return _to(request, made)
    words = {"title": _("Hand-off from %(name)s") % {"name": giver}, "action": _("Write it and ask")}
    return _form(request, form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the terms, which both departments then agree to anew, or what measures them."""
    found = _writable(request, pk)
    told: dict[str, Any] = {"initial": said_of(found) | {"terms": found.terms}, "ends": [found.giver, found.taker]}
    form = HandOffForm(request.POST if request.method == "POST" else None, **told)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            service.change(handoff=found, terms=_terms(request), by=request.member, now=timezone.now(), **values)  # type: ignore[attr-defined]
        except service.HandOffError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. New terms are agreed to anew."))
            return _to(request, found)
    words = {"title": _("Change %(handoff)s") % {"handoff": found}, "action": _("Save"), "terms": found.terms}
    return _form(request, form, words)


@require_POST
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree for each side that the person leads."""
    found = _spoken_of(request, pk)
    return _done(request, found, lambda told: service.agree(terms=_terms(request), **told), _("Agreed."))


@require_POST
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not agree, and say why."""
    found, reason = _spoken_of(request, pk), request.POST.get("reason", "")
    act = lambda told: service.object_to(terms=_terms(request), reason=reason, **told)  # noqa: E731
    return _done(request, found, act, _("Said. Who wrote it and the other department hear of it."))


@require_POST
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """End it, and say why."""
    found, reason = _writable(request, pk), request.POST.get("reason", "")
    return _done(request, found, lambda told: service.end(reason=reason, **told), _("Ended."))


def _writable(request: HttpRequest, pk: int) -> HandOff:
    found: HandOff = access.load(request, handoffs.whole(), pk, Permission.WORKSPACE_READ)
    access.require_one(request, Permission.TOUCHPOINT_EDIT, [found.giver, found.taker])
    return found


def _spoken_of(request: HttpRequest, pk: int) -> HandOff:
    """The hand-off, for those who lead a department that answers for one of its touchpoints."""
    found: HandOff = access.load(request, handoffs.whole(), pk, Permission.WORKSPACE_READ)
    access.require_to_lead(request, found.giver.owning_department_id, found.taker.owning_department_id)
    return found


def _chosen(request: HttpRequest, giver: Touchpoint) -> Touchpoint | None:
    """The touchpoint that customers go on to, where the form or the address names one of those there are."""
    named = request.POST.get("taker") or request.GET.get("to", "")
    if not (named.isascii() and named.isdecimal() and len(named) < 18):
        return None
    found: Touchpoint | None = handoffs.takers(giver).filter(pk=int(named)).first()
    return found


def _terms(request: HttpRequest) -> int:
    """The count of the terms that the person saw."""
    named = request.POST.get("terms", "")
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 9 else UNSEEN


def _done(request: HttpRequest, found: HandOff, act: Callable[[dict[str, Any]], HandOff], said: str) -> HttpResponse:
    try:
        act({"handoff": found, "by": request.member, "now": timezone.now()})  # type: ignore[attr-defined]
    except service.HandOffError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return _to(request, found)


def _to(request: HttpRequest, found: HandOff) -> HttpResponse:
    return redirect("handoff", request.workspace.slug, found.pk)  # type: ignore[attr-defined]


def _form(request: HttpRequest, form: Any, words: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "crumbs": _crumbs(request), **words}
    return render(request, "governance/handoff_form.html", context, status=422 if form.errors else 200)


def _changing(request: HttpRequest, found: HandOff) -> dict[str, str]:
    url = reverse("handoff_terms", args=[request.workspace.slug, found.pk])  # type: ignore[attr-defined]
    return {"label": _("Change"), "url": url, "icon": "pencil"}


def _crumbs(request: HttpRequest) -> list[dict[str, str]]:
    return [{"label": _("Hand-offs"), "url": reverse("handoffs", args=[request.workspace.slug])}]  # type: ignore[attr-defined]

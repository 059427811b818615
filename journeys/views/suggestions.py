"""Suggesting a change of a touchpoint's field, and deciding on it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journeys.fields import EVERY, FIELDS
from journeys.forms.offers import DecliningForm, SuggestionForm
from journeys.models import Suggestion, Touchpoint
from journeys.panels import suggested
from journeys.services import changes, suggestions, touchpoints
from orgs import access
from orgs.permissions import Permission
from orgs.views.frames import url


@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a field, then say what it should be. `?field=` leads straight to one."""
    touchpoint = access.load(request, changes.with_fields(), pk, Permission.TOUCHPOINT_SUGGEST)
    if not suggested.may_suggest(request, touchpoint):
        raise PermissionDenied  # who may edit it edits it
    key = (request.POST if request.method == "POST" else request.GET).get("field", "")
    context = _about(request, touchpoint)
    if key not in FIELDS:
        status = 422 if request.method == "POST" else 200
        return render(request, "journeys/suggestion_new.html", {**context, "fields": EVERY}, status=status)
    field = FIELDS[key]
    first = {key: field.untold(field.told(field.value_of(touchpoint)))}
    form = SuggestionForm(request.POST if request.method == "POST" else None, field=key, initial=first)
    if request.method == "POST" and form.is_valid() and _made(request, touchpoint, key, form):
        messages.success(request, _("Your suggestion is sent. You hear what comes of it."))
        return redirect(url(request, "touchpoint", pk) + "#suggestions")
    context |= {"form": form, "field": field, "now": field.words(field.told(field.value_of(touchpoint)))}
    return render(request, "journeys/suggestion_new.html", context, status=422 if form.errors else 200)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one suggestion beside what stands there now."""
    return _page(request, _load(request, pk))


@require_POST
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the suggested text into the field, in the decider's name."""
    suggestion = _load(request, pk)
    access.require(request, Permission.TOUCHPOINT_EDIT, suggestion.touchpoint)
    try:
        suggestions.accept(
            suggestion=suggestion,
            version=_version(request),
            by=request.member,  # type: ignore[attr-defined]
            now=timezone.now(),
        )
    except touchpoints.StaleVersion:
        problem = _("The field changed since you opened this page. Look at what stands there now, then decide.")
        return _page(request, _load(request, pk), problem, status=409)
    except (suggestions.AlreadyDecided, touchpoints.NameIsTaken, touchpoints.IsArchived, changes.BadValues) as refused:
        return _page(request, _load(request, pk), str(refused), status=409)
    messages.success(request, _("The change is made. %(who)s hears of it.") % {"who": suggestion.by})
    return _back(request, suggestion)


@require_POST
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the field as it is and say why."""
    suggestion = _load(request, pk)
    access.require(request, Permission.TOUCHPOINT_EDIT, suggestion.touchpoint)
    form = DecliningForm(request.POST)
    if not form.is_valid():
        return _page(request, suggestion, form=form, status=422)
    try:
        suggestions.decline(suggestion=suggestion, by=request.member, now=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
    except suggestions.AlreadyDecided as refused:
        return _page(request, _load(request, pk), str(refused), form=form, status=409)
    messages.success(request, _("The suggestion is declined. %(who)s hears why.") % {"who": suggestion.by})
    return _back(request, suggestion)


@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the own suggestion back."""
    suggestion = _load(request, pk)
    access.require_to_be(request, suggestion.by_id)
    try:
        suggestions.withdraw(suggestion=suggestion, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except suggestions.AlreadyDecided as refused:
        return _page(request, _load(request, pk), str(refused), status=409)
    messages.success(request, _("Your suggestion is withdrawn."))
    return _back(request, suggestion)


def _made(request: HttpRequest, touchpoint: Touchpoint, key: str, form: SuggestionForm) -> bool:
    raw, note = form.cleaned_data[key], form.cleaned_data["note"]
    by = request.member  # type: ignore[attr-defined]
    try:
        suggestions.suggest(touchpoint=touchpoint, field=key, raw=raw, note=note, by=by, now=timezone.now())
    except (suggestions.SameAsNow, touchpoints.IsArchived) as refused:
        form.add_error(key, str(refused))
    except changes.BadValues as refused:
        form.add_error(key, refused.problems[key])
    return not form.errors


def _load(request: HttpRequest, pk: int) -> Suggestion:
    rows = Suggestion.objects.select_related("by__user", "decided_by__user")
    suggestion: Suggestion = access.load(request, rows, pk, Permission.WORKSPACE_READ)
    suggestion.touchpoint = changes.with_fields().get(pk=suggestion.touchpoint_id)
    return suggestion


def _page(
    request: HttpRequest,
    suggestion: Suggestion,
    problem: str = "",
    *,
    form: DecliningForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **_about(request, suggestion.touchpoint),
        "suggestion": suggested.card(request, suggestion, suggestion.touchpoint),
        "form": form or DecliningForm(),
        "problem": problem,
    }
    return render(request, "journeys/suggestion.html", context, status=status)


def _about(request: HttpRequest, touchpoint: Touchpoint) -> dict[str, Any]:
    return {
        "touchpoint": touchpoint,
        "crumbs": [
            {"label": _("Touchpoints"), "url": url(request, "touchpoints")},
            {"label": touchpoint.name, "url": url(request, "touchpoint", touchpoint.pk)},
        ],
    }


def _back(request: HttpRequest, suggestion: Suggestion) -> HttpResponse:
    return redirect(url(request, "touchpoint", suggestion.touchpoint_id) + "#suggestions")


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

"""The pulse: staff guess what customers say, then see what they do say. And whether a workspace asks at all."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from insights.models import Pulse, PulseQuestion
from insights.panels import pulse as panel
from insights.panels.looking import today_of
from insights.pulse_forms import PulseForm, PulsePlanForm
from insights.queries import pulses
from insights.services import pulses as service
from orgs import access
from orgs.permissions import Permission
from orgs.views.frames import settings_tabs


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Ask what customers say, take the guesses, and reveal the scores in the same answer.

    Nothing keeps whose guess was which, so this answer is the only one that shows a person's own.
    """
    access.require(request, Permission.WORKSPACE_READ)
    pulse = pulses.open_one(today_of(request))
    if pulse is None:
        return _closed(request)
    questions = pulses.questions(pulse)
    if request.method == "POST":
        return _answered(request, pulse, questions)
    if pulses.has_answered(request.member, pulse):  # type: ignore[attr-defined]
        return _revealed(request, pulse, questions, {})
    return _asked(request, pulse, PulseForm(questions=questions))


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Turn the pulse on or off, and choose what it asks."""
    access.require(request, Permission.WORKSPACE_MANAGE)
    kpis = pulses.rated().order_by("touchpoint__name", "measure", "pk")
    first = {"is_on": pulses.plan().is_on}
    posted = request.POST if request.method == "POST" else None
    form = PulsePlanForm(posted, kpis=kpis, chosen=pulses.picked(), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            service.plan(is_on=form.cleaned_data["is_on"], kpis=form.picked(), by=request.member)  # type: ignore[attr-defined]
        except service.BadPick as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect(request.path)
    context = {"tabs": settings_tabs(request), "form": form}
    return render(request, "insights/pulse_settings.html", context, status=422 if form.errors else 200)


def _closed(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, _("This pulse is over. Your guesses were not taken."))
        return redirect(request.path)
    next_on = panel.next_on(today_of(request)) if pulses.plan().is_on else None
    return render(request, "insights/pulse.html", {"state": "closed", "next_on": next_on})


def _answered(request: HttpRequest, pulse: Pulse, questions: Sequence[PulseQuestion]) -> HttpResponse:
    form, is_left_out = PulseForm(request.POST, questions=questions), "skip" in request.POST
    if not is_left_out and not form.is_valid():
        return _asked(request, pulse, form, status=422)
    guesses = {} if is_left_out else form.guesses()
    times = {"now": timezone.now(), "today": today_of(request)}
    try:
        service.answer(pulse=pulse, guesses=guesses, by=request.member, **times)  # type: ignore[attr-defined]
    except service.PulseError as problem:
        messages.error(request, str(problem))
        return redirect(request.path)
    return _revealed(request, pulse, questions, guesses)


def _asked(request: HttpRequest, pulse: Pulse, form: PulseForm, status: int = 200) -> HttpResponse:
    until = date_format(pulse.closes_on, "j M")
    return render(request, "insights/pulse.html", {"state": "asked", "form": form, "until": until}, status=status)


def _revealed(
    request: HttpRequest, pulse: Pulse, questions: Sequence[PulseQuestion], guesses: Mapping[int, float]
) -> HttpResponse:
    told_on = date_format(pulse.closes_on, "j M")
    context = {"state": "revealed", "told_on": told_on, "rows": panel.revealed(request, questions, guesses)}
    return render(request, "insights/pulse.html", context)

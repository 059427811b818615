"""What pages say of the open pulse: what it asks, what it reveals, and that it waits."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insights.measures.registry import measure
from insights.models import Pulse, PulseQuestion
from insights.panels import lately_shown, subjects
from insights.panels.looking import today_of
from insights.queries import figures, pulses
from insights.queries.tiles import Tile, tiles
from orgs.access import may
from orgs.models import Member, Notification
from orgs.permissions import Permission
from orgs.registry import HomeList, HomePanel, HomeRow, NotificationKind, Told
from orgs.roles import Role


def revealed(
    request: HttpRequest, questions: Sequence[PulseQuestion], guesses: Mapping[int, float]
) -> list[dict[str, Any]]:
    """Return what customers say of each question now, beside the guess where there was one."""
    kpis, workspace = [each.kpi for each in questions], request.workspace  # type: ignore[attr-defined]
    ready = tiles(kpis, None, workspace=workspace, today=today_of(request), now=timezone.now(), length=1)
    lately_shown.remember(request, [kpi.pk for kpi in kpis])
    return [_row(request, each, tile, guesses.get(each.position)) for each, tile in zip(questions, ready, strict=True)]


def _row(request: HttpRequest, question: PulseQuestion, tile: Tile, guess: float | None) -> dict[str, Any]:
    score, decimals = tile.shown.value, measure(question.kpi.measure).decimals
    return {
        "name": subjects.name(question.kpi),
        "url": subjects.url(request.workspace.slug, question.kpi),  # type: ignore[attr-defined]
        "guess": figures.number(guess, decimals),
        "score": f"{tile.value_text} {tile.value_suffix}".strip() if score is not None else _("No answers yet"),
        "when": tile.period_text if score is not None else "",
        "verdict": verdict(question, guess, score),
    }


def verdict(question: PulseQuestion, guess: float | None, score: float | None) -> str:
    """Say how a guess stands to the score; within a twentieth of the scale it is right."""
    if guess is None or score is None:
        return ""
    decimals = measure(question.kpi.measure).decimals
    if abs(guess - score) <= (question.high - question.low) / 20:
        return _("You were right")
    words = _("You thought %(far)s more") if guess > score else _("You thought %(far)s less")
    return words % {"far": figures.number(abs(guess - score), decimals)}


def next_on(today: date) -> date:
    """Return when the next pulse opens."""
    days = pulses.days_of(today)
    if today < days.opens_on:
        return days.opens_on
    return pulses.days_of(days.month + timedelta(days=32)).opens_on


def waiting(request: HttpRequest) -> HomeList:
    """The open pulse, until the member has answered it. One query."""
    pulse = pulses.waiting_for(request.member, today_of(request))  # type: ignore[attr-defined]
    url = reverse("pulse", args=[request.workspace.slug])  # type: ignore[attr-defined]
    if pulse is None:
        return HomeList([], 0, url)
    until = _("Until %(day)s; it takes less than a minute") % {"day": date_format(pulse.closes_on, "j M")}
    return HomeList([HomeRow(_("Guess what customers say"), url, until)], 1, url)


def _sees(member: Member) -> Any:
    if not may(member, Permission.WORKSPACE_READ):
        return Q(pk__in=[])
    return Exists(Pulse.objects.filter(pk=OuterRef("thing_id")))


def _describe(held: list[Notification], reader: Member) -> dict[int, Told]:
    found = Pulse.objects.in_bulk({each.thing_id for each in held})
    text = _("What do customers say? Guess by %(day)s, then see it")
    path = reverse("pulse", args=[reader.workspace.slug])
    return {
        each.pk: Told(text % {"day": date_format(found[each.thing_id].closes_on, "j M Y")}, path)
        for each in held
        if each.thing_id in found
    }


OPENED = NotificationKind(
    "pulse.opened", gettext_lazy("The monthly pulse asks for my guesses"), _sees, _describe, is_task=True
)
HOME = HomePanel(
    "pulse", gettext_lazy("This month's pulse"), frozenset(Role.values), 26, waiting, "", covers=("pulse.opened",)
)

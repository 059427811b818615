"""A member's own word on mails: which kinds, when, and about what none."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxhub.lib import mail
from orgs import access
from orgs.forms.mail_choices import MailTimesForm, MuteForm
from orgs.models import MailChoice, Mute
from orgs.permissions import Permission
from orgs.queries import inbox
from orgs.queries import mail_choices as queries
from orgs.registry import NOTIFICATION_KINDS, NotificationKind
from orgs.services import mail_choices

PREFIX = "kind-"


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Show what the member chose, and keep what is changed."""
    access.require(request, Permission.WORKSPACE_READ)
    member = request.member  # type: ignore[attr-defined]
    wishes = queries.wishes(member)
    sent = request.POST if request.method == "POST" else None
    form = MailTimesForm(sent, initial={name: getattr(wishes.times, name) for name in mail_choices.TIMES})
    kinds = _sent_kinds(request) if sent else {}
    if sent and form.is_valid():
        try:
            with transaction.atomic():
                mail_choices.set_times(times=form.cleaned_data, by=member, today=wishes.today(timezone.now()))
                mail_choices.choose(kinds=kinds, by=member)
        except mail_choices.DayIsOver as problem:
            form.add_error("paused_until", str(problem))
        else:
            messages.success(request, _("Your choice is saved."))
            return redirect(reverse("mail_choices", args=[request.workspace.slug]))  # type: ignore[attr-defined]
    context = _words(request, wishes) | {"form": form, "groups": _groups(queries.chosen(member) | kinds)}
    return render(request, "orgs/inbox_mails.html", context, status=422 if form.errors else 200)


@require_POST
def links(request: HttpRequest) -> HttpResponse:
    """Let the links in mails that went out so far end nothing any more."""
    access.require(request, Permission.WORKSPACE_READ)
    mail_choices.void_links(by=request.member)  # type: ignore[attr-defined]
    messages.success(
        request, _("Links in earlier mails unsubscribe you from nothing any more. Newer mails have new ones.")
    )
    return redirect(reverse("mail_choices", args=[request.workspace.slug]))  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: HttpRequest, pk: int) -> HttpResponse:
    """Mute what a notification is about."""
    member = request.member  # type: ignore[attr-defined]
    found = access.load(request, inbox.of(member).select_related("by__user"), pk, Permission.WORKSPACE_READ)
    said = inbox.told([found], member).get(found.pk)
    records = queries.names(said.about) if said else {}
    back = {"label": _("Inbox"), "url": reverse("inbox", args=[request.workspace.slug])}  # type: ignore[attr-defined]
    if not records:
        messages.info(request, _("This is about nothing that can be muted alone. Choose by kind instead."))
        return redirect(reverse("mail_choices", args=[request.workspace.slug]))  # type: ignore[attr-defined]
    form = MuteForm(request.POST if request.method == "POST" else None)
    chosen = request.POST.get("thing", "")
    if request.method == "POST" and form.is_valid():
        thing = next((each for each in records if f"{each[0]}-{each[1]}" == chosen), next(iter(records)))
        today = queries.wishes(member).today(timezone.now())
        try:
            mail_choices.mute(
                thing_type=thing[0], thing_id=thing[1], until=form.cleaned_data["until"], by=member, today=today
            )
        except mail_choices.DayIsOver as problem:
            form.add_error("until", str(problem))
        else:
            messages.success(request, _("You get no mails about “%(name)s”.") % {"name": records[thing]})
            return redirect(back["url"])
    things = [{"value": f"{kind}-{pk}", "name": name} for (kind, pk), name in records.items()]
    context = {"form": form, "things": things, "chosen": chosen or things[0]["value"], "crumbs": [back]}
    return render(request, "orgs/inbox_mute.html", context, status=422 if form.errors else 200)


@require_POST
def unmute(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail about a record again."""
    member = request.member  # type: ignore[attr-defined]
    found = access.load(request, Mute.objects.filter(member=member), pk, Permission.WORKSPACE_READ)
    mail_choices.unmute(mute=found, by=member)
    messages.success(request, _("You get mails about it again."))
    return redirect(reverse("mail_choices", args=[request.workspace.slug]))  # type: ignore[attr-defined]


def _sent_kinds(request: HttpRequest) -> dict[str, str]:
    return {name.removeprefix(PREFIX): value for name, value in request.POST.items() if name.startswith(PREFIX)}


def _groups(chosen: dict[str, str]) -> list[dict[str, Any]]:
    """The table in two parts: what asks something of the member, and what only tells."""
    mailed = [kind for kind in NOTIFICATION_KINDS.values() if kind.is_mailed]
    asks = [kind for kind in mailed if kind.is_mention or kind.is_task]
    tells = [kind for kind in mailed if kind not in asks]
    return [
        {"title": _("Asks something of me"), "kinds": _kinds(asks, chosen)},
        {"title": _("Tells me what happened"), "kinds": _kinds(tells, chosen)},
    ]


def _kinds(kinds: list[NotificationKind], chosen: dict[str, str]) -> list[dict[str, Any]]:
    """Each kind with its three ways, the chosen one marked; mentions first."""
    return [
        {
            "name": PREFIX + kind.slug,
            "label": kind.label,
            "ways": [
                {"value": way.value, "label": way.label, "is_chosen": chosen[kind.slug] == way}
                for way in MailChoice.When
            ],
        }
        for kind in sorted(kinds, key=lambda kind: not kind.is_mention)
    ]


def _words(request: HttpRequest, wishes: queries.Wishes) -> dict[str, Any]:
    held = list(queries.mutes(request.member, wishes.today(timezone.now())).order_by("pk"))  # type: ignore[attr-defined]
    names = queries.names((each.thing_type, each.thing_id) for each in held)
    shown = [(each, names.get((each.thing_type, each.thing_id))) for each in held]
    return {
        "ways": [way.label for way in MailChoice.When],
        "zone": wishes.zone.key,
        "mutes": [{"id": each.pk, "name": name, "until": each.until} for each, name in shown if name],
        "crumbs": [{"label": _("Inbox"), "url": reverse("inbox", args=[request.workspace.slug])}],  # type: ignore[attr-defined]
        "is_set_up": mail.is_set_up(),
    }

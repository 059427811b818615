"""The settings of a workspace that journeys adds: lifecycle phases, channels, systems."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from journeys.forms.register import ChannelForm
from journeys.models import Channel, LifecyclePhase, System
from journeys.services import channels, phases, systems
from orgs import access
from orgs.forms.settings import NameForm
from orgs.permissions import Permission
from orgs.services import stale
from orgs.views.frames import settings_tabs, url
from orgs.views.settings import saved

LONGEST_NAME = 100


@require_http_methods(["GET", "HEAD", "POST"])
def phase_list(request: HttpRequest) -> HttpResponse:
    """List the lifecycle phases in their order; add one."""
    access.require(request, Permission.WORKSPACE_MANAGE)
    found = list(LifecyclePhase.objects.annotate(used=Count("stages")))
    rows = [_phase_row(request, one, is_first=one is found[0], is_last=one is found[-1]) for one in found]
    words = {
        "title": _("Lifecycle phases"),
        "lead": _("Each stage of a map belongs to one, so that journeys compare. Tables show them in this order."),
        "add": _("Add a phase"),
        "none": _("No phases yet. Add the first one."),
        "taken": _("There is a phase of this name already."),
    }
    return name_list(request, rows, words, lambda name: phases.find_or_create(name, by=request.member))  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def phase(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a phase."""
    found = access.load(request, LifecyclePhase, pk, Permission.WORKSPACE_MANAGE)
    back = {"label": _("Lifecycle phases"), "url": url(request, "phases")}
    return _named(request, phases, back, phase=found)


@require_POST
def phase_position(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a phase one place up or down."""
    found = access.load(request, LifecyclePhase, pk, Permission.WORKSPACE_MANAGE)
    places = -1 if request.POST.get("move") == "up" else 1
    phases.move(phase=found, by_places=places, by=request.member)  # type: ignore[attr-defined]
    return redirect(url(request, "phases"))


@require_http_methods(["GET", "HEAD", "POST"])
def channel_list(request: HttpRequest) -> HttpResponse:
    """List the channels with their register entries; add one."""
    access.require(request, Permission.WORKSPACE_MANAGE)
    rows = [_channel_row(request, one) for one in Channel.objects.select_related("owner")]
    words = {
        "title": _("Channels"),
        "lead": _("Where customers meet you, since when, and whether anybody watches."),
        "add": _("Add a channel"),
        "none": _("No channels yet. Add the first one."),
        "taken": _("There is a channel of this name already."),
    }
    return name_list(request, rows, words, lambda name: channels.find_or_create(name, by=request.member))  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a channel's name and register entry."""
    found = access.load(request, Channel, pk, Permission.WORKSPACE_MANAGE)
    values = channels.values_of(found)
    form = ChannelForm(posted(request), initial=values | {"was": stale.seen(values)})
    back = {"label": _("Channels"), "url": url(request, "channels")}

    def keep(cleaned: dict[str, Any]) -> None:
        channels.describe(channel=found, by=request.member, **cleaned)  # type: ignore[attr-defined]

    return saved(request, form, values, keep, title=found.name, back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def system_list(request: HttpRequest) -> HttpResponse:
    """List the systems; add one."""
    access.require(request, Permission.WORKSPACE_MANAGE)
    rows = [{"name": one.name, "url": url(request, "system", one.pk)} for one in System.objects.all()]
    words = {
        "title": _("Systems"),
        "lead": _("The software behind the touchpoints."),
        "add": _("Add a system"),
        "none": _("No systems yet. Add the first one."),
        "taken": _("There is a system of this name already."),
    }
    return name_list(request, rows, words, lambda name: systems.find_or_create(name, by=request.member))  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def system(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a system."""
    found = access.load(request, System, pk, Permission.WORKSPACE_MANAGE)
    back = {"label": _("Systems"), "url": url(request, "systems")}
    return _named(request, systems, back, system=found)


def name_list(
    request: HttpRequest, rows: list[Any], words: dict[str, str], add: Callable[[str], tuple[Any, bool]]
) -> HttpResponse:
    """Answer a list of names with a form that adds one."""
    form = NameForm(posted(request), most=LONGEST_NAME)
    if request.method == "POST" and form.is_valid():
        made, is_new = add(form.cleaned_data["name"])
        if is_new:
            messages.success(request, _("%(name)s is added.") % {"name": made.name})
            return redirect(request.path)
        form.add_error("name", words["taken"])
    context = {"tabs": settings_tabs(request), "form": form, "rows": rows, "words": words}
    return render(request, "orgs/settings_list.html", context, status=422 if form.errors else 200)


def _named(request: HttpRequest, services: Any, back: dict[str, str], **found: Any) -> HttpResponse:
    """Rename one record with its service."""
    record = next(iter(found.values()))
    values = services.values_of(record)
    form = NameForm(posted(request), most=LONGEST_NAME, initial=values | {"was": stale.seen(values)})

    def keep(cleaned: dict[str, Any]) -> None:
        services.rename(**found, by=request.member, **cleaned)  # type: ignore[attr-defined]

    return saved(request, form, values, keep, title=record.name, back=back)


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: nothing while it is only shown."""
    return request.POST if request.method == "POST" else None


def _phase_row(request: HttpRequest, one: Any, *, is_first: bool, is_last: bool) -> dict[str, Any]:
    move = url(request, "phase_position", one.pk)
    ways = [("up", _("Move up"))] * (not is_first) + [("down", _("Move down"))] * (not is_last)
    return {
        "name": one.name,
        "url": url(request, "phase", one.pk),
        "note": ngettext("%(n)d stage", "%(n)d stages", one.used) % {"n": one.used},
        "actions": [{"label": label, "url": move, "name": "move", "value": value} for value, label in ways],
    }


def _channel_row(request: HttpRequest, one: Channel) -> dict[str, Any]:
    since = _("since %(day)s") % {"day": date_format(one.since, "SHORT_DATE_FORMAT")} if one.since else ""
    monitored = _("monitored") if one.is_monitored else _("not monitored")
    owner = one.owner.name if one.owner else _("no owner")
    parts = (str(one.get_kind_display()), str(one.get_state_display()), since, monitored, owner)
    note = " · ".join(part for part in parts if part)
    return {"name": one.name, "url": url(request, "channel", one.pk), "note": note}

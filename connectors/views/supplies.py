"""Feeds whose files come by themselves: say where from, look at the newest file, and see what was taken."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from connectors.base import SetupProblem
from connectors.forms_supplies import AddressForm, FolderForm
from connectors.models import Feed, Supply
from connectors.queries import secrets as kept
from connectors.queries import supplies as queries
from connectors.queries.supplies import Address
from connectors.services import schedules
from connectors.services import supplies as service
from cxhub.lib.http import origin_of
from cxhub.web.asked import asked as asked_for
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from cxhub.web.pagination import paginate
from orgs import access
from orgs.permissions import Permission

AnyForm = FolderForm | AddressForm


def folder_new(request: HttpRequest) -> HttpResponse:
    """Choose a folder and a name pattern; then say what is in the newest file."""
    access.require(request, Permission.CONNECTION_MANAGE)
    return _settings(request, Supply(kind=Supply.Kind.FOLDER))


def address_new(request: HttpRequest) -> HttpResponse:
    """Type an address; then say what is in the file that stands there."""
    access.require(request, Permission.CONNECTION_MANAGE)
    return _settings(request, Supply(kind=Supply.Kind.ADDRESS))


def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Change where the files of a feed come from; then look at the newest again."""
    return _settings(request, _supply(request, pk, Permission.CONNECTION_MANAGE))


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the files come from, and each file that was taken with what became of it."""
    supply = _supply(request, pk, Permission.WORKSPACE_READ)
    feed, asked = supply.feed, asked_for(request, "q")
    runs = queries.file_runs(feed)
    page = paginate(request, runs.filter(file__name__icontains=asked) if asked else runs)
    context = {
        "feed": feed,
        "supply": supply,
        "where": str(queries.settings_of(supply)),
        "page": page,
        "asked": asked,
        "looking": queries.looking(feed),
        "is_busy": queries.is_busy(feed),
        "may_manage": access.may(request.member, Permission.CONNECTION_MANAGE),  # type: ignore[attr-defined]
        "crumbs": _crumbs(request),
    }
    template = "connectors/supply.html"
    return render(request, f"{template}#files" if wants_fragment(request) else template, context)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take every file that is there anew."""
    supply = _supply(request, pk, Permission.CONNECTION_MANAGE)
    try:
        service.take_again(feed=supply.feed, by=request.member)  # type: ignore[attr-defined]
        messages.success(request, _("Every file that is there is taken again."))
    except schedules.FeedIsPaused as problem:
        messages.error(request, str(problem))
    return redirect("supply", request.workspace.slug, supply.feed.pk)  # type: ignore[attr-defined]


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the newest file, to say anew how such files are read."""
    supply = _supply(request, pk, Permission.CONNECTION_MANAGE)
    try:
        looked = service.look(supply=supply, now=timezone.now(), by=request.member)  # type: ignore[attr-defined]
    except SetupProblem as problem:
        messages.error(request, problem.sentence)
        return redirect("supply", request.workspace.slug, supply.feed.pk)  # type: ignore[attr-defined]
    return redirect("upload", request.workspace.slug, looked.sample.pk)  # type: ignore[attr-defined]


def _settings(request: HttpRequest, supply: Supply) -> HttpResponse:
    """Show the form; on POST lead on to what is in the newest file, or say what to change and lose nothing."""
    try:
        form = _form(request, supply)
    except SetupProblem as problem:  # the folder of the workspace cannot be listed: there is nothing to choose
        return _page(request, supply, None, problem.sentence)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _saved(request, supply, form)
            return redirect("upload", request.workspace.slug, saved.sample.pk)  # type: ignore[attr-defined]
        except service.SupplyHasProblems as found:
            form.show(found.problems)
        except SetupProblem as problem:
            form.add_error(None, problem.sentence)
    return _page(request, supply, form)


def _form(request: HttpRequest, supply: Supply) -> AnyForm:
    """Return the form of a supply, with what is known of it. Raises SetupProblem."""
    data = request.POST if request.method == "POST" else None
    known = queries.settings_of(supply).to_json() if supply.pk else None
    if supply.kind == Supply.Kind.FOLDER:
        return FolderForm(data, there=queries.folders_here(), initial=known)
    return AddressForm(data, keeps_secret=bool(known) and _keeps_secret(supply), initial=known)


def _keeps_secret(supply: Supply) -> bool:
    settings = queries.settings_of(supply)
    return isinstance(settings, Address) and kept.are_kept(supply.connection, origin_of(settings.url))


def _saved(request: HttpRequest, supply: Supply, form: AnyForm) -> Supply:
    """Keep what the form says. Raises SupplyHasProblems, SetupProblem."""
    how = {
        "settings": form.settings(),
        "secret": form.cleaned_data.get("secret", ""),
        "now": timezone.now(),
        "by": request.member,  # type: ignore[attr-defined]
    }
    return service.change(supply=supply, **how) if supply.pk else service.begin(**how)


def _page(request: HttpRequest, supply: Supply, form: Any, trouble: str = "") -> HttpResponse:
    is_folder = supply.kind == Supply.Kind.FOLDER
    context = {
        "form": form,
        "trouble": trouble,
        "title": _("Watch a folder") if is_folder else _("Fetch a file from an address"),
        "is_folder": is_folder,
        "allowed": queries.internal_addresses(),
        "crumbs": _crumbs(request),
    }
    failed = bool(trouble or (form and form.errors))
    return render(request, "connectors/supply_settings.html", context, status=422 if failed else 200)


def _supply(request: HttpRequest, pk: int, permission: Permission) -> Supply:
    """Return the supply of a feed, past the door."""
    supplied = Feed.objects.filter(supplies__isnull=False).select_related("connection", "source")
    feed = access.load(request, supplied, pk, permission)
    supply = feed.supplies.select_related("connection").get()
    supply.feed = feed
    return supply  # type: ignore[no-any-return]


def _crumbs(request: HttpRequest) -> list[dict[str, str]]:
    return [{"label": _("Connections"), "url": reverse("connections", args=[request.workspace.slug])}]  # type: ignore[attr-defined]

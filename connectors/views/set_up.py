"""New connections: choose a kind, say what its form asks, test it, save. Kinds with pages of their own lead there."""

from typing import Any

from django.conf import settings as installation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from connectors.base import SetUp
from connectors.models import Feed
from connectors.queries import probes
from connectors.queries import secrets as kept
from connectors.registry import CONNECTORS, WAYS, is_made_up
from connectors.services import set_up
from cxhub.lib.http import origin_of
from orgs import access
from orgs.permissions import Permission


@require_safe
def kinds(request: HttpRequest) -> HttpResponse:
    """List the kinds of systems that people can connect."""
    access.require(request, Permission.CONNECTION_MANAGE)
    slug = request.workspace.slug  # type: ignore[attr-defined]
    found = _ways(slug, is_example=request.workspace.is_example)  # type: ignore[attr-defined]
    ways = [{"title": str(title), "lead": lead, "url": url} for title, lead, url in found]
    context = {"ways": sorted(ways, key=lambda way: way["title"].casefold()), "crumbs": _crumbs(slug)}
    return render(request, "connectors/kinds.html", context)


def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Take the settings of a new feed of this kind; test them, or save and fetch for the first time."""
    access.require(request, Permission.CONNECTION_MANAGE)
    known = _set_up_here(kind)
    if is_made_up(kind) and not request.workspace.is_example:  # type: ignore[attr-defined]
        raise Http404
    form = known.form(request.POST) if request.method == "POST" else known.form()
    return _answer(request, known, form, None)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the settings of a feed; test them, or save."""
    feed = access.load(request, Feed.objects.select_related("connection"), pk, Permission.CONNECTION_MANAGE)
    own = next((way.edit for way in WAYS.get(feed.connection.kind, ()) if way.edit), "")
    if own:
        return redirect(own, request.workspace.slug, feed.pk)  # type: ignore[attr-defined]
    known = _set_up_here(feed.connection.kind)
    address = known.address(feed.mapping)
    keeps = bool(address) and kept.are_kept(feed.connection, origin_of(address))
    how = {"is_new": False, "keeps_secret": keeps, "initial": _first_values(known, feed)}
    form = known.form(request.POST, **how) if request.method == "POST" else known.form(**how)
    return _answer(request, known, form, feed)


def _first_values(kind: SetUp, feed: Feed) -> dict[str, Any]:
    return {**kind.form.initial_of(feed.mapping), "secret_expires_on": kept.last_day(feed.connection)}


def _ways(slug: str, *, is_example: bool) -> list[tuple[Any, Any, str]]:
    """Return the name of each kind that can be set up here, what it reads, and the page to begin on."""
    own = [
        (way.title or CONNECTORS[kind].name, way.lead, reverse(way.new, args=[slug]))
        for kind, ways in WAYS.items()
        for way in ways
    ]
    common = [one for kind, one in CONNECTORS.items() if kind not in WAYS and isinstance(one, SetUp)]
    common = [one for one in common if is_example or not is_made_up(one.kind)]
    return own + [(one.name, one.lead, reverse("connection_of", args=[slug, one.kind])) for one in common]


def _set_up_here(kind: str) -> SetUp:
    known = CONNECTORS.get(kind)
    if kind in WAYS or not isinstance(known, SetUp):
        raise Http404
    return known


def _answer(request: HttpRequest, kind: SetUp, form: Any, feed: Feed | None) -> HttpResponse:
    """Show the page or the test, or save; 422 with the sentences beside the fields where something is wrong."""
    probe = None
    if request.method == "POST" and form.is_valid():
        if "test" in request.POST:
            form.show(set_up.every_problem(kind, form.settings()))
            probe = None if form.errors else _probe(kind, form, feed)
        else:
            try:
                _save(request, kind, form, feed)
                return redirect("connections", request.workspace.slug)  # type: ignore[attr-defined]
            except set_up.SettingsHaveProblems as found:
                form.show(found.problems)
    return _page(request, kind, form, feed, probe)


def _probe(kind: SetUp, form: Any, feed: Feed | None) -> probes.Probe:
    connection = feed.connection if feed else None
    return probes.first_rows(kind, form.settings(), typed=form.secrets(), connection=connection, now=timezone.now())


def _save(request: HttpRequest, kind: SetUp, form: Any, feed: Feed | None) -> None:
    how = {"kind": kind, "settings": form.settings(), "typed": form.secrets(), "expires_on": form.expires_on()}
    how["by"] = request.member  # type: ignore[attr-defined]
    if feed:
        set_up.change(feed=feed, **how)
        return
    minutes = form.cleaned_data["interval"] or None
    set_up.begin(name=form.cleaned_data["name"], interval_minutes=minutes, now=timezone.now(), **how)


def _page(request: HttpRequest, kind: SetUp, form: Any, feed: Feed | None, probe: probes.Probe | None) -> HttpResponse:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    above = {"label": _("New connection"), "url": reverse("connection_new", args=[slug])}
    context = {
        "title": kind.name,
        "lead": feed.name if feed else kind.lead,
        "form": form,
        "probe": probe,
        "allowed": None if is_made_up(kind.kind) else installation.OUTBOUND.described(),
        "crumbs": [*_crumbs(slug), *([] if feed else [above])],
    }
    return render(request, "connectors/set_up.html", context, status=422 if form.errors else 200)


def _crumbs(slug: str) -> list[dict[str, str]]:
    return [{"label": _("Connections"), "url": reverse("connections", args=[slug])}]

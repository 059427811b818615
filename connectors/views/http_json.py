"""Setting up a feed from a JSON API: say where it is, test it, save. The secret is written and never read back."""

from typing import Any

from django.conf import settings as installation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from connectors.base import SetupProblem
from connectors.forms_http import HttpJsonForm
from connectors.models import Feed
from connectors.queries import probes
from connectors.queries import secrets as kept
from connectors.services import http_feeds
from connectors.systems.http_json.settings import Settings
from cxhub.lib.http import origin_of
from orgs import access
from orgs.permissions import Permission


def new(request: HttpRequest) -> HttpResponse:
    """Take the settings of a new feed; test them, or save and fetch for the first time."""
    access.require(request, Permission.CONNECTION_MANAGE)
    if request.method != "POST":
        return _page(request, HttpJsonForm(initial=HttpJsonForm.initial_of(Settings())))
    form = HttpJsonForm(request.POST)
    return _answer(request, form, None)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the settings of a feed; test them, or save."""
    rows = Feed.objects.select_related("connection").filter(connection__kind=http_feeds.KIND)
    feed = access.load(request, rows, pk, Permission.CONNECTION_MANAGE)
    known = Settings.from_json(feed.mapping)
    keeps = known.sign_in != "none" and kept.are_kept(feed.connection, origin_of(known.url))
    how = {"keeps_secret": keeps, "is_new": False}
    if request.method != "POST":
        initial = HttpJsonForm.initial_of(known) | {"secret_expires_on": kept.last_day(feed.connection)}
        return _page(request, HttpJsonForm(initial=initial, **how), feed)
    return _answer(request, HttpJsonForm(request.POST, **how), feed)


def _answer(request: HttpRequest, form: HttpJsonForm, feed: Feed | None) -> HttpResponse:
    """Show the test or save; 422 with the sentences beside the fields where something is wrong."""
    probe = None
    if form.is_valid():
        try:
            given = form.settings()
            if "test" in request.POST:
                form.show(http_feeds.every_problem(given))
                probe = None if form.errors else _probe(form, given, feed)
            else:
                return _saved(request, form, given, feed)
        except http_feeds.SettingsHaveProblems as found:
            form.show(found.problems)
        except SetupProblem as problem:
            form.add_error(None, problem.sentence)
    return _page(request, form, feed, probe)


def _probe(form: HttpJsonForm, given: Settings, feed: Feed | None) -> probes.Probe:
    connection = feed.connection if feed else None
    return probes.probe(given, secret=form.cleaned_data["secret"], connection=connection, now=timezone.now())


def _saved(request: HttpRequest, form: HttpJsonForm, given: Settings, feed: Feed | None) -> HttpResponse:
    typed = form.cleaned_data
    how = {"settings": given, "secret": typed["secret"], "expires_on": typed["secret_expires_on"], "by": request.member}  # type: ignore[attr-defined]
    if feed:
        http_feeds.change(feed=feed, **how)
    else:
        minutes = form.cleaned_data["interval"] or None
        http_feeds.begin(name=form.cleaned_data["name"], interval_minutes=minutes, now=timezone.now(), **how)
    return redirect("connections", request.workspace.slug)  # type: ignore[attr-defined]


def _page(
    request: HttpRequest, form: HttpJsonForm, feed: Feed | None = None, probe: probes.Probe | None = None
) -> HttpResponse:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "form": form,
        "feed": feed,
        "probe": probe,
        "allowed": installation.OUTBOUND.described(),
        "crumbs": [{"label": _("Connections"), "url": reverse("connections", args=[slug])}],
    }
    return render(request, "connectors/http_json.html", context, status=422 if form.errors else 200)

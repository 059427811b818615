"""A feed that a system sends to: its settings, its address and secrets, and the messages that came."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from connectors.base import SetupProblem
from connectors.forms_push import PushForm, SecretForm
from connectors.models import Feed
from connectors.queries import webhooks
from connectors.services import push_feeds
from connectors.services.http_feeds import SettingsHaveProblems
from connectors.systems.push.settings import PushSettings
from cxhub.web.asked import asked
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from orgs import access
from orgs.permissions import Permission


def new(request: HttpRequest) -> HttpResponse:
    """Take the settings of a new feed, then show its address and its secret, this once."""
    access.require(request, Permission.CONNECTION_MANAGE)
    if request.method != "POST":
        return _form_page(request, PushForm(initial=PushForm.initial_of(PushSettings(), None)))
    form = PushForm(request.POST)
    if form.is_valid():
        try:
            feed, secret = push_feeds.begin(
                name=form.cleaned_data["name"], secret=form.cleaned_data["secret"], **_given(request, form)
            )
            return _page(request, feed, secret=secret)
        except SettingsHaveProblems as found:
            form.show(found.problems)
        except SetupProblem as problem:
            form.add_error(None, problem.sentence)
    return _form_page(request, form)


def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the settings of a feed; what came before keeps what was read."""
    feed = _feed(request, pk, Permission.CONNECTION_MANAGE)
    if request.method != "POST":
        known, minutes = PushSettings.from_json(feed.mapping), feed.source.interval_minutes
        return _form_page(request, PushForm(initial=PushForm.initial_of(known, minutes), is_new=False), feed)
    form = PushForm(request.POST, is_new=False)
    if form.is_valid():
        try:
            push_feeds.change(feed=feed, now=timezone.now(), **_given(request, form))
            messages.success(request, _("Saved. It holds for messages that come from now on."))
            return _back(request, pk)
        except SettingsHaveProblems as found:
            form.show(found.problems)
        except SetupProblem as problem:
            form.add_error(None, problem.sentence)
    return _form_page(request, form, feed)


@require_safe
@varies_on_htmx
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what came in; who manages connections also sees the address and the state of the secrets."""
    return _page(request, _feed(request, pk, Permission.WORKSPACE_READ))


@require_POST
def change_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new secret and show it, this once; the one before counts for a day beside it."""
    feed, form = _feed(request, pk, Permission.CONNECTION_MANAGE), SecretForm(request.POST)
    if form.is_valid():
        try:
            secret = push_feeds.change_secret(
                feed=feed,
                secret=form.cleaned_data["secret"],
                now=timezone.now(),
                by=request.member,  # type: ignore[attr-defined]
            )
            return _page(request, feed, secret=secret)
        except SettingsHaveProblems as found:
            form.add_error("secret", found.problems[0].sentence)
    return _page(request, feed, form=form)


@require_POST
def retire_secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the older of two secrets count no more."""
    feed = _feed(request, pk, Permission.CONNECTION_MANAGE)
    if push_feeds.retire_secret(feed=feed, by=request.member):  # type: ignore[attr-defined]
        messages.success(request, _("The older secret is retired. Only the newest one counts now."))
    return _back(request, pk)


def _feed(request: HttpRequest, pk: int, permission: Permission) -> Any:
    rows = Feed.objects.select_related("source", "connection").filter(connection__kind=push_feeds.KIND)
    return access.load(request, rows, pk, permission)


def _given(request: HttpRequest, form: PushForm) -> dict[str, Any]:
    minutes = form.cleaned_data["expected_minutes"] or None
    return {"settings": form.settings(), "expected_minutes": minutes, "by": request.member}  # type: ignore[attr-defined]


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    return redirect("push", request.workspace.slug, pk)  # type: ignore[attr-defined]


def _form_page(request: HttpRequest, form: PushForm, feed: Feed | None = None) -> HttpResponse:
    context = {"form": form, "feed": feed, "crumbs": _crumbs(request, feed)}
    return render(request, "connectors/push_settings.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, feed: Feed, *, secret: str = "", form: SecretForm | None = None) -> HttpResponse:
    """Show the page of a feed, with a secret only in the answer to the request that made it."""
    only, search = asked(request, "only"), asked(request, "q")
    found = webhooks.messages(feed, only=only, search=search)
    context: dict[str, Any] = {
        "feed": feed,
        "crumbs": _crumbs(request),
        "totals": webhooks.totals(feed),
        "page": paginate(request, found, per_page=25),
        "filters": _filters(only, search),
        "is_filtered": bool(only or search),
    }
    if access.may(request.member, Permission.CONNECTION_MANAGE):  # type: ignore[attr-defined]
        context |= _for_integrators(request, feed, form) | {"secret": secret}
    return render_list(request, "connectors/push.html", context, status=422 if form and form.errors else 200)


def _for_integrators(request: HttpRequest, feed: Feed, form: SecretForm | None) -> dict[str, Any]:
    token = webhooks.token_of(feed)
    secrets = webhooks.secret_lines(feed, timezone.now())
    return {
        "may_manage": True,
        "address": request.build_absolute_uri(reverse("hook", args=[token])) if token else "",
        "secrets": secrets,
        "is_changing": len(secrets) > 1,
        "refusal": webhooks.refusal(feed),
        "secret_form": form or SecretForm(),
    }


def _filters(only: str, search: str) -> dict[str, Any]:
    labels = {
        "": _("All messages"),
        "waiting": _("Not in figures yet"),
        "rejected": _("With rejected rows"),
        "suspect": _("With impossible days"),
    }
    options = [{"value": value, "label": label, "is_chosen": value == only} for value, label in labels.items()]
    return {
        "search": search,
        "search_label": _("Search by id"),
        "selects": [{"name": "only", "label": _("Show"), "options": options}],
        "clear_url": "?",
    }


def _crumbs(request: HttpRequest, feed: Feed | None = None) -> list[dict[str, str]]:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    crumbs = [{"label": _("Connections"), "url": reverse("connections", args=[slug])}]
    return [*crumbs, {"label": feed.name, "url": reverse("push", args=[slug, feed.pk])}] if feed else crumbs

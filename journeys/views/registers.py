"""The settings pages of personas, products and markets: one way for all three; what they are called is said once."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from journeys.forms.register import RegisteredForm
from journeys.models import Market, Persona, Product, Registered
from journeys.services import registers
from journeys.views.register import name_list, posted
from orgs import access
from orgs.permissions import Permission
from orgs.services import stale
from orgs.views.frames import settings_tabs, url
from orgs.views.settings import saved


@dataclass(frozen=True)
class Kind:
    """One of the lists: its model, and the words of its pages."""

    model: type[Registered]
    title: str | Promise
    lead: str | Promise
    add: str | Promise
    none: str | Promise
    taken: str | Promise


KINDS = {
    "persona": Kind(
        Persona,
        gettext_lazy("Personas"),
        gettext_lazy("The kinds of customers your maps are about."),
        gettext_lazy("Add a persona"),
        gettext_lazy("No personas yet. Add the first one."),
        gettext_lazy("There is a persona of this name already."),
    ),
    "product": Kind(
        Product,
        gettext_lazy("Products"),
        gettext_lazy("What you sell, as far as journeys differ by it."),
        gettext_lazy("Add a product"),
        gettext_lazy("No products yet. Add the first one."),
        gettext_lazy("There is a product of this name already."),
    ),
    "market": Kind(
        Market,
        gettext_lazy("Markets"),
        gettext_lazy("The countries, regions or segments you serve, as far as journeys differ by them."),
        gettext_lazy("Add a market"),
        gettext_lazy("No markets yet. Add the first one."),
        gettext_lazy("There is a market of this name already."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, kind: str) -> HttpResponse:
    """List them with the number of maps about each; add one."""
    access.require(request, Permission.WORKSPACE_MANAGE)
    found = KINDS[kind]
    rows = [_row(request, kind, one) for one in _in_order(found.model)]
    words = {name: str(getattr(found, name)) for name in ("title", "lead", "add", "none", "taken")}
    return name_list(request, rows, words, lambda name: registers.find_or_create(found.model, name, by=request.member))  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Keep the name and description of one."""
    found = access.load(request, KINDS[kind].model, pk, Permission.WORKSPACE_MANAGE)
    values = registers.values_of(found)
    form = RegisteredForm(posted(request), initial=values | {"was": stale.seen(values)})

    def keep(cleaned: dict[str, Any]) -> None:
        registers.describe(record=found, by=request.member, **cleaned)  # type: ignore[attr-defined]

    return saved(request, form, values, keep, title=found.name, back=_back(request, kind))


@require_POST
def archive(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Archive one, or restore it."""
    found = access.load(request, KINDS[kind].model, pk, Permission.WORKSPACE_MANAGE)
    by = request.member  # type: ignore[attr-defined]
    if found.archived_at:
        registers.restore(record=found, by=by)
        messages.success(request, _("%(name)s can be chosen again.") % {"name": found})
    else:
        registers.archive(record=found, by=by, now=timezone.now())
        messages.success(request, _("%(name)s is archived. What refers to it keeps it.") % {"name": found})
    return redirect(_back(request, kind)["url"])


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask before one is removed; say why not when maps are about it."""
    found = access.load(request, KINDS[kind].model, pk, Permission.WORKSPACE_MANAGE)
    back, why_not = _back(request, kind), registers.why_it_stays(found)
    if request.method == "POST" and not why_not:
        try:
            registers.remove(record=found, by=request.member)  # type: ignore[attr-defined]
        except registers.IsUsed as used:
            why_not = str(used)
        else:
            messages.success(request, _("%(name)s is removed.") % {"name": found})
            return redirect(back["url"])
    context = {"tabs": settings_tabs(request), "record": found, "crumbs": [back], "why_not": why_not}
    context["archive_url"] = "" if found.archived_at else url(request, f"{kind}_archive", pk)
    status = 409 if request.method == "POST" else 200
    return render(request, "journeys/register_removal.html", context, status=status)


def _back(request: HttpRequest, kind: str) -> dict[str, str]:
    return {"label": str(KINDS[kind].title), "url": url(request, f"{kind}s")}


def _in_order(model: type[Registered]) -> Any:
    """Those in use first."""
    return model.objects.annotate(used=Count("map_links")).order_by("archived_at", "name", "pk")


def _row(request: HttpRequest, kind: str, one: Any) -> dict[str, Any]:
    used = ngettext("%(n)d map", "%(n)d maps", one.used) % {"n": one.used} if one.used else _("On no map")
    parts = [_("Archived") if one.archived_at else "", used, one.description]
    actions = [
        {"label": _("Restore") if one.archived_at else _("Archive"), "url": url(request, f"{kind}_archive", one.pk)}
    ]
    links = [] if one.used else [{"label": _("Remove"), "url": url(request, f"{kind}_removal", one.pk)}]
    note = " · ".join(part for part in parts if part)
    return {"name": one.name, "url": url(request, kind, one.pk), "note": note, "actions": actions, "links": links}

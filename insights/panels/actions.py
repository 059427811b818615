"""What the member may do about a KPI, touchpoint or map: what its drawer offers, nothing that would be refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from insights.models import Kpi, UpdateRequest
from insights.panels import keeping, looking, status_update, subjects
from insights.panels.overview import links
from insights.queries import updates
from insights.queries.updates import Subject, about_of
from journeys.models import Map, Touchpoint
from journeys.panels import ownership
from orgs import access
from orgs.permissions import Permission

WAYS = (Permission.UPDATE_REQUEST, Permission.ACCOUNTABILITY_OFFER, Permission.COMMENT_WRITE, Permission.KPI_DISPUTE)


@dataclass(frozen=True)
class Action:
    """One thing to do: it opens in the drawer, leads to a page, or is done at once (`post`: what is sent there)."""

    label: str
    url: str
    icon: str
    detail: str = ""
    is_page: bool = False
    post: tuple[str, Any] | None = None


def may_act(request: HttpRequest) -> bool:
    """Say whether there is anything but reading that the member may do about something."""
    if not hasattr(request, "may_act"):
        request.may_act = any(access.may(request.member, each) for each in WAYS)  # type: ignore[attr-defined]
    return bool(request.may_act)  # type: ignore[attr-defined]


def url(request: HttpRequest, about: str, pk: int) -> str:
    """Return the address of a thing's drawer, which comes back to this page; empty for those who only read."""
    if not may_act(request):
        return ""
    here = reverse(f"{about}_actions", args=[request.workspace.slug, pk])  # type: ignore[attr-defined]
    return links.in_period(request, f"{here}?next={quote(request.get_full_path())}")


def of(request: HttpRequest, thing: Subject) -> list[Action]:
    """Return the actions, the most usual first. At most nine queries."""
    parts = (_update, _assign, _comment, _dispute, _open)
    return [action for part in parts for action in part(request, thing)]


def _update(request: HttpRequest, thing: Subject) -> Iterator[Action]:
    """Who answers for it says how it stands, others ask."""
    slug, member = _slug(request), request.member  # type: ignore[attr-defined]
    if member.pk in updates.answering([thing])[thing.pk].may_write:
        yield Action(_("Say how it stands"), subjects.updates_url(slug, thing), "message-square-quote", is_page=True)
    elif status_update.askable(request, [thing]):
        mine = UpdateRequest.objects.open().filter(**{about_of(thing): thing}, by=member).first()
        waits = (
            _("You asked, %(due)s") % {"due": status_update.due(looking.today_of(request), mine.due_on)} if mine else ""
        )
        ask_url = _and_back(request, subjects.ask_url(slug, thing))
        yield Action(_("Ask for an update"), ask_url, "message-circle-question-mark", waits)


def _assign(request: HttpRequest, thing: Subject) -> Iterator[Action]:
    """A department for the touchpoint, an owner for the number."""
    touchpoint = thing if isinstance(thing, Touchpoint) else getattr(thing, "touchpoint", None)
    if touchpoint:
        yield from _accountability(request, touchpoint)
    if isinstance(thing, Kpi) and keeping.may_keep(request, thing):
        label = _("Change the owner of the number") if thing.owner_id else _("Name an owner of the number")
        owner_url = _and_back(request, reverse("kpi_owner", args=[_slug(request), thing.pk]))
        yield Action(label, owner_url, "user-check", str(thing.owner or _("No owner")))


def _accountability(request: HttpRequest, touchpoint: Touchpoint) -> Iterator[Action]:
    found = ownership.load(request, touchpoint)
    for claim in found["claims"]:
        yield Action(
            claim["label"], _and_back(request, claim["url"]), "user-check", post=("department", claim["department"])
        )
    if found["offer"]:
        yield Action(_("See the offer"), found["offer"]["url"], "send", found["offer"]["text"], is_page=True)
    elif label := ownership.offering(request, touchpoint):
        offer_url = _and_back(request, reverse("touchpoint_offers", args=[_slug(request), touchpoint.pk]))
        yield Action(label, offer_url, "send", found["department"] or _("Nobody answers for it"))


def _comment(request: HttpRequest, thing: Subject) -> Iterator[Action]:
    if access.may(request.member, Permission.COMMENT_WRITE):  # type: ignore[attr-defined]
        yield Action(
            _("Comment"), reverse(f"{about_of(thing)}_comments", args=[_slug(request), thing.pk]), "message-square"
        )


def _dispute(request: HttpRequest, thing: Subject) -> Iterator[Action]:
    if not isinstance(thing, Kpi):
        return
    if thing.trust == Kpi.Trust.DISPUTED:
        yield Action(_("Read the dispute"), f"{subjects.url(_slug(request), thing)}#trust", "flag", is_page=True)
    elif access.may(request.member, Permission.KPI_DISPUTE):  # type: ignore[attr-defined]
        dispute_url = _and_back(request, reverse("kpi_disputes", args=[_slug(request), thing.pk]))
        yield Action(_("Dispute the number"), dispute_url, "flag")


def _open(request: HttpRequest, thing: Subject) -> Iterator[Action]:
    names = {Kpi: _("Open the number"), Touchpoint: _("Open the touchpoint"), Map: _("Open the map")}
    things: list[Subject] = [thing, thing.touchpoint] if isinstance(thing, Kpi) and thing.touchpoint else [thing]
    for each in things:
        page = links.in_period(request, subjects.url(_slug(request), each))
        yield Action(names[type(each)], page, "arrow-right", is_page=True)


def _and_back(request: HttpRequest, to: str) -> str:
    """Take along where the drawer was opened, for those who go there as a page."""
    here = request.GET.get("next", "")
    return f"{to}?next={quote(here)}" if here else to


def _slug(request: HttpRequest) -> str:
    return str(request.workspace.slug)  # type: ignore[attr-defined]

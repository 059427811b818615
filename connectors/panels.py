"""What notifications say about feeds that stopped, which run brought a part, and how search finds feeds."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connectors import registry
from connectors.models import Connection, Feed, FilePart
from connectors.services.schedules import PAUSED
from insights.registry import Delivery
from orgs.access import may
from orgs.models import Folded, Member, Notification
from orgs.permissions import Permission
from orgs.queries.matching import containing, ranked
from orgs.registry import NotificationKind, SearchKind, SearchRow, Told


def sees(member: Member) -> Any:
    """Connections: all who read the workspace read them."""
    if not may(member, Permission.WORKSPACE_READ):
        return Q(pk__in=[])
    return Exists(Connection.objects.filter(pk=OuterRef("thing_id")))


def deliveries(request: HttpRequest, parts: Collection[UUID]) -> dict[UUID, Delivery]:
    """Return the runs that brought these file parts, to those who may see them. One query."""
    if not parts or not may(request.member, Permission.WORKSPACE_READ):  # type: ignore[attr-defined]
        return {}
    slug = request.workspace.slug  # type: ignore[attr-defined]
    found = FilePart.objects.filter(uid__in=parts).select_related("feed", "file", "run")
    return {
        part.uid: Delivery(
            _("Run %(number)d, %(what)s") % {"number": part.run_id, "what": part},
            reverse("run", args=[slug, part.run_id]),
        )
        for part in found
    }


def _feeds(request: HttpRequest) -> Any:
    shown = ("name", "connection__name", "connection__kind", "paused_at")
    found = Feed.objects.select_related("connection").only(*shown)
    return found.annotate(folded_name=Folded("name"), folded_place=Folded("connection__name"))


def _found(request: HttpRequest, rows: Any, words: str) -> Any:
    found = rows.filter(containing(words, "folded_name", "folded_place"))
    return ranked(found, words, name=F("folded_name"), then=("name", "pk"))


def _feed(request: HttpRequest, feed: Feed) -> SearchRow:
    told = [feed.connection.name, str(registry.name_of(feed.connection.kind)), _("Paused") if feed.paused_at else ""]
    url = reverse("feed", args=[request.workspace.slug, feed.pk])  # type: ignore[attr-defined]
    return SearchRow(feed.name, url, " · ".join(dict.fromkeys(filter(None, told))))


FEEDS = SearchKind(
    "feed",
    "f",
    gettext_lazy("Feeds"),
    "plug",
    60,
    Permission.WORKSPACE_READ,
    _feeds,
    _found,
    _feed,
    page="feed",
)


def describe(held: list[Notification], reader: Member) -> dict[int, Told]:
    """Return what each says: the connection whose feeds are paused, and why."""
    found = Connection.objects.in_bulk({each.thing_id for each in held})
    page = reverse("connections", args=[reader.workspace.slug])
    return {
        each.pk: Told(
            _("Feeds of “%(connection)s” are paused") % {"connection": found[each.thing_id].name},
            f"{page}?{urlencode({'q': found[each.thing_id].name})}",
            str(each.data.get("reason", "")),
        )
        for each in held
        if each.thing_id in found
    }


# Mailed by connectors/pipelines/pauses.py, with the names of all feeds that stopped for the same reason.
FEEDS_PAUSED = NotificationKind(
    PAUSED,
    gettext_lazy("A feed that I answer for is paused"),
    sees,
    describe,
    is_task=True,
    is_mailed=False,
    in_chats=gettext_lazy("Feeds are paused"),
)

"""A page of the inbox, each notification with its words."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from orgs.models import Notification
from orgs.queries import inbox
from orgs.registry import NOTIFICATION_KINDS

NAMES = {"all": _("All"), "to-do": _("To do"), "mentions": _("Mentions"), "done": _("Done")}
EMPTY = {
    "all": (
        _("Nothing waits for you"),
        _("When somebody mentions you, replies to you or asks something, it stands here."),
    ),
    "to-do": (_("Nothing to do"), _("Tasks and questions that others give you stand here until they are done.")),
    "mentions": (_("Nobody mentioned you"), _("Where somebody writes @ and your name, it stands here.")),
    "done": (_("Nothing is done yet"), _("What you mark as done moves here.")),
}


def view_of(request: HttpRequest) -> str:
    """Return which view the address asks for."""
    asked = request.GET.get("view", "")
    return asked if asked in inbox.VIEWS else "all"


def views(request: HttpRequest, chosen: str) -> list[dict[str, Any]]:
    """The views to choose from."""
    url = reverse("inbox", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return [{"label": NAMES[each], "url": f"{url}?view={each}", "is_chosen": each == chosen} for each in inbox.VIEWS]


def entries(request: HttpRequest, notifications: Sequence[Notification]) -> list[dict[str, Any]]:
    """Return what each says, in the same order."""
    said = inbox.told(notifications, request.member)  # type: ignore[attr-defined]
    return [_entry(request, each, said[each.pk]) for each in notifications if each.pk in said]


def _entry(request: HttpRequest, notification: Notification, told: Any) -> dict[str, Any]:
    kind = NOTIFICATION_KINDS[notification.kind]
    return {
        "id": notification.pk,
        "text": told.text,
        "quote": told.quote,
        "who": str(notification.by or ""),
        "at": notification.created_at,
        "is_unseen": notification.seen_at is None and notification.done_at is None,
        "is_done": notification.done_at is not None,
        "mute_url": reverse("notification_mute", args=[request.workspace.slug, notification.pk])  # type: ignore[attr-defined]
        if told.about and kind.is_mailed
        else "",
        "icon": "circle-check-big" if kind.is_task else "at-sign" if kind.is_mention else "message-square",
        "url": reverse("notification", args=[request.workspace.slug, notification.pk]),  # type: ignore[attr-defined]
    }

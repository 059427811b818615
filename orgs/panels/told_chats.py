"""What the notification says that a chat is off."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.access import may
from orgs.models import Chat, Member, Notification
from orgs.permissions import Permission
from orgs.registry import NotificationKind, Told
from orgs.services.chats import OFF


def _sees(reader: Member) -> Q | Exists:
    """Administrators, as long as it is off by itself."""
    if not may(reader, Permission.WORKSPACE_MANAGE):
        return Q(pk__in=[])
    return Exists(Chat.objects.filter(pk=OuterRef("thing_id"), off_at__isnull=False).exclude(off_because=""))


def _describe(held: list[Notification], reader: Member) -> dict[int, Told]:
    found = Chat.objects.in_bulk({one.thing_id for one in held})
    return {one.pk: _told(found[one.thing_id], reader) for one in held if one.thing_id in found}


def _told(chat: Chat, reader: Member) -> Told:
    text = _("No messages go to the chat “%(name)s” any more") % {"name": chat.name}
    return Told(text, reverse("chat", args=[reader.workspace.slug, chat.pk]), chat.off_because)


TURNED_OFF = NotificationKind(
    OFF, gettext_lazy("A chat in Slack or Teams takes no messages (administrators)"), _sees, _describe, is_task=True
)

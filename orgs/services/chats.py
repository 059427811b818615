"""Chats in Slack and Teams: set up, changed, turned off. What goes there is announced in announcing.py."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cxhub.lib import http
from cxhub.lib.secrets import Sealed
from orgs.models import Chat, ChatPost, Member, MemberRole
from orgs.queries import chats
from orgs.roles import Role
from orgs.services import audit, notifications

OFF = "chat.off"


class BadChat(ValueError):
    """What was entered makes no chat; the sentence says why, `field` where."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def add(*, name: str, service: str, url: str, kinds: Iterable[str], by: Member) -> Chat:
    """Add a chat. Raises BadChat."""
    made = Chat(name=name, service=service, kinds=_known(kinds), created_by=by)
    _put_url(made, url)
    _save(made)
    audit.record("chat.add", made, by=by, after=_values(made))
    return made


@transaction.atomic
def change(*, chat: Chat, name: str, url: str, kinds: Iterable[str], by: Member) -> None:
    """Change a chat; without an address it keeps its own, and with one it is on again. Raises BadChat."""
    held = Chat.objects.select_for_update().get(pk=chat.pk)
    before = _values(held)
    held.name, held.kinds = name, _known(kinds)
    if url:
        _put_url(held, url)
        held.off_at, held.off_because = None, ""
    _save(held)
    after = _values(held) | ({"address": "changed"} if url else {})
    if before != after:
        audit.record("chat.change", held, by=by, before=before, after=after)


@transaction.atomic
def switch(*, chat: Chat, is_on: bool, by: Member, now: datetime) -> None:
    """Turn a chat on or off."""
    held = Chat.objects.select_for_update().get(pk=chat.pk)
    if (held.off_at is None) == is_on:
        return
    held.off_at, held.off_because = None if is_on else now, ""
    held.save()
    if not is_on:
        _drop_waiting(held)
    audit.record("chat.turn_on" if is_on else "chat.turn_off", held, by=by)


@transaction.atomic
def give_up(*, chat: Chat, because: str, now: datetime) -> None:
    """Turn a chat off that refuses messages for good, and tell the administrators why."""
    held = Chat.objects.select_for_update().get(pk=chat.pk)
    if held.off_at:
        return
    held.off_at, held.off_because = now, because[:300]
    held.save()
    _drop_waiting(held)
    audit.record("chat.turn_off", held, by=None, after={"because": held.off_because}, origin="chats")
    heads = MemberRole.objects.filter(role=Role.ADMINISTRATOR).values_list("member_id", flat=True)
    occasion = f"off {now.isoformat()}"
    notifications.tell(members=list(heads), kind=OFF, thing=held, occasion=occasion, by=None)


@transaction.atomic
def remove(*, chat: Chat, by: Member) -> None:
    """Forget a chat and its address."""
    audit.record("chat.remove", chat, by=by, before=_values(chat))
    chat.delete()


def _put_url(chat: Chat, url: str) -> None:
    """Seal the address; of it, only the host is ever shown. Raises BadChat."""
    try:
        http.check(url)
        origin = http.origin_of(url)
    except http.Refused as refused:
        raise BadChat("url", refused.sentence) from None
    chat.url = Sealed.of(url, settings.ENCRYPTION_KEYS)
    chat.host = origin.partition("//")[2].rpartition(":")[0][:255]


def _save(chat: Chat) -> None:
    try:
        with transaction.atomic():
            chat.save()
    except IntegrityError:
        raise BadChat("name", _("There is a chat of this name already.")) from None


def _known(kinds: Iterable[str]) -> list[str]:
    return sorted({kind.slug for kind in chats.kinds()}.intersection(kinds))


def _values(chat: Chat) -> dict[str, Any]:
    return {"name": chat.name, "service": chat.service, "host": chat.host, "kinds": chat.kinds}


def _drop_waiting(chat: Chat) -> None:
    ChatPost.objects.filter(chat=chat).exclude(due_at=None).update(due_at=None)

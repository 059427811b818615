"""What notifications about requests for updates say."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from insights.models import UpdateRequest
from insights.panels import subjects
from insights.queries import updates
from insights.queries.updates import about_of
from orgs.access import may
from orgs.models import Member, Notification
from orgs.permissions import Permission
from orgs.registry import NotificationKind, Told


def sees(member: Member) -> Any:
    """All who read the workspace read its requests."""
    if not may(member, Permission.WORKSPACE_READ):
        return Q(pk__in=[])
    return Exists(UpdateRequest.objects.filter(pk=OuterRef("thing_id")))


def _sayer(sentence: Any, quoted: Callable[[UpdateRequest], str]) -> Any:
    def describe(held: list[Notification], reader: Member) -> dict[int, Told]:
        rows = updates.about_any(UpdateRequest.objects.select_related("answer", "by__user"))
        found = rows.in_bulk({each.thing_id for each in held})
        return {
            each.pk: _told(each, found[each.thing_id], sentence, quoted, reader)
            for each in held
            if each.thing_id in found
        }

    return describe


def _told(one: Notification, asked: UpdateRequest, sentence: Any, quoted: Any, reader: Member) -> Told:
    words = {"who": one.by or asked.by, "what": subjects.name(asked.subject), "day": date_format(asked.due_on, "j M Y")}
    path = f"{subjects.updates_url(reader.workspace.slug, asked.subject)}#request-{asked.pk}"
    about = ((about_of(asked.subject), asked.subject.pk),)
    return Told(str(sentence) % words, path, quoted(asked), about)


def _note(asked: UpdateRequest) -> str:
    return asked.note


def _answer(asked: UpdateRequest) -> str:
    return asked.answer.sentence if asked.answer else ""


def _reason(asked: UpdateRequest) -> str:
    return asked.reason


def _kind(slug: str, label: Any, sentence: Any, quoted: Callable[[UpdateRequest], str], **flags: Any) -> Any:
    return NotificationKind(f"update.{slug}", label, sees, _sayer(sentence, quoted), **flags)


KINDS = [
    _kind(
        "requested",
        _("Somebody asks me for a status update"),
        _("%(who)s asks you for an update on %(what)s by %(day)s"),
        _note,
        is_task=True,
    ),
    _kind(
        "reminder",
        _("A request for an update is overdue"),
        _("The update on %(what)s that %(who)s asked for was due on %(day)s"),
        _note,
        is_task=True,
        in_chats=_("A request for an update is overdue"),
    ),
    _kind(
        "answered",
        _("An update I asked for is written"),
        _("%(who)s wrote the update on %(what)s"),
        _answer,
        in_chats=_("An update that was asked for is written"),
    ),
    _kind("declined", _("An update I asked for is declined"), _("%(who)s declined an update on %(what)s"), _reason),
]

"""What notifications about comments say."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from orgs.models import Comment, Member, Notification
from orgs.queries import comments
from orgs.registry import COMMENTABLE, NotificationKind, Told

QUOTED = 240  # letters


def _kind(slug: str, label: Any, sentence: Any, **flags: Any) -> NotificationKind:
    return NotificationKind("comment." + slug, label, comments.seen_by, _sayer(sentence), **flags)


def _sayer(sentence: Any) -> Callable[[list[Notification], Member], dict[int, Told]]:
    def describe(held: list[Notification], reader: Member) -> dict[int, Told]:
        found = {
            each.pk: each
            for each in comments.readable(reader).filter(pk__in={one.thing_id for one in held}, deleted_at=None)
        }
        records = records_of(list(found.values()))
        return {
            one.pk: _told(one, found[one.thing_id], records, sentence, reader) for one in held if one.thing_id in found
        }

    return describe


def records_of(found: list[Comment]) -> dict[tuple[str, int], Any]:
    """Return the records that these comments are about; one query per kind of record."""
    wanted: dict[str, set[int]] = {}
    for comment in found:
        wanted.setdefault(comment.subject_type, set()).add(comment.subject_id)
    return {
        (subject_type, record.pk): record
        for subject_type, ids in wanted.items()
        for record in COMMENTABLE[subject_type].rows().filter(pk__in=ids)
    }


def _told(one: Notification, comment: Comment, records: dict[Any, Any], sentence: Any, reader: Member) -> Told:
    record = records.get((comment.subject_type, comment.subject_id))
    kind = COMMENTABLE[comment.subject_type]
    what = kind.label(record) if record else ""
    about = ((comment.subject_type, comment.subject_id), *(kind.part_of(record) if record and kind.part_of else ()))
    quote = comment.text if len(comment.text) <= QUOTED else comment.text[:QUOTED] + "…"
    path = reverse("comment", args=[reader.workspace.slug, comment.pk])
    return Told(str(sentence) % {"who": one.by or "", "what": what}, path, quote, about)


KINDS = [
    _kind("mention", _("Somebody mentions me"), _("%(who)s mentioned you on %(what)s"), is_mention=True),
    _kind(
        "reply",
        _("Somebody replies in a thread of mine"),
        _("%(who)s replied on %(what)s"),
        in_chats=_("Replies to comments, except those to the owner only"),
    ),
    _kind(
        "new",
        _("Somebody comments on what I own"),
        _("%(who)s commented on %(what)s"),
        in_chats=_("New comments, except those to the owner only"),
    ),
    _kind("resolved", _("A comment of mine is resolved"), _("%(who)s resolved your comment on %(what)s")),
    _kind("reopened", _("A comment of mine is opened again"), _("%(who)s opened your comment on %(what)s again")),
    _kind("assigned", _("Somebody gives me a task"), _("%(who)s gave you a task on %(what)s"), is_task=True),
    _kind("finished", _("A task I gave is finished"), _("%(who)s finished the task on %(what)s")),
]

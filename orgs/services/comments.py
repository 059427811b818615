"""Writes, edits and deletes comments, and tells whom they concern. What happens to a whole thread is in threads.py."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.access import may
from orgs.models import Comment, CommentPerson, Member
from orgs.permissions import Permission
from orgs.registry import COMMENTABLE
from orgs.services import audit, mentions, notifications

READER, MENTIONED = CommentPerson.Part.READER, CommentPerson.Part.MENTIONED
WRITTEN = "written"  # one occasion: who is mentioned, replied to and owns the record hears of a comment once


class CommentError(Exception):
    """It cannot be done now; str() is the sentence for the person."""


class NobodyOwnsIt(CommentError):
    """The record has no owner to whom alone one could write."""


class CannotRead(CommentError):
    """Somebody is named who may not read the comment."""


class CommentIsDeleted(CommentError):
    """The comment was deleted."""


class CommentHasChanged(CommentError):
    """The text was saved elsewhere since it was opened. `now` is the comment as it stands."""

    def __init__(self, now: Comment):
        super().__init__(_("The comment was changed elsewhere since you opened it."))
        self.now = now


@transaction.atomic
def write(
    *, about: Any, text: str, by: Member, now: datetime, is_private: bool = False, picked: Iterable[int] = ()
) -> Comment:
    """Begin a thread about a record. Raises NobodyOwnsIt, CannotRead, MentionError."""
    subject_type = about._meta.model_name
    owners = set(COMMENTABLE[subject_type].owner_ids(about))
    readers = _private_readers(owners | {by.pk}, owners) if is_private else None
    comment = Comment(subject_type=subject_type, subject_id=about.pk, by=by, at=now, text=text, is_private=is_private)
    _save(comment, readers, picked)
    _tell("comment.new", comment, owners)
    return comment


@transaction.atomic
def reply(
    *, to: Comment, text: str, by: Member, now: datetime, is_private: bool = False, picked: Iterable[int] = ()
) -> Comment:
    """Add to a thread. What answers a comment to the owner only has the readers of that one. Raises those of write."""
    first = Comment.objects.read_by(by).select_for_update().get(pk=to.thread_pk)
    owners = set(_owners(first))
    readers = _readers(to)
    if readers is None and is_private:
        readers = _private_readers(owners | {by.pk, first.by_id, to.by_id}, owners)
    comment = Comment(
        subject_type=first.subject_type, subject_id=first.subject_id, thread=first, by=by, at=now, text=text
    )
    comment.is_private = readers is not None
    _save(comment, readers, picked)
    said = Comment.objects.filter(thread=first, deleted_at=None)
    _tell("comment.reply", comment, {first.by_id, to.by_id, *said.values_list("by_id", flat=True)})
    _tell("comment.new", comment, owners)
    return comment


@transaction.atomic
def edit(
    *, comment: Comment, version: int, text: str, by: Member, now: datetime, picked: Iterable[int] = ()
) -> Comment:
    """Change the own text. Raises CommentHasChanged, CommentIsDeleted and those of write."""
    held = _locked(comment, by)
    if held.version != version:
        raise CommentHasChanged(held)
    if held.text == text:
        return held
    before, held.text, held.version, held.edited_at = held.text, text, held.version + 1, now
    named = mentions.find(text, picked=picked)
    readers = _readers(held)
    _require_reading(held, named, readers)
    held.save()
    held.people.filter(part=MENTIONED).delete()
    _add_people(held, MENTIONED, [member.pk for member in named])
    audit.record("comment.edit", held, by=by, before=_open_text(held, before), after=_open_text(held, text))
    _tell("comment.mention", held, {member.pk for member in named})
    return held


@transaction.atomic
def delete(*, comment: Comment, by: Member, now: datetime) -> None:
    """Take the own text away; that there was a comment stays. Raises CommentIsDeleted."""
    held = _locked(comment, by)
    before, held.text, held.deleted_at = held.text, "", now
    held.save()
    held.people.filter(part=MENTIONED).delete()
    audit.record("comment.delete", held, by=by, before=_open_text(held, before))


def _save(comment: Comment, readers: set[int] | None, picked: Iterable[int]) -> None:
    """Keep a new comment with its people and its audit entry, and tell those it names."""
    named = mentions.find(comment.text, picked=picked)
    _require_reading(comment, named, readers)
    comment.save()
    _add_people(comment, READER, sorted(readers or ()))
    _add_people(comment, MENTIONED, [member.pk for member in named])
    about = {"about": f"{comment.subject_type} {comment.subject_id}", "thread": comment.thread_id}
    audit.record("comment.write", comment, by=comment.by, after=about | _open_text(comment, comment.text))
    _tell("comment.mention", comment, {member.pk for member in named})


def _private_readers(readers: set[int], owners: set[int]) -> set[int]:
    if not owners:
        raise NobodyOwnsIt(_("Nobody owns this yet, so there is no owner to write to alone. Write to everybody."))
    return readers


def _require_reading(comment: Comment, named: list[Member], readers: set[int] | None) -> None:
    permission = Permission(COMMENTABLE[comment.subject_type].permission)
    outside = [each for each in named if not may(each, permission) or (readers is not None and each.pk not in readers)]
    if outside:
        words = _("%(name)s cannot read this comment. Take the mention out, or write it where %(name)s reads it.")
        raise CannotRead(words % {"name": outside[0]})


def _add_people(comment: Comment, part: str, members: Iterable[int]) -> None:
    CommentPerson.objects.bulk_create([CommentPerson(comment=comment, member_id=pk, part=part) for pk in members])


def _tell(kind: str, comment: Comment, members: set[int]) -> None:
    """Tell of a comment that was written, but only those who read it."""
    readers = _readers(comment)
    heard = members if readers is None else members & readers
    notifications.tell(members=heard, kind=kind, thing=comment, occasion=WRITTEN, by=comment.by)


def _readers(comment: Comment) -> set[int] | None:
    """Return the ids of those who read it; None means everybody who reads the record."""
    if not comment.is_private:
        return None
    return set(comment.people.filter(part=READER).values_list("member_id", flat=True))


def _owners(comment: Comment) -> list[int]:
    kind = COMMENTABLE[comment.subject_type]
    return kind.owner_ids(kind.rows().get(pk=comment.subject_id))


def _locked(comment: Comment, by: Member) -> Comment:
    held: Comment = Comment.objects.read_by(by).select_for_update().get(pk=comment.pk)
    if held.deleted_at:
        raise CommentIsDeleted(_("This comment was deleted."))
    return held


def _open_text(comment: Comment, text: str) -> dict[str, str]:
    """The text for the audit trail, which more people read than a comment to the owner only."""
    return {} if comment.is_private else {"text": text}


def move(*, subject_type: str, from_id: int, to_id: int) -> None:
    """Let the comments of one record follow into another of the same kind.

    Whoever merges the records writes the audit entry.
    """
    Comment.objects.about(subject_type, [from_id]).update(subject_id=to_id)


def public_threads(subject_type: str, subject_id: int) -> int:
    """Return how many threads everybody reads; those to the owner only are nobody's business."""
    found: int = Comment.objects.about(subject_type, [subject_id]).threads().filter(is_private=False).count()
    return found

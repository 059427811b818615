"""What happens to a whole thread: resolved, opened again, given to somebody as a task, finished."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from orgs.access import may
from orgs.models import Comment, CommentPerson, Member
from orgs.permissions import Permission
from orgs.registry import COMMENTABLE
from orgs.services import audit, notifications
from orgs.services.comments import CannotRead, CommentError

TASK = "comment.assigned"


class HasLeft(CommentError):
    """The member is no longer in the workspace."""


@transaction.atomic
def resolve(*, thread: Comment, by: Member, now: datetime) -> None:
    """Say that the thread is dealt with. Its author hears of it."""
    held = _locked(thread, by)
    if held.resolved_at:
        return
    held.resolved_at, held.resolved_by = now, by
    held.save()
    audit.record("comment.resolve", held, by=by, after={"resolved": True})
    _tell([held.by_id], "comment.resolved", held, f"resolved {now.isoformat()}", by)


@transaction.atomic
def reopen(*, thread: Comment, by: Member, now: datetime) -> None:
    """Take up a resolved thread again. Its author hears of it."""
    held = _locked(thread, by)
    if not held.resolved_at:
        return
    held.resolved_at, held.resolved_by = None, None
    held.save()
    audit.record("comment.reopen", held, by=by, after={"resolved": False})
    _tell([held.by_id], "comment.reopened", held, f"reopened {now.isoformat()}", by)


@transaction.atomic
def assign(*, thread: Comment, assignee: Member | None, due_on: date | None, by: Member, now: datetime) -> None:
    """Give the thread to somebody as a task, or to nobody. Raises CannotRead, HasLeft."""
    held = _locked(thread, by)
    if assignee and assignee.left_at:
        raise HasLeft(_("%(name)s is no longer in this workspace. Choose somebody else.") % {"name": assignee})
    if assignee and not _reads(held, assignee):
        raise CannotRead(_("%(name)s cannot read this comment. Choose somebody who can.") % {"name": assignee})
    before = _task(held)
    held.assignee, held.due_on = assignee, due_on if assignee else None
    if _task(held) == before and not held.finished_at:
        return
    held.assigned_by, held.assigned_at = (by, now) if assignee else (None, None)
    held.finished_at = None
    held.save()
    audit.record("comment.assign", held, by=by, before=before, after=_task(held))
    notifications.settle(thing=held, kinds=[TASK], now=now)
    if assignee:
        _tell([assignee.pk], TASK, held, f"assigned {now.isoformat()}", by)


@transaction.atomic
def finish(*, thread: Comment, by: Member, now: datetime) -> None:
    """Let the assignee say that the task is done. Who gave it and who wrote the comment hear of it."""
    held = _locked(thread, by)
    if not held.is_open_task:
        return
    held.finished_at = now
    held.save()
    audit.record("comment.finish", held, by=by, after={"finished": True})
    notifications.settle(thing=held, kinds=[TASK], now=now)
    _tell([held.assigned_by_id, held.by_id], "comment.finished", held, f"finished {now.isoformat()}", by)


def _tell(members: list[int | None], kind: str, thread: Comment, occasion: str, by: Member) -> None:
    notifications.tell(members=members, kind=kind, thing=thread, occasion=occasion, by=by)


def _reads(thread: Comment, member: Member) -> bool:
    if not may(member, Permission(COMMENTABLE[thread.subject_type].permission)):
        return False
    return not thread.is_private or thread.people.filter(part=CommentPerson.Part.READER, member=member).exists()


def _task(thread: Comment) -> dict[str, str]:
    return {"assignee": str(thread.assignee or ""), "due_on": str(thread.due_on or "")}


def _locked(thread: Comment, by: Member) -> Comment:
    held: Comment = Comment.objects.read_by(by).select_for_update().get(pk=thread.thread_pk)
    return held

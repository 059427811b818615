"""Comments as one member may read them: which, how many, and the threads about a record in few queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from orgs.access import may
from orgs.models import Comment, CommentPerson, Member
from orgs.permissions import Permission
from orgs.registry import COMMENTABLE

LATEST_REPLIES = 10  # of a thread that nobody asked to see whole


@dataclass
class Thread:
    """The first comment, its latest replies in the order they were written, and how many came before those."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)
    earlier_replies: int = 0


@dataclass(frozen=True)
class Threads:
    """Part of the threads about a record, oldest first, and how many there are besides."""

    threads: Sequence[Thread]
    open_count: int
    resolved_count: int
    earlier_count: int


def readable(member: Member) -> QuerySet[Comment]:
    """Return the comments that the member may read, on records that the member may read."""
    records = Q(pk__in=[])
    for kind in COMMENTABLE.values():
        if may(member, Permission(kind.permission)):
            records |= Q(subject_type=kind.subject_type, subject_id__in=kind.rows().order_by().values("pk"))
    return Comment.objects.read_by(member).filter(records)


def seen_by(member: Member) -> Exists:
    """The condition on notifications about comments: the comment is there, and the member may read it."""
    return Exists(readable(member).filter(pk=OuterRef("thing_id"), deleted_at=None))


def counts(member: Member, subject_type: str, subject_ids: Sequence[int]) -> dict[int, int]:
    """Return per record how many comments of open threads the member may read, in one query."""
    is_open = Q(thread=None, resolved_at=None) | Q(thread__isnull=False, thread__resolved_at=None)
    found = Comment.objects.read_by(member).about(subject_type, list(subject_ids)).filter(is_open, deleted_at=None)
    return dict(found.order_by().values_list("subject_id").annotate(Count("pk")))


def threads_about(
    record: Any, subject_type: str, *, member: Member, most: int, with_resolved: bool, opened: int | None
) -> Threads:
    """Return the latest threads about a record. `opened` is the id of one to give whole, however old or resolved."""
    known = Comment.objects.read_by(member).about(subject_type, [record.pk]).threads()
    total = known.aggregate(
        open=Count("pk", filter=Q(resolved_at=None)), resolved=Count("pk", filter=Q(resolved_at__isnull=False))
    )
    listed = known if with_resolved else known.filter(resolved_at=None)
    latest = listed.order_by("-pk").values("pk")[:most]
    found = [Thread(first) for first in _ready(known.filter(Q(pk__in=latest) | Q(pk=opened or 0)))]
    _add_replies(found, member, opened)
    count = total["open"] + (total["resolved"] if with_resolved else 0)
    return Threads(found, total["open"], total["resolved"], max(0, count - most))


def thread_of(first: Comment, *, member: Member, whole: bool = True) -> Thread:
    """Return one thread, whole or with its latest replies."""
    found = Thread(_ready(Comment.objects.read_by(member).filter(pk=first.pk)).get())
    _add_replies([found], member, first.pk if whole else None)
    return found


def _add_replies(threads: list[Thread], member: Member, opened: int | None) -> None:
    place = Window(RowNumber(), partition_by=F("thread_id"), order_by=F("id").desc())
    together = Window(Count("pk"), partition_by=F("thread_id"))
    replies = (
        Comment.objects.read_by(member)
        .filter(thread_id__in=[thread.first.pk for thread in threads])
        .annotate(place=place, together=together)
        .filter(Q(place__lte=LATEST_REPLIES) | Q(thread_id=opened or 0))
    )
    by_thread: dict[int, list[Comment]] = defaultdict(list)
    for reply in _ready(replies):
        by_thread[reply.thread_id].append(reply)
    for thread in threads:
        thread.replies = by_thread[thread.first.pk]
        thread.earlier_replies = thread.replies[0].together - len(thread.replies) if thread.replies else 0


def _ready(comments: Any) -> QuerySet[Comment]:
    """With the people that a page names, in the order they were written."""
    named = CommentPerson.objects.filter(part=CommentPerson.Part.MENTIONED).select_related("member__user")
    people = ("by__user", "assignee__user", "resolved_by__user")
    ready: QuerySet[Comment] = comments.select_related(*people).prefetch_related(Prefetch("people", named, "named"))
    return ready.order_by("pk")

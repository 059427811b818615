"""The comments about a record, ready for orgs/_comments.html."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orgs.access import may
from orgs.forms.comments import CommentForm
from orgs.models import Comment
from orgs.permissions import Permission
from orgs.queries import comments
from orgs.queries.comments import Thread
from orgs.registry import COMMENTABLE
from orgs.services.mentions import pattern

AT_FIRST = 20  # threads; "Show earlier" gives as many more
MOST = 400


def panel(request: HttpRequest, subject_type: str, record: Any, *, form: CommentForm | None = None) -> dict[str, Any]:
    """Return the threads that the address asks for, and the form for a new one where the member may write."""
    kind, slug = COMMENTABLE[subject_type], request.workspace.slug  # type: ignore[attr-defined]
    most = min(_number(request, "most") or AT_FIRST, MOST)
    with_resolved = request.GET.get("resolved") == "1"
    found = comments.threads_about(
        record,
        subject_type,
        member=request.member,  # type: ignore[attr-defined]
        most=most,
        with_resolved=with_resolved,
        opened=_opened(request),
    )
    url = reverse(kind.comments_url_name, args=[slug, record.pk])
    return {
        "url": url,
        "threads": [thread(request, each) for each in found.threads],
        "count": found.open_count,
        "earlier_url": _url(url, most + AT_FIRST, with_resolved) if found.earlier_count and most < MOST else "",
        "earlier_text": _earlier(found.earlier_count),
        "resolved_url": _url(url, most, not with_resolved) if found.resolved_count else "",
        "resolved_text": _resolved(found.resolved_count, with_resolved),
        "go_to_url": _go_to(request),
        "form": form or (new_form(request, subject_type, record) if may_write(request) else None),
    }


def nothing_yet(request: HttpRequest, record: Any, *, url: str) -> dict[str, Any]:
    """Return the panel of a record that is kept once somebody comments on it. `url` takes that."""
    subject_type = record._meta.model_name
    owned = bool(set(COMMENTABLE[subject_type].owner_ids(record)) - {request.member.pk})  # type: ignore[attr-defined]
    form = _form(request, f"{subject_type}{url}", None, owned=owned) if may_write(request) else None
    return {"url": url, "threads": [], "count": 0, "go_to_url": _go_to(request), "form": form}


def _go_to(request: HttpRequest) -> str:
    return reverse("comment", args=[request.workspace.slug, 0]).removesuffix("0/")  # type: ignore[attr-defined]


def count_link(request: HttpRequest, subject_type: str, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return per record the link to its comments with their number; one query however many records."""
    found = comments.counts(request.member, subject_type, ids)  # type: ignore[attr-defined]
    name, slug = COMMENTABLE[subject_type].comments_url_name, request.workspace.slug  # type: ignore[attr-defined]
    return {pk: {"url": reverse(name, args=[slug, pk]), "count": found.get(pk, 0)} for pk in ids}


def may_write(request: HttpRequest) -> bool:
    return may(request.member, Permission.COMMENT_WRITE)  # type: ignore[attr-defined]


def new_form(request: HttpRequest, subject_type: str, record: Any, data: Any = None) -> CommentForm:
    """The form of a new thread."""
    owned = bool(set(COMMENTABLE[subject_type].owner_ids(record)) - {request.member.pk})  # type: ignore[attr-defined]
    return _form(request, f"{subject_type}-{record.pk}", data, owned=owned)


def reply_form(request: HttpRequest, first: Comment, data: Any = None, *, owned: bool = False) -> CommentForm:
    """The form of a reply to a thread."""
    return _form(request, f"reply-{first.pk}", data, owned=owned)


def text_form(request: HttpRequest, comment: Comment, data: Any = None) -> CommentForm:
    """The form of the own text."""
    held = {"text": comment.text, "version": comment.version}
    return _form(request, f"text-{comment.pk}", data, initial=held)


def thread(request: HttpRequest, found: Thread, form: CommentForm | None = None) -> dict[str, Any]:
    """Return one thread as orgs/_comment_thread.html shows it."""
    first, slug = found.first, request.workspace.slug  # type: ignore[attr-defined]
    writes = may_write(request)
    return {
        "id": first.pk,
        "first": _comment(request, first),
        "replies": [_comment(request, each) for each in found.replies],
        "earlier_text": _earlier(found.earlier_replies),
        "whole_url": reverse("comment", args=[slug, first.pk]),
        "resolved_text": _resolved_by(first) if first.resolved_at else "",
        "task_text": _task(first),
        "task_is_late": first.is_open_task and bool(first.due_on and first.due_on < request.workspace.today),
        "may_finish": first.is_open_task and first.assignee_id == request.member.pk,  # type: ignore[attr-defined]
        "is_open_form": form is not None and bool(form.errors),
        "form": form or (reply_form(request, first) if writes else None),
        "assign_text": _("Give it to somebody else") if first.is_open_task else _("Give it to somebody"),
    }


def segments(comment: Comment) -> list[dict[str, Any]]:
    """Return the text in pieces, those that name somebody marked."""
    names = [each.member.user.name for each in comment.named]  # type: ignore[attr-defined]
    if not names:
        return [{"text": comment.text, "is_mention": False}]
    pieces, at = [], 0
    for match in pattern(names).finditer(comment.text):
        pieces.append({"text": comment.text[at : match.start()], "is_mention": False})
        pieces.append({"text": match.group(0), "is_mention": True})
        at = match.end()
    return [*pieces, {"text": comment.text[at:], "is_mention": False}]


def _comment(request: HttpRequest, comment: Comment) -> dict[str, Any]:
    is_mine = comment.by_id == request.member.pk and may_write(request)  # type: ignore[attr-defined]
    return {
        "id": comment.pk,
        "author": str(comment.by),
        "at": comment.at,
        "segments": segments(comment),
        "is_private": comment.is_private,
        "is_deleted": comment.deleted_at is not None,
        "is_edited": comment.edited_at is not None,
        "may_edit": is_mine and comment.deleted_at is None,
    }


def _form(request: HttpRequest, key: str, data: Any, **more: Any) -> CommentForm:
    slug, member = request.workspace.slug, request.member  # type: ignore[attr-defined]
    return CommentForm(
        data, draft=f"{member.pk}-{key}", people_url=reverse("comment_people", args=[slug]), auto_id=f"{key}-%s", **more
    )


def _opened(request: HttpRequest) -> int | None:
    """The thread of the comment that `?c=` names, if the member may read it."""
    number = _number(request, "c")
    found = Comment.objects.read_by(request.member).filter(pk=number).first() if number else None  # type: ignore[attr-defined]
    return found.thread_pk if found else None


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else 0


def _url(url: str, most: int, with_resolved: bool) -> str:
    return f"{url}?most={most}{'&resolved=1' if with_resolved else ''}"


def _earlier(count: int) -> str:
    return ngettext("Show %(n)d earlier", "Show %(n)d earlier", count) % {"n": count} if count else ""


def _resolved(count: int, are_shown: bool) -> str:
    if are_shown:
        return _("Hide what is resolved")
    return ngettext("Show %(n)d resolved thread", "Show %(n)d resolved threads", count) % {"n": count}


def _resolved_by(first: Comment) -> str:
    return _("Resolved by %(who)s") % {"who": first.resolved_by}


def _task(first: Comment) -> str:
    """Say whose task the thread is, and until when or whether it is done."""
    if first.assignee_id is None:
        return ""
    words = {"who": str(first.assignee), "day": date_format(first.due_on, "j M Y") if first.due_on else ""}
    if first.finished_at:
        return _("%(who)s finished this task") % words
    return (_("Task of %(who)s, due on %(day)s") if first.due_on else _("Task of %(who)s")) % words

"""What happens to a thread of comments: resolved or opened again, given to somebody, finished."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxhub.web.htmx import varies_on_htmx
from orgs import access
from orgs.forms.comments import AssignmentForm
from orgs.models import Comment, Member
from orgs.permissions import Permission
from orgs.queries import comments as found
from orgs.services import threads
from orgs.services.comments import CommentError
from orgs.views.comments import answer, crumbs, place


@require_POST
@varies_on_htmx
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """Resolve the thread, or open it again (`resolved=0`)."""
    comment = _first(request, pk, Permission.COMMENT_WRITE)
    change = threads.reopen if request.POST.get("resolved") == "0" else threads.resolve
    change(thread=comment, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    return answer(request, comment)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the thread to somebody as a task."""
    comment = _first(request, pk, Permission.COMMENT_WRITE)
    members = Member.objects.current().select_related("user").prefetch_related("roles").order_by("user__name", "pk")
    held = {"assignee": comment.assignee_id, "due_on": comment.due_on}
    form = AssignmentForm(request.POST if request.method == "POST" else None, members=members, initial=held)
    if form.is_valid():
        try:
            threads.assign(thread=comment, by=request.member, now=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect(place(request, comment))
        except CommentError as error:
            form.add_error("assignee", str(error))
    context = {"title": _("Give this comment to somebody"), "form": form, "crumbs": crumbs(request, comment)}
    return render(request, "orgs/comments_assign.html", context, status=422 if form.errors else 200)


@require_POST
@varies_on_htmx
def completion(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the assignee say that the task is done."""
    comment = _first(request, pk, Permission.WORKSPACE_READ)
    access.require_to_be(request, comment.assignee_id)
    threads.finish(thread=comment, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    return answer(request, comment)


def _first(request: HttpRequest, pk: int, permission: Permission) -> Comment:
    rows = found.readable(request.member).threads()  # type: ignore[attr-defined]
    comment: Comment = access.load(request, rows, pk, permission)
    return comment

"""The comments about a record: read, written, edited, deleted. What happens to a thread is in threads.py."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from cxhub.web import drawer
from cxhub.web.asked import asked
from cxhub.web.htmx import varies_on_htmx, wants_fragment
from orgs import access
from orgs.forms.comments import CommentForm
from orgs.models import Comment
from orgs.panels import comments as panels
from orgs.permissions import Permission
from orgs.queries import comments as found
from orgs.queries import people
from orgs.registry import COMMENTABLE, Commentable
from orgs.services import comments
from orgs.services.mentions import MentionError


@require_http_methods(["GET", "HEAD", "POST"])
@varies_on_htmx
def index(request: HttpRequest, pk: int, subject_type: str) -> HttpResponse:
    """Show the comments about a record, or begin a thread."""
    kind = COMMENTABLE[subject_type]
    record = access.load(request, kind.rows(), pk, Permission(kind.permission))
    if request.method != "POST":
        return _page(request, kind, record)
    access.require(request, Permission.COMMENT_WRITE)
    form = panels.new_form(request, subject_type, record, request.POST)
    written = _try(form, lambda: comments.write(about=record, by=_me(request), now=timezone.now(), **form.words))
    if written is None:
        return _page(request, kind, record, form=form, status=422)
    if drawer.is_asked(request):
        return drawer.done(request, _("You commented"), place(request, written, record))
    return _page(request, kind, record) if wants_fragment(request) else redirect(place(request, written, record))


@varies_on_htmx
def nothing_yet(request: HttpRequest, record: Any, *, url: str, back: dict[str, str]) -> HttpResponse:
    """Show that nobody has commented on something that is kept once somebody does."""
    context = {"panel": panels.nothing_yet(request, record, url=url), "record": str(record), "crumbs": [back]}
    return _shown(request, context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a comment, where it stands."""
    comment = load(request, pk, Permission.WORKSPACE_READ)
    return redirect(place(request, comment))


@require_POST
@varies_on_htmx
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """Add to a thread."""
    to = load(request, pk, Permission.COMMENT_WRITE)
    form = panels.reply_form(request, to, request.POST)
    said = _try(form, lambda: comments.reply(to=to, by=_me(request), now=timezone.now(), **form.words))
    if said is not None:
        return answer(request, said)
    if wants_fragment(request):
        return thread(request, to, form=form, status=422)
    return _form_page(request, to, form, _("Reply"), status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@varies_on_htmx
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the own text. Saved elsewhere meanwhile, both texts are shown and neither is lost."""
    comment = load(request, pk, Permission.COMMENT_WRITE)
    access.require_to_be(request, comment.by_id)
    form = panels.text_form(request, comment, request.POST if request.method == "POST" else None)
    title = _("Edit your comment")
    if request.method != "POST":
        return _form_page(request, comment, form, title)
    try:
        saved = _try(
            form,
            lambda: comments.edit(
                comment=comment,
                version=form.cleaned_data["version"] or 0,
                by=_me(request),
                now=timezone.now(),
                **form.words,
            ),
        )
    except comments.CommentHasChanged as conflict:
        retry = form.data.copy()
        retry["version"] = conflict.now.version
        again = panels.text_form(request, comment, retry)
        return _form_page(request, comment, again, title, theirs=conflict.now.text, status=409)
    return _go(request, place(request, saved)) if saved else _form_page(request, comment, form, title, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete the own comment."""
    comment = load(request, pk, Permission.COMMENT_WRITE)
    access.require_to_be(request, comment.by_id)
    if request.method == "POST":
        try:
            comments.delete(comment=comment, by=_me(request), now=timezone.now())
        except comments.CommentError as error:
            messages.warning(request, str(error))
        return redirect(place(request, comment))
    context = {"comment": comment, "crumbs": crumbs(request, comment)}
    return render(request, "orgs/comments_delete.html", context)


@require_safe
def people_named(request: HttpRequest) -> HttpResponse:
    """Give the names that begin as typed after @."""
    access.require(request, Permission.COMMENT_WRITE)
    words = asked(request, "q")
    return render(request, "orgs/_comments_people.html", {"people": people.named_like(words)})


def load(request: HttpRequest, pk: int, permission: Permission) -> Comment:
    """Return a comment that the member may read. One for others only is not found, exactly like a missing one."""
    comment: Comment = access.load(request, found.readable(_me(request)), pk, permission)
    return comment


def place(request: HttpRequest, comment: Comment, record: Any = None) -> str:
    """Return the address where a comment stands: the record's page, or the page of its comments."""
    kind, slug = COMMENTABLE[comment.subject_type], request.workspace.slug  # type: ignore[attr-defined]
    record = record or kind.rows().get(pk=comment.subject_id)
    comments_url = reverse(kind.comments_url_name, args=[slug, comment.subject_id])
    return f"{kind.page_url(slug, record) if kind.is_on_page else comments_url}?c={comment.pk}#c-{comment.pk}"


def answer(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Answer a change of a thread: with the thread, or by leading back to it."""
    return thread(request, comment) if wants_fragment(request) else redirect(place(request, comment))


def thread(
    request: HttpRequest, comment: Comment, *, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    """Answer with the fragment of one thread, whole."""
    first = found.readable(_me(request)).get(pk=comment.thread_pk)
    shown = panels.thread(request, found.thread_of(first, member=_me(request)), form)
    context = {"thread": shown, "workspace": request.workspace}  # type: ignore[attr-defined]
    return render(request, "orgs/_comment_thread.html", context, status=status)


def crumbs(request: HttpRequest, comment: Comment) -> list[dict[str, str]]:
    """The way back to the comment."""
    kind = COMMENTABLE[comment.subject_type]
    record = kind.rows().get(pk=comment.subject_id)
    return [{"label": kind.label(record), "url": place(request, comment, record)}]


def _page(
    request: HttpRequest, kind: Commentable, record: Any, *, form: CommentForm | None = None, status: int = 200
) -> HttpResponse:
    panel = panels.panel(request, kind.subject_type, record, form=form)
    back = {"label": kind.label(record), "url": kind.page_url(request.workspace.slug, record)}  # type: ignore[attr-defined]
    parts = kind.parts(request, record) if kind.parts else None
    context = {"panel": panel, "record": kind.label(record), "crumbs": [back], "parts": parts}
    return _shown(request, context, status=status)


def _shown(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Answer with the page; with its threads to those who ask for them, in a drawer with its title (`?threads=1`)."""
    if not wants_fragment(request) or (drawer.is_asked(request) and not request.GET.get("threads")):
        return drawer.show(request, "orgs/comments.html", context, status=status)
    template = "orgs/comments.html#threads" if drawer.is_asked(request) else "orgs/_comments.html"
    return render(request, template, context, status=status)


def _form_page(
    request: HttpRequest,
    comment: Comment,
    form: CommentForm,
    title: str,
    *,
    theirs: str | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"title": title, "form": form, "theirs": theirs, "crumbs": crumbs(request, comment)}
    return render(request, "orgs/comments_text.html", context, status=status)


def _go(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if wants_fragment(request) else redirect(url)


def _try(form: CommentForm, change: Any) -> Comment | None:
    """Make the change, or say on the form why it cannot be made."""
    if not form.is_valid():
        return None
    try:
        done: Comment = change()
    except comments.CommentHasChanged:
        raise
    except (comments.CommentError, MentionError) as error:
        form.add_error("text", str(error))
        return None
    except Comment.DoesNotExist:
        raise Http404 from None
    return done


def _me(request: HttpRequest) -> Any:
    return request.member  # type: ignore[attr-defined]

"""Settings: the chats in Slack and Teams that messages go to."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxhub.lib import mail
from orgs import access
from orgs.forms.chats import ChatForm
from orgs.models import Chat
from orgs.permissions import Permission
from orgs.pipelines import chats as pipeline
from orgs.services import chats
from orgs.views.frames import settings_tabs, url


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """List the chats; add one."""
    access.require(request, Permission.WORKSPACE_MANAGE)
    form = ChatForm(request.POST if request.method == "POST" else None, initial={"service": Chat.Service.SLACK})
    if request.method == "POST" and form.is_valid():
        try:
            made = chats.add(by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
        except chats.BadChat as problem:
            form.add_error(problem.field, str(problem))
        else:
            messages.success(request, _("%(name)s is added. Send a test message.") % {"name": made.name})
            return redirect(url(request, "chat", made.pk))
    rows = [{"chat": each, "url": url(request, "chat", each.pk)} for each in Chat.objects.all()]
    context = {"tabs": settings_tabs(request), "form": form, "rows": rows}
    return render(request, "orgs/chats.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a chat, and keep what is changed. The address it has is never shown."""
    found = access.load(request, Chat, pk, Permission.WORKSPACE_MANAGE)
    sent = request.POST if request.method == "POST" else None
    form = ChatForm(sent, is_known=True, initial={"name": found.name, "kinds": found.kinds})
    if sent is not None and form.is_valid():
        try:
            chats.change(chat=found, by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
        except chats.BadChat as problem:
            form.add_error(problem.field, str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect(url(request, "chat", pk))
    return render(
        request, "orgs/chat.html", _words(request, found) | {"form": form}, status=422 if form.errors else 200
    )


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Post a test message, and say what came of it."""
    found = access.load(request, Chat.objects.select_related("workspace"), pk, Permission.WORKSPACE_MANAGE)
    outcome = pipeline.test(found, url=mail.absolute(url(request, "workspace_home")), now=timezone.now())
    if outcome.is_taken:
        messages.success(request, _("The test message was taken. Look whether it stands in the chat."))
    else:
        messages.error(request, outcome.sentence)
    return redirect(url(request, "chat", pk))


@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a chat on or off."""
    found = access.load(request, Chat, pk, Permission.WORKSPACE_MANAGE)
    is_on = request.POST.get("on") == "1"
    chats.switch(chat=found, is_on=is_on, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    messages.success(
        request, _("Messages go there again.") if is_on else _("No messages go there until you turn it on.")
    )
    return redirect(url(request, "chat", pk))


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then forget a chat with its address."""
    found = access.load(request, Chat, pk, Permission.WORKSPACE_MANAGE)
    if request.method == "POST":
        chats.remove(chat=found, by=request.member)  # type: ignore[attr-defined]
        messages.success(request, _("%(name)s is removed.") % {"name": found.name})
        return redirect(url(request, "chats"))
    return render(request, "orgs/chat_removal.html", _words(request, found))


def _words(request: HttpRequest, chat: Chat) -> dict[str, Any]:
    return {"chat": chat, "crumbs": [{"label": _("Chats"), "url": url(request, "chats")}]}

"""The page of API keys: make one, see it once, revoke it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cxhub.web.pagination import paginate
from orgs import access
from orgs.forms.keys import LABELS, KeyForm
from orgs.models import ApiKey
from orgs.permissions import KeyScope, Permission
from orgs.queries import keys as found
from orgs.services import keys

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """List the keys; a posted form makes one and shows its token, this once."""
    access.require(request, Permission.KEYS_MANAGE)
    form = KeyForm(request.POST if request.method == "POST" else None)
    token = ""
    if request.method == "POST" and form.is_valid():
        _key, token = keys.make(now=timezone.now(), by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
        form = KeyForm()
    page = paginate(request, found.listed(), per_page=PER_PAGE)
    context = {
        "form": form,
        "token": token,
        "page": page,
        "rows": [_row(key) for key in page.items],
        "api_url": request.build_absolute_uri(_api_path(request)),
    }
    return render(request, "orgs/keys.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a key at once."""
    key = access.load(request, ApiKey, pk, Permission.KEYS_MANAGE)
    keys.revoke(key=key, now=timezone.now(), by=request.member)  # type: ignore[attr-defined]
    messages.success(request, _("The key “%(name)s” is revoked.") % {"name": key.name})
    return redirect("keys", request.workspace.slug)  # type: ignore[attr-defined]


def _api_path(request: HttpRequest) -> str:
    return f"{reverse('workspace_home', args=[request.workspace.slug])}api/v1/"  # type: ignore[attr-defined]


def _row(key: ApiKey) -> dict[str, Any]:
    status, word = _state(key)
    return {
        "key": key,
        "scopes": [LABELS[KeyScope(scope)] for scope in key.scopes],
        "status": status,
        "word": word,
        "can_end": status == "done",
    }


def _state(key: ApiKey) -> tuple[str, str]:
    if key.revoked_at:
        return "cancelled", _("Revoked")
    if key.member.left_at:
        return "cancelled", _("Its maker has left")
    if key.expires_at <= timezone.now():
        return "stale", _("Ended")
    return "done", _("In use") if key.last_used_at else _("Not used yet")

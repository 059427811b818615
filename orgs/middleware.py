"""Signs people in, finds their workspace from the URL, and holds its scope around the whole response."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect

from orgs.queries import memberships
from orgs.scope import scope

Respond = Callable[[HttpRequest], HttpResponse]
WORKSPACE_PATH = re.compile(r"^/w/(?P<slug>[-a-zA-Z0-9_]+)/")  # what <slug:slug> matches: nothing else is a page


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page asks for sign-in unless it says why not. A fragment sends the whole page there, not its own corner."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        answer = super().handle_no_permission(request, view_func)
        return HttpResponseClientRedirect(answer.url) if request.htmx else answer  # type: ignore[attr-defined]


class ScopeMiddleware:
    """One transaction and one scope around everything under /w/<slug>/, templates included.

    A person who is not a member gets 404, the same as for a workspace that does not exist.
    Any answer of 500 or more rolls the transaction back.
    """

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = WORKSPACE_PATH.match(request.path_info)
        if path is None or not request.user.is_authenticated:
            return self.get_response(request)
        with scope(None, user_id=request.user.pk):
            request.member = memberships.of_person(request.user.pk, path["slug"])  # type: ignore[attr-defined]
            if request.member is None:  # type: ignore[attr-defined]
                return self._answer(request)
            request.workspace = request.member.workspace  # type: ignore[attr-defined]
            with scope(request.workspace.pk, user_id=request.user.pk):  # type: ignore[attr-defined]
                prefetch_related_objects([request.member], "roles")  # type: ignore[attr-defined]  asked of many times
                return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        is_workspace_page = kwargs.pop("slug", None) is not None
        if is_workspace_page and request.user.is_authenticated and request.member is None:  # type: ignore[attr-defined]
            raise Http404

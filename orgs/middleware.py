"""Signs people and keys in, speaks their language, and holds the scope of the URL's workspace around the response."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from orgs.api.problems import problem
from orgs.models import ApiKey, Member
from orgs.queries import keys, memberships
from orgs.scope import scope
from orgs.services import members
from orgs.services.keys import mark_used

Respond = Callable[[HttpRequest], HttpResponse]
RIGHTS_EPOCH = "rights_epoch"
WORKSPACE_PATH = re.compile(r"^/w/(?P<slug>[-a-zA-Z0-9_]+)/")  # what <slug:slug> matches: nothing else is a page
API_PATH = re.compile(r"^/w/(?P<slug>[-a-zA-Z0-9_]+)/api/")  # the only place where keys open anything
BEARER = "Bearer "


class SignInMiddleware(LoginRequiredMiddleware):
    """Every page asks for sign-in unless it says why not. A fragment sends the whole page there, not its own corner."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        answer = super().handle_no_permission(request, view_func)
        return HttpResponseClientRedirect(answer.url) if request.htmx else answer  # type: ignore[attr-defined]


class PersonMiddleware:
    """Gives a person's session a new key once the person's rights changed, and speaks the person's language."""

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        # A fragment may be on its way beside others, which would come with the old key: the next page gets the new one.
        if not request.htmx:  # type: ignore[attr-defined]
            _renew_session(request)
        with translation.override(request.user.language or translation.get_language()):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            return self.get_response(request)


def _renew_session(request: HttpRequest) -> None:
    epoch = request.user.rights_epoch  # type: ignore[union-attr]
    if request.session.get(RIGHTS_EPOCH, 0) != epoch:
        request.session.cycle_key()
        request.session[RIGHTS_EPOCH] = epoch


class ScopeMiddleware:
    """One transaction and one scope around everything under /w/<slug>/, templates included.

    A person who is not a member gets 404, the same as for a workspace that does not exist.
    Any answer of 500 or more rolls the transaction back.
    """

    def __init__(self, get_response: Respond):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.api_key = request.member = None  # type: ignore[attr-defined]
        token = request.headers.get("Authorization", "").removeprefix(BEARER)
        api = API_PATH.match(request.path_info)
        if api and request.headers.get("Authorization", "").startswith(BEARER):
            return self._with_key(request, token, api["slug"])
        path = WORKSPACE_PATH.match(request.path_info)
        if path is None or not request.user.is_authenticated:
            return self.get_response(request)
        with scope(None, user_id=request.user.pk):
            request.memberships = memberships.with_roles(request.user.pk)  # type: ignore[attr-defined]
            request.member = _member_of(request, path["slug"])  # type: ignore[attr-defined]
            if request.member is None:  # type: ignore[attr-defined]
                return self._answer(request)
            request.workspace = request.member.workspace  # type: ignore[attr-defined]
            with scope(request.workspace.pk, user_id=request.user.pk):  # type: ignore[attr-defined]
                members.saw(request.member, now=timezone.now())  # type: ignore[attr-defined]
                return self._answer(request)

    def _with_key(self, request: HttpRequest, token: str, slug: str) -> HttpResponse:
        """Answer in the name of the key's maker; a key that opens nothing here leaves the request to nobody."""
        request.user, request.member = AnonymousUser(), None  # type: ignore[attr-defined]
        workspace_id = keys.workspace_of(token)
        if workspace_id is None:
            return self._answer(request)
        with scope(workspace_id):
            key = keys.of_token(token, slug=slug, now=timezone.now())
            if key is not None:
                _act_for(request, key)
                mark_used(key=key, now=timezone.now())
                return self._answer(request)
        return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        is_workspace_page = kwargs.pop("slug", None) is not None
        if is_workspace_page and request.user.is_authenticated and request.member is None:  # type: ignore[attr-defined]
            if API_PATH.match(request.path_info):
                return problem(404, _("There is nothing at this address."))
            raise Http404
        return None


def _member_of(request: HttpRequest, slug: str) -> Member | None:
    found = next((one for one in request.memberships if one.workspace.slug == slug), None)  # type: ignore[attr-defined]
    if found:
        found.user = request.user
    return found


def _act_for(request: HttpRequest, key: ApiKey) -> None:
    request.user, request.member = key.member.user, key.member  # type: ignore[attr-defined]
    request.workspace, request.api_key = key.member.workspace, key  # type: ignore[attr-defined]

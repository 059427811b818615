"""Who asks: a key in the Authorization header (orgs/middleware.py found its workspace), or a person's session."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from orgs.permissions import KeyScope


class KeyAuthentication(BaseAuthentication):
    """A usable key of the workspace in the address, in the name of its maker."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        key = request._request.api_key
        return (request._request.user, key) if key else None

    def authenticate_header(self, request: Request) -> str:
        """Say with 401 what the API wants to be shown."""
        return "Bearer"


class InScope(BasePermission):
    """A member, and for a key one of the scopes that the view names for the method. No scope named: no key."""

    message = _("This key is not made for that. Make one with the scope it needs.")

    def has_permission(self, request: Request, view: Any) -> bool:
        if request._request.member is None:
            return False
        if request.auth is None or view.is_for_every_key or not _takes(view, request.method.lower()):
            return True
        wanted: KeyScope | None = view.scopes.get("GET" if request.method == "HEAD" else request.method)
        return wanted is not None and wanted.value in request.auth.scopes


def _takes(view: Any, method: str) -> bool:
    """Whether the view knows the method; if not, it says 405 itself, whatever the key is for."""
    return method in view.http_method_names and hasattr(view, method)

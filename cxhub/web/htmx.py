"""The one place that decides whether a request wants a fragment or the whole page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

VARY_ON = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")


def wants_fragment(request: HttpRequest) -> bool:
    """Return True when htmx asks for a part of the page: not boosted, not a history restore."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def vary_on_htmx(response: HttpResponse) -> HttpResponse:
    """Mark the response as differing by htmx header, so that no cache serves a fragment as a page."""
    patch_vary_headers(response, VARY_ON)
    return response


def varies_on_htmx(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view that answers one URL with a page or a fragment."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return vary_on_htmx(view(request, *args, **kwargs))

    return wrapped

"""Forms that open in a drawer over a page (static/js/drawer.js): same URL, same view, the form alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import trigger_client_event

from cxhub.web.htmx import vary_on_htmx, wants_fragment

PLACE = "drawer-body"  # the id that drawer.js gives to what it fills


def is_asked(request: HttpRequest) -> bool:
    """Return True when the drawer of a page asks, which htmx says by the id of the place it fills."""
    return wants_fragment(request) and request.htmx.target == PLACE  # type: ignore[attr-defined,no-any-return]


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Answer with the page, or in the drawer with the part of its template that is named so."""
    in_drawer = is_asked(request)
    page = f"{template}#drawer" if in_drawer else template
    return vary_on_htmx(render(request, page, {**context, "in_drawer": in_drawer}, status=status))


def done(request: HttpRequest, said: str, go: str) -> HttpResponse:
    """Answer a form that did what it says: in the drawer with the words for the row, else leading on with a message."""
    if is_asked(request):
        return vary_on_htmx(trigger_client_event(HttpResponse(status=204), "acted", {"said": said}))
    messages.success(request, said)
    return redirect(go)

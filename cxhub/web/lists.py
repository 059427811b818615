"""Answers a list: as a page, or to htmx the list alone with what stands around it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from cxhub.web.htmx import wants_fragment


def render_list(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render the page, or its partial "list" where htmx asks for a part.

    What is narrowed in place changes the filters to take away and the saved view that is open: these come along.
    """
    if not wants_fragment(request):
        return render(request, template, context, status=status)
    answer = render(request, f"{template}#list", context, status=status)
    around = {name: context[name] for name in ("filters", "saved") if name in context}
    answer.write(render_to_string("components/list_around.html", around, request))
    return answer

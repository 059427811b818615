"""One page of a list: one count, one page query, and links that keep the filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

PER_PAGE = 50


@dataclass(frozen=True)
class Page:
    """The rows of one page, where they stand in the whole list, and the links around them."""

    items: Sequence[Any]
    number: int
    pages: int
    total: int
    first: int
    last: int
    previous_url: str
    next_url: str


def paginate(request: HttpRequest, rows: QuerySet | list[Any], *, per_page: int = PER_PAGE) -> Page:
    """Return the page that `?page=` names; a number outside the list gives the nearest page."""
    total = len(rows) if isinstance(rows, list) else rows.count()
    pages = max(1, ceil(total / per_page))
    number = min(max(1, _asked_for(request)), pages)
    start = (number - 1) * per_page
    items = list(_stable(rows)[start : start + per_page]) if total else []
    return Page(
        items=items,
        number=number,
        pages=pages,
        total=total,
        first=start + 1 if items else 0,
        last=start + len(items),
        previous_url=page_url(request.GET, number - 1) if number > 1 else "",
        next_url=page_url(request.GET, number + 1) if number < pages else "",
    )


def page_url(query: QueryDict, number: int) -> str:
    """Return the link to a page that keeps every other parameter; page 1 has no number."""
    kept = query.copy()
    kept.pop("page", None)
    if number > 1:
        kept["page"] = str(number)
    return f"?{kept.urlencode()}" if kept else "?"


def _asked_for(request: HttpRequest) -> int:
    """Read `?page=`; anything that is not a plain small number means the first page."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _stable(queryset: QuerySet | list[Any]) -> QuerySet | list[Any]:
    """Break ties by primary key: without it a row can show on two pages and another on none."""
    if isinstance(queryset, list):
        return queryset
    order = tuple(queryset.query.order_by) or tuple(queryset.model._meta.ordering)
    return queryset if {"pk", "-pk"} & set(order) else queryset.order_by(*order, "pk")

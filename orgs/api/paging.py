"""Lists in pages: `?limit=` at most 500, `next` and `previous` to follow.

By cursor, pages stay put while rows are added. By number they do not, but a list can be in any order.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination, PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

PER_PAGE, MOST_PER_PAGE = 100, 500
NAMES = {"limit", "cursor", "page"}  # of the parameters in here


class Pages(CursorPagination):
    page_size = PER_PAGE
    page_size_query_param = "limit"
    max_page_size = MOST_PER_PAGE
    ordering = "id"
    position_of: Any = int  # reads where a cursor stands; whatever it refuses was not made by us

    def get_page_size(self, request: Request) -> int:
        return limit_of(request)

    def decode_cursor(self, request: Request) -> Any:
        try:
            cursor = super().decode_cursor(request)
            if cursor is not None and cursor.position is not None:
                type(self).position_of(cursor.position)
        except (NotFound, ValueError):
            raise ValidationError({"cursor": [_("Take the cursor from “next” or “previous”.")]}) from None
        return cursor


class NewestFirst(Pages):
    ordering = "-id"


class ByDay(Pages):
    ordering = "starts_on"
    position_of = date.fromisoformat


class Numbered(PageNumberPagination):
    """For an order that the program chose; the same members as by cursor."""

    def get_page_size(self, request: Request) -> int:
        return limit_of(request)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        return whole("page", request.query_params.get("page", "1"), most=1_000_000)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.get_next_link(), "previous": self.get_previous_link(), "results": data})


def limit_of(request: Request) -> int:
    """Return how many rows a page shall have. Raises ValidationError."""
    return whole("limit", request.query_params.get("limit", str(PER_PAGE)), most=MOST_PER_PAGE)


def whole(name: str, text: str, *, most: int) -> int:
    """Return a whole number from 1 on. Raises ValidationError."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    if not 1 <= number <= most:
        raise ValidationError({name: [_("Give a whole number from 1 to %(most)d.") % {"most": most}]})
    return number

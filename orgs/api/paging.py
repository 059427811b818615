"""Lists in pages that stay put while rows are added: `?limit=` at most 500, `next` and `previous` to follow."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    page_size = 100
    page_size_query_param = "limit"
    max_page_size = 500
    ordering = "id"

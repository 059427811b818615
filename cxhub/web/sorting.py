"""Sortable column headers: which order the URL asks for, and the link each header carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Column:
    """One header of a table: its words, and how the list is ordered by it ("" when it cannot be)."""

    label: str
    key: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Header:
    """What `components/table_head.html` draws for one column."""

    label: str
    is_number: bool
    url: str
    sort: str


def sort_of(request: HttpRequest, orders: Mapping[str, Sequence[str]], *, default: str) -> str:
    """Return the asked-for sort key, with "-" for descending, or the default when it is unknown."""
    asked = request.GET.get("sort", "")
    return asked if asked.removeprefix("-") in orders else default


def ordering(sort: str, orders: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the `order_by` fields of a sort key, each turned round when it descends."""
    fields = orders[sort.removeprefix("-")]
    return [_reversed(field) for field in fields] if sort.startswith("-") else list(fields)


def headers(request: HttpRequest, columns: Sequence[Column], *, sort: str) -> list[Header]:
    """Return the headers; a second click on the sorted one turns the order round."""
    return [_header(request, column, sort) for column in columns]


def _header(request: HttpRequest, column: Column, sort: str) -> Header:
    if not column.key:
        return Header(column.label, column.is_number, url="", sort="")
    is_sorted = sort.removeprefix("-") == column.key
    descends = sort.startswith("-")
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{column.key}" if is_sorted and not descends else column.key
    direction = ("descending" if descends else "ascending") if is_sorted else "none"
    return Header(column.label, column.is_number, url=f"?{query.urlencode()}", sort=direction)


def _reversed(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"

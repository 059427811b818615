"""The list of maps by what higher apps say of them: narrowed and ordered by it, and a cell a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, QuerySet, Value
from django.http import HttpRequest

from cxhub.web.asked import asked
from cxhub.web.filters import select
from journeys.models import Map
from journeys.registry import MAP_COLUMNS, MapColumn, Said

Told = Mapping[int, Said]


@dataclass(frozen=True)
class Judged:
    """The maps that pass, in the order asked for, and what each column says of them as far as that was needed."""

    rows: QuerySet[Map]
    told: Mapping[str, Told]


def chosen(request: HttpRequest, column: MapColumn) -> str:
    """Return what the address narrows to; a value that the column never says narrows nothing."""
    wanted = asked(request, column.key)
    return wanted if wanted in dict(column.choices) else ""


def is_narrowed(request: HttpRequest) -> bool:
    return any(chosen(request, column) for column in MAP_COLUMNS)


def selects(request: HttpRequest) -> list[dict[str, Any]]:
    """Return a select of the filter bar for each column."""
    return [select(each.key, each.label, chosen(request, each), each.choices) for each in MAP_COLUMNS]


def judged(request: HttpRequest, rows: QuerySet[Map], sort: str) -> Judged:
    """Narrow and order the maps by the columns. What is said of all of them is asked only where this needs it."""
    told: dict[str, Told] = {}
    for column in MAP_COLUMNS:
        wanted, is_order = chosen(request, column), sort.removeprefix("-") == column.key
        if not wanted and not is_order:
            continue
        said = told[column.key] = column.load(request, list(rows.order_by().values_list("pk", flat=True)))
        if wanted:
            rows = rows.filter(pk__in=[pk for pk, each in said.items() if each.value == wanted])
        if is_order:
            rows = _ordered(rows, said, sort)
    return Judged(rows, told)


def _ordered(rows: QuerySet[Map], said: Told, sort: str) -> QuerySet[Map]:
    """By place; maps of which nothing is said come last in either direction."""
    ids = sorted(said, key=lambda pk: (said[pk].place, pk))
    in_order = Value(ids, ArrayField(BigIntegerField()))
    place = Func(in_order, F("pk"), function="array_position", output_field=IntegerField())
    way = F("judged_place").desc(nulls_last=True) if sort.startswith("-") else F("judged_place").asc(nulls_last=True)
    return rows.annotate(judged_place=place).order_by(way, "title", "pk")


def cells(request: HttpRequest, found: Judged, ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Return a cell for each of these maps and columns, with its label; `said` is None where nothing is said."""
    every = [(each, found.told.get(each.key) or each.load(request, ids)) for each in MAP_COLUMNS]
    return {pk: [{"label": column.label, "said": said.get(pk)} for column, said in every] for pk in ids}

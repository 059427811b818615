"""The columns of the touchpoint list that a person may choose, beside those that higher apps add."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxhub.web.sorting import Column
from journeys.fields import FIELDS
from journeys.models import Touchpoint

DEFAULT = ("channel", "department")
SHORT = 120


@dataclass(frozen=True)
class Chosen:
    """A column to choose: its key in the address, its header, and the text of a row."""

    key: str
    label: str | Promise
    order: str
    text: Callable[[Touchpoint], str]


@dataclass(frozen=True)
class Cell:
    """What the list shows in one column of one row."""

    label: str
    text: str
    is_owner: bool = False


def _of_field(key: str, order: str = "") -> Chosen:
    field = FIELDS[key]
    return Chosen(key, field.label, order, lambda row: field.words(field.told(field.value_of(row))))


EVERY = (
    _of_field("channel", "channel"),
    Chosen("department", gettext_lazy("Accountable"), "department", lambda row: ""),
    _of_field("steward", "steward"),
    _of_field("design_status", "design_status"),
    _of_field("budget_line", "budget"),
    _of_field("funding", "funding"),
    Chosen("moment", gettext_lazy("Moment of truth"), "", lambda row: _("Yes") if row.is_moment_of_truth else ""),
    _of_field("importance_to_customer", "customer"),
    _of_field("importance_to_company", "company"),
    Chosen("promise", gettext_lazy("Promise"), "", lambda row: _cut(row.promise)),
)


def asked(request: HttpRequest) -> list[Chosen]:
    """The columns that the address names, in our order; without any the usual ones."""
    keys = set(request.GET.getlist("col")) & {each.key for each in EVERY} or set(DEFAULT)
    return [each for each in EVERY if each.key in keys]


def choices(chosen: Sequence[Chosen]) -> list[dict[str, Any]]:
    return [{"value": each.key, "label": each.label, "is_chosen": each in chosen} for each in EVERY]


def headers(chosen: Sequence[Chosen]) -> list[Column]:
    return [Column(_("Touchpoint"), "name"), *(Column(str(each.label), each.order) for each in chosen)]


def cells(chosen: Sequence[Chosen], rows: Sequence[Touchpoint]) -> dict[int, list[Cell]]:
    """Return the cells of each row; the accountable department is drawn by its own component."""
    return {
        row.pk: [Cell(str(each.label), each.text(row), is_owner=each.key == "department") for each in chosen]
        for row in rows
    }


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else text[:SHORT].rstrip() + "…"

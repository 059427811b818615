"""The list of what is expected, as a page and as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.exports import expectations_csv
from governance.models import Expectation
from governance.panels import expectations as panel
from governance.queries import expectation_list, expectations
from governance.queries.expectation_list import Standing
from governance.views.listed import Listed, views


def _every(_request: HttpRequest) -> list[Standing]:
    return expectation_list.every(now=timezone.now())


def _lines(request: HttpRequest, rows: list[Any]) -> Iterator[str]:
    zone = request.workspace.tzinfo  # type: ignore[attr-defined]
    return expectations_csv.lines(rows, zone=zone, checked_by=panel.checked_by)


LIST = Listed(
    name="expectations",
    file="expectations",
    table="governance/expectations_table.html",
    title=_("Expectations"),
    usual=_("All expectations"),
    lead=_("What touchpoints must keep once they are live, and whether they do. What failed stands first."),
    search=_("Search expectations"),
    no_match=_("No expectation matches"),
    none=_("No expectations yet"),
    none_why=_(
        "On the page of a touchpoint, say what it must keep: a number, a page that answers in time, or tests that pass."
    ),
    states=expectations.STATES,
    filters=expectation_list.Filters,
    every=_every,
    narrowed=expectation_list.narrowed,
    row=panel.row,
    lines=_lines,
    more=[("kind", _("Checked by"), Expectation.Kind.choices)],
)
index, index_csv = views(LIST)

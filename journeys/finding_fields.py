"""The editable fields of a finding, declared once: forms, CSV, history and inline editing all ask here."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from journeys.field_kinds import Choice, Field, LongText, Record, Scale
from journeys.fields import FIELDS as OF_TOUCHPOINTS
from journeys.models import Evidence, Finding
from orgs.models import Member


def _members() -> Any:
    return Member.objects.current().select_related("user").order_by("user__name", "pk")


L = gettext_lazy

EVERY: tuple[Field, ...] = (
    Field(key="name", label=L("Name"), named=L("the name"), is_required=True),
    LongText(key="description", label=L("What it is about"), named=L("what it is about")),
    Record(
        key="owner",
        label=L("Owner"),
        named=L("the owner"),
        help=L("Who keeps it true, and may edit it."),
        model=Member,
        open_rows=_members,
        name_of=lambda member: member.user.email,
    ),
    Choice(key="evidence", label=L("Evidence"), named=L("the evidence"), choices=Evidence.choices),
    Field(
        key="source",
        label=L("Source"),
        named=L("the source"),
        help=L("Where it is known from: a study, interviews, a figure."),
        longest=500,
    ),
)
OF_NEEDS: tuple[Field, ...] = (
    Scale(
        key="importance",
        label=L("Importance"),
        named=L("the importance"),
        help=L("How important it is to customers, from 1 to 10."),
        top=10,
    ),
    Scale(
        key="satisfaction",
        label=L("Satisfaction"),
        named=L("the satisfaction"),
        help=L("How satisfied they are with how it is met today, from 1 to 10."),
        top=10,
    ),
)
FIELDS: dict[str, Field] = {each.key: each for each in (*EVERY, *OF_NEEDS)}


def of_kind(kind: str) -> Mapping[str, Field]:
    """Return the fields that a finding of this kind has: needs alone are weighed."""
    return FIELDS if kind == Finding.Kind.NEED else {each.key: each for each in EVERY}


def fields_of(record: Any) -> Mapping[str, Field]:
    """Return the declared fields of a record that is edited in place: a finding or a touchpoint."""
    return of_kind(record.kind) if isinstance(record, Finding) else OF_TOUCHPOINTS

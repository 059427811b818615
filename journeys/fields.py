"""The editable fields of a touchpoint, declared once: forms, CSV, API, history and inline editing all ask here.

Who is accountable is no field: it changes by an offer.
"""

from typing import Any

from django.utils.translation import gettext_lazy

from journeys.field_kinds import Choice, Day, Field, Flag, LongText, Record, Scale, Systems, Words
from journeys.models import Channel, Touchpoint
from orgs.models import Department, Member


def _departments() -> Any:
    return Department.objects.filter(archived_at=None).order_by("name", "pk")


def _members() -> Any:
    return Member.objects.current().select_related("user").order_by("user__name", "pk")


def _team(key: str, label: Words, named: Words) -> Record:
    return Record(key=key, label=label, named=named, model=Department, open_rows=_departments)


L = gettext_lazy

EVERY: tuple[Field, ...] = (
    Field(key="name", label=L("Name"), named=L("the name"), is_required=True),
    LongText(key="description", label=L("What the customer meets"), named=L("what the customer meets")),
    LongText(key="promise", label=L("Promise to the customer"), named=L("the promise")),
    Record(key="channel", label=L("Channel"), named=L("the channel"), model=Channel, open_rows=Channel.objects.all),
    Systems(key="systems", label=L("Systems"), named=L("the systems")),
    Record(
        key="steward",
        label=L("Steward"),
        named=L("the steward"),
        help=L("The person who keeps this record up to date for its department."),
        model=Member,
        open_rows=_members,
        name_of=lambda member: member.user.email,
    ),
    _team("designed_by", L("Designed by"), L("who designs it")),
    _team("built_by", L("Built by"), L("who builds it")),
    _team("tested_by", L("Tested by"), L("who tests it")),
    _team("run_by", L("Run by"), L("who runs it")),
    LongText(key="teams_note", label=L("Note on the teams"), named=L("the note on the teams"), longest=1000),
    Choice(
        key="performed_by", label=L("Performed by"), named=L("who performs it"), choices=Touchpoint.PerformedBy.choices
    ),
    Field(key="partner_name", label=L("Partner"), named=L("the partner")),
    Choice(
        key="automation",
        label=L("Human or automated"),
        named=L("whether it is automated"),
        choices=Touchpoint.Automation.choices,
    ),
    Choice(
        key="place", label=L("On or off property"), named=L("where it takes place"), choices=Touchpoint.Place.choices
    ),
    Choice(
        key="design_status",
        label=L("Design status"),
        named=L("the design status"),
        choices=Touchpoint.DesignStatus.choices,
    ),
    Day(key="design_status_since", label=L("Design status since"), named=L("since when the design status holds")),
    Field(
        key="budget_line",
        label=L("Budget line"),
        named=L("the budget line"),
        help=L("The cost centre, project or line that pays for it, as your books call it."),
        is_for_many=True,
    ),
    Choice(key="funding", label=L("Funding"), named=L("the funding"), choices=Touchpoint.Funding.choices),
    Flag(key="is_moment_of_truth", label=L("Moment of truth"), named=L("whether it is a moment of truth")),
    Scale(
        key="importance_to_customer", label=L("Importance to the customer"), named=L("its importance to the customer")
    ),
    Scale(key="importance_to_company", label=L("Importance to the company"), named=L("its importance to the company")),
)
FIELDS: dict[str, Field] = {each.key: each for each in EVERY}
RECORDS = [each.key for each in EVERY if isinstance(each, Record)]

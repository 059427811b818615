"""What the pages of touchpoints show: the list narrowed by its filters, one of them, and names that look alike."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.db.models import QuerySet

from journeys.models import Channel, Journey, Map, Touchpoint, TouchpointPlacement
from journeys.queries import abouts, portfolio, suggestions
from journeys.queries import alike as alikes
from orgs.models import Department, Member
from orgs.queries.matching import containing

UNSAID = "unsaid"
ORDERS = {
    "name": ["name"],
    "channel": ["channel__name", "name"],
    "department": ["accountable_department__name", "name"],
    "steward": ["steward__user__name", "name"],
    "design_status": ["design_status", "name"],
    "budget": ["budget_line", "name"],
    "funding": ["funding", "name"],
    "customer": ["importance_to_customer", "name"],
    "company": ["importance_to_company", "name"],
    "made": ["created_at", "name"],
}


@dataclass(frozen=True)
class Filters(abouts.Asked):
    """What the list is narrowed to; empty strings narrow nothing. What maps are about narrows to those placed there."""

    search: str = ""
    channel: str = ""
    department: str = ""
    owner: str = ""
    steward: str = ""
    design: str = ""
    funding: str = ""
    """One of its states, or "unsaid"."""
    moment: str = ""
    phase: str = ""
    map: str = ""
    journey: str = ""
    placed: str = ""
    """"current": on a map that figures across journeys count. It holds at the same step as phase, map and journey."""
    suggested: str = ""
    """"yes": a suggestion is open; a member's id: it waits for that member."""
    archived: str = ""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def listed(filters: Filters) -> QuerySet[Touchpoint]:
    """The touchpoints in use (or the archived ones) that pass the filters, with what the list shows of them."""
    found = Touchpoint.objects.select_related("channel", "accountable_department", "steward__user")
    found = found.filter(merged_into=None, archived_at__isnull=filters.archived != "yes")
    if filters.search:
        found = found.filter(containing(filters.search, "search_text"))
    for column, asked in _keys(filters).items():
        if abouts.is_id(asked):
            found = found.filter(**{column: int(asked)})
        elif asked == "none":
            found = found.filter(**{column: None})
    for column, asked, known in _choices(filters):
        if asked in known:
            found = found.filter(**{column: asked})
    if filters.funding == UNSAID:
        found = found.filter(funding="")
    if filters.owner == "unowned":
        found = found.exclude(accountability=Touchpoint.Accountability.ACCEPTED)
    if filters.moment in {"yes", "no"}:
        found = found.filter(is_moment_of_truth=filters.moment == "yes")
    if filters.suggested:
        found = found.filter(suggestions.waiting())
    if abouts.is_id(filters.suggested):
        found = found.filter(suggestions.kept_by(int(filters.suggested)))
    return _placed(found, filters)


def one() -> QuerySet[Touchpoint]:
    """Touchpoints with what the page of one shows."""
    return Touchpoint.objects.select_related("channel", "accountable_department", "merged_into", "steward__user")


def whole() -> QuerySet[Touchpoint]:
    """Touchpoints with all that their fields show."""
    found = one().select_related("designed_by", "built_by", "tested_by", "run_by")
    return found.prefetch_related("system_links__system")


def alike(name: str, *, except_pk: int | None = None) -> list[Touchpoint]:
    """Touchpoints in use that are called like this."""
    rows = Touchpoint.objects.current().exclude(pk=except_pk).select_related("channel", "accountable_department")
    return alikes.alike(rows, name)


def channels() -> QuerySet[Channel]:
    return Channel.objects.order_by("name")


def departments() -> QuerySet[Department]:
    return Department.objects.filter(archived_at=None).order_by("name")


def stewards() -> QuerySet[Member]:
    """The members who are steward of something."""
    some = Touchpoint.objects.exclude(steward=None).values("steward")
    return Member.objects.filter(pk__in=some).select_related("user").order_by("user__name", "pk")


def maps() -> QuerySet[Map]:
    return Map.objects.order_by("title", "pk")


def journeys() -> QuerySet[Journey]:
    return Journey.objects.order_by("name", "pk")


def maps_placing(touchpoints: list[int]) -> Mapping[int, int]:
    """How many maps place each of these touchpoints."""
    found = TouchpointPlacement.objects.filter(touchpoint__in=touchpoints)
    pairs = found.values_list("touchpoint", "step__stage__map").distinct()
    counts: dict[int, int] = {}
    for touchpoint, _map in pairs:
        counts[touchpoint] = counts.get(touchpoint, 0) + 1
    return counts


def _keys(filters: Filters) -> dict[str, str]:
    return {
        "channel_id": filters.channel,
        "accountable_department_id": filters.department,
        "steward_id": filters.steward,
    }


def _choices(filters: Filters) -> list[tuple[str, str, list[str]]]:
    return [
        ("accountability", filters.owner, Touchpoint.Accountability.values),
        ("design_status", filters.design, Touchpoint.DesignStatus.values),
        ("funding", filters.funding, Touchpoint.Funding.values),
    ]


def _placed(found: QuerySet[Touchpoint], filters: Filters) -> QuerySet[Touchpoint]:
    """Narrow to those at a step that all of this holds for; a subquery, so that no touchpoint comes twice."""
    asked = {"map": filters.map, "phase": filters.phase, "map__journey": filters.journey}
    wanted = {f"step__stage__{name}": int(text) for name, text in asked.items() if abouts.is_id(text)}
    maps = portfolio.current_maps() if filters.placed == "current" else Map.objects.all()
    about = abouts.narrowed(maps, filters)
    if wanted or filters.is_about or filters.placed == "current":
        at = TouchpointPlacement.objects.filter(step__stage__map__in=about.order_by().values("pk"), **wanted)
        found = found.filter(pk__in=at.values("touchpoint"))
    elif filters.map == "none":
        found = found.exclude(pk__in=TouchpointPlacement.objects.values("touchpoint"))
    return found

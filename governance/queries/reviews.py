"""The queue of reviews: which maps are reviewed, when each is due, and narrowed how.

A map is reviewed while it is in use and shows the current state, published or not. Where nobody decided otherwise, its
first review is due the usual cadence after the day it was made, in the workspace's zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta, tzinfo
from functools import reduce
from operator import and_

from django.db.models import Case, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.models import Endorsement, Review, ReviewStep
from governance.models.plans import USUAL_DAYS
from governance.queries import reviewers
from journeys.models import Map
from orgs.models import Member
from orgs.queries.matching import containing

VALIDATED = (ReviewStep.Step.UPDATE.value, ReviewStep.Step.VALIDATE.value)
"""The steps that have to be done before a review is validated."""
DUE_DAYS = 14
"""So many days before its day a review is due: there is time to do it."""

WHOSE: Mapping[str, str | Promise] = {
    "todo": _("For me to review"),
    "mine": _("Mine: to review, owned or sponsored"),
    "owned": _("Owned by me"),
    "sponsored": _("Sponsored by me"),
}
WHEN: Mapping[str, str | Promise] = {"overdue": _("Overdue"), "due": _("Overdue, or due in 14 days")}
SEARCHED = ("search_text", "journey__search_text", "owner__user__search_text", "sponsor__user__search_text")
ORDERS = {
    "due": ["due_on", "title"],
    "map": ["title"],
    "journey": ["journey__name", "title"],
    "owner": ["owner__user__name", "title"],
    "sponsor": ["sponsor__user__name", "title"],
    "cadence": ["cadence_days", "title"],
}


@dataclass(frozen=True)
class Filters:
    """What the queue is narrowed to; empty strings narrow nothing."""

    search: str = ""
    whose: str = ""
    when: str = ""
    signed: str = ""
    """Whether its sponsor signed it off: told by what is said of each map, not by this query."""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def reviewed(zone: tzinfo) -> QuerySet[Map]:
    """Maps that are reviewed, each with `cadence_days`, `due_on`, and the state of the review that is `running`."""
    return dated(zone).annotate(running=_running())


def dated(zone: tzinfo) -> QuerySet[Map]:
    """Maps that are reviewed, each with `cadence_days` and `due_on` alone."""
    first = Cast(TruncDate("created_at", tzinfo=zone) + Value(timedelta(days=USUAL_DAYS)), DateField())
    found: QuerySet[Map] = Map.objects.current().filter(state=Map.State.CURRENT)
    return found.annotate(
        cadence_days=Coalesce(F("review_plans__cadence_days"), USUAL_DAYS),
        due_on=Coalesce(F("review_plans__next_on"), first),
    )


def _running() -> Case:
    """The state of the review that is open: what cycle.state says of it; "" where none is."""
    here = OuterRef("pk")
    done = [ReviewStep.objects.filter(review__map=here, review__closed_at=None, step=step) for step in VALIDATED]
    signed = Endorsement.objects.filter(review__map=here, review__closed_at=None)
    return Case(
        When(Exists(signed), then=Value("signed")),
        When(reduce(and_, (Q(Exists(each)) for each in done)), then=Value("validated")),
        When(Exists(Review.objects.filter(map=here, closed_at=None)), then=Value("progress")),
        default=Value(""),
    )


def is_reviewed(drawn: Map) -> bool:
    """Whether a map is among those that `reviewed` gives."""
    return drawn.archived_at is None and drawn.state == Map.State.CURRENT


def first_due(drawn: Map, zone: tzinfo) -> date:
    """Return when a map is due that nobody planned a review of, as `reviewed` does."""
    return drawn.created_at.astimezone(zone).date() + timedelta(days=USUAL_DAYS)


def after(drawn: Map, today: date) -> date:
    """Return the day of the review after the one that ends today, of a map of `reviewed`.

    One that was due and not late: a cadence after its day, so that aligned reviews stay so; else from today.
    """
    due_on: date = drawn.due_on  # type: ignore[attr-defined]
    on_time = due_on >= today and is_due(due_on, today)
    return (due_on if on_time else today) + timedelta(days=drawn.cadence_days)  # type: ignore[attr-defined]


def listed(filters: Filters, *, member: Member, today: date, zone: tzinfo) -> QuerySet[Map]:
    """Maps that are reviewed and pass the filters, with journey and people."""
    found = reviewed(zone).select_related("journey", "owner__user", "sponsor__user").defer("search_text")
    if filters.search:
        found = found.filter(containing(filters.search, *SEARCHED))
    if filters.whose in WHOSE:
        found = found.filter(_of(member, filters.whose))
    if filters.when == "overdue":
        return found.filter(due_on__lt=today)
    return found.filter(due_on__lte=today + timedelta(days=DUE_DAYS)) if filters.when == "due" else found


def of(member: Member, whose: str = "mine") -> Q:
    """The condition on maps that the member keeps: as owner, as sponsor, or as either."""
    owned, sponsored = Q(owner=member), Q(sponsor=member)
    return {"owned": owned, "sponsored": sponsored}.get(whose, owned | sponsored)


def _of(member: Member, whose: str) -> Q:
    if whose in {"owned", "sponsored"}:
        return of(member, whose)
    mine = reviewers.falls_to(member)
    return mine if whose == "todo" else mine | of(member)


def is_due(due_on: date, today: date) -> bool:
    """Whether the review of a map that is due on this day is to be done now."""
    return due_on - timedelta(days=DUE_DAYS) <= today

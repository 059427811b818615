"""The unowned queue: what no department answers for, why, and since when."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journeys.models import Offer, Touchpoint, TouchpointPlacement
from journeys.queries import offers
from orgs.models import Department, Folded, MemberRole
from orgs.roles import Role

LARGEST_ID = 2**63 - 1
WHYS: Mapping[str, str | Promise] = {
    "never": _("Never offered"),
    "offered": _("Offered, undecided"),
    "declined": _("Declined"),
    "given_up": _("Given up"),
    "archived": _("Its department is archived"),
    "empty": _("Its department has no people"),
}
LATE = "late"
ORDERS = {
    # Turned round, so that what matters most and waits longest comes first.
    "importance": ["is_moment_of_truth", "weight", "-unowned_at", "-name"],
    "name": ["name"],
    "channel": ["channel__name", "name"],
    "why": ["why", "name"],
    "age": ["-unowned_at", "name"],
}
FIRST = "-importance"


@dataclass(frozen=True)
class Filters:
    """What the queue is narrowed to; empty strings narrow nothing."""

    search: str = ""
    why: str = ""
    department: str = ""
    channel: str = ""
    map: str = ""
    moment: str = ""

    @property
    def is_active(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


def listed(filters: Filters, *, now: datetime) -> QuerySet[Touchpoint]:
    """Touchpoints without an owner that pass the filters, each with `why`, `unowned_at` and `weight`.

    When the last person of a department left is kept nowhere: those stand by when it accepted.
    """
    found: QuerySet[Touchpoint] = (
        Touchpoint.objects.unowned().select_related("channel", "accountable_department").defer("search_text")
    )
    found = found.annotate(why=_why(), unowned_at=_since(), weight=Coalesce("importance_to_customer", 0))
    if filters.search:
        found = found.filter(search_text__contains=Folded(Value(filters.search)))
    if filters.why == LATE:
        found = found.filter(Exists(_waiting(now)))
    elif filters.why in WHYS:
        found = found.filter(why=filters.why)
    if filters.moment in {"yes", "no"}:
        found = found.filter(is_moment_of_truth=filters.moment == "yes")
    for column, asked in (("accountable_department_id", filters.department), ("channel_id", filters.channel)):
        if (pk := _pk(asked)) is not None:
            found = found.filter(**{column: pk})
    if (pk := _pk(filters.map)) is not None:
        found = found.filter(pk__in=TouchpointPlacement.objects.filter(step__stage__map=pk).values("touchpoint"))
    return found


def explained(found: QuerySet[Touchpoint]) -> QuerySet[Touchpoint]:
    """Say of each touchpoint why nobody answers for it (`why`, empty where somebody does) and since when."""
    return found.annotate(why=_why(), unowned_at=_since())


def _why() -> Case:
    states = Touchpoint.Accountability
    people = MemberRole.objects.filter(department_id=OuterRef("accountable_department_id"), member__left_at=None)
    return Case(
        When(accountability=states.OFFERED, then=Value("offered")),
        When(accountability=states.DECLINED, then=Value("declined")),
        When(Q(accountability=states.NONE) & ~Q(decline_reason=""), then=Value("given_up")),
        When(accountability=states.NONE, then=Value("never")),
        When(accountable_department__archived_at__isnull=False, then=Value("archived")),
        When(~Exists(people), then=Value("empty")),
        default=Value(""),
    )


def _since() -> Case:
    return Case(
        When(~Q(accountability="accepted"), then=Coalesce("unowned_since", "created_at")),
        When(accountable_department__archived_at__isnull=False, then=F("accountable_department__archived_at")),
        default=Coalesce("decided_at", "created_at"),
    )


def _waiting(now: datetime) -> QuerySet[Offer]:
    late: QuerySet[Offer] = Offer.objects.waiting_since(offers.late_before(now))
    return late.filter(touchpoint=OuterRef("pk"))


def _pk(asked: str) -> int | None:
    return int(asked) if asked.isascii() and asked.isdecimal() and int(asked) <= LARGEST_ID else None


def claimable_for(departments: set[int]) -> QuerySet[Touchpoint]:
    """What leads of these departments could claim: unowned, and offered to nobody who can still decide."""
    asked = Offer.objects.undecided().filter(touchpoint=OuterRef("pk"), department__archived_at=None)
    elsewhere = asked.filter(department__roles__role=Role.DEPARTMENT_LEAD, department__roles__member__left_at=None)
    found: QuerySet[Touchpoint] = Touchpoint.objects.unowned().filter(~Exists(elsewhere))
    return found if departments else found.none()


def in_use(departments: set[int]) -> list[Department]:
    """Return those of these departments that are not archived, by name."""
    found = Department.objects.filter(pk__in=departments, archived_at=None).order_by("name", "pk")
    return list(found) if departments else []

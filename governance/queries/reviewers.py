"""Whose the review of a map is, and why: its delegate's, its reviewers', its owner's, its sponsor's, or nobody's.

The first of them who is still here has it. Where none is, administrators hear of it.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import Reviewer, ReviewPlan
from journeys.models import Map
from orgs.access import may
from orgs.models import Member, MemberRole
from orgs.permissions import GRANTS, Permission
from orgs.roles import Role

SHOWN = 3
WHY: dict[str, str | Promise] = {
    "delegate": gettext_lazy("Delegated"),
    "reviewers": gettext_lazy("Named reviewer"),
    "owner": gettext_lazy("Owner"),
    "owner_left": gettext_lazy("Owner: the reviewers have left"),
    "sponsor": gettext_lazy("Sponsor: no owner or reviewer is here"),
    "nobody": gettext_lazy("Nobody is here to review it"),
}


@dataclass(frozen=True)
class Whose:
    """Who reviews a map next, and why they do (a key of WHY). `named`: who is to, whether they are here or not."""

    members: Sequence[Member]
    why: str
    named: Sequence[Reviewer] = ()
    delegate: Member | None = None  # even one who has left
    delegated_by: Member | None = None
    note: str = ""

    @property
    def ids(self) -> set[int]:
        return {each.pk for each in self.members}


def is_here(member: Member | None) -> bool:
    """Whether somebody can still be asked."""
    return member is not None and member.left_at is None and member.user.is_active


def of_maps(maps: Collection[Map]) -> dict[int, Whose]:
    """Return whose the next review of each map is. They come with owner and sponsor; three queries for any number."""
    named: dict[int, list[Reviewer]] = defaultdict(list)
    for each in Reviewer.objects.filter(map__in=maps).select_related("member__user", "department").order_by("pk"):
        named[each.map_id].append(each)
    leads = _leads({each.department_id for rows in named.values() for each in rows if each.department_id})
    plans = ReviewPlan.objects.filter(map__in=maps, delegate__isnull=False)
    delegated = {each.map_id: each for each in plans.select_related("delegate__user", "delegated_by__user")}
    return {drawn.pk: _whose(drawn, delegated.get(drawn.pk), named[drawn.pk], leads) for drawn in maps}


def names(whose: Whose) -> str:
    """Name who has a review, the first three of many."""
    told = [str(each) for each in whose.members]
    if len(told) > SHOWN:
        return _("%(names)s and %(n)d more") % {"names": ", ".join(told[:SHOWN]), "n": len(told) - SHOWN}
    return ", ".join(told) or _("Nobody")


def of(drawn: Map) -> Whose:
    """Return whose the next review of one map is."""
    return of_maps([drawn])[drawn.pk]


def falls_to(member: Member) -> Q:
    """The condition on maps whose next review is this member's; the same rule as `of_maps`, for the database."""
    plan = ReviewPlan.objects.filter(map=OuterRef("pk"))
    named = Reviewer.objects.filter(map=OuterRef("pk"))
    leading = Exists(_lead_roles().filter(department=OuterRef("department")))
    mine = _lead_roles().filter(member=member).values("department")
    is_delegated = Exists(plan.filter(_here("delegate")))
    is_named = Exists(named.filter(_here("member") | Q(leading)))
    to_me = Exists(named.filter(Q(member=member) | Q(department__in=mine)))
    kept = Q(owner=member) | (~_here("owner") & Q(sponsor=member))
    return Q(Exists(plan.filter(delegate=member))) | (~Q(is_delegated) & (Q(to_me) | (~Q(is_named) & kept)))


def with_ids(rows: QuerySet[Map]) -> QuerySet[Map]:
    """Maps with `reviewer_ids`: who may review each because they were asked to (orgs/access.py)."""
    leading = Q(roles__role=Role.DEPARTMENT_LEAD, roles__department__in=_named("department"))
    asked = Q(pk=OuterRef("review_plans__delegate")) | Q(pk__in=_named("member")) | leading
    return rows.annotate(reviewer_ids=ArraySubquery(_current().filter(asked).values("pk").distinct()))


def may_run(member: Member, drawn: Map) -> bool:
    """Whether a member decides about the reviews of a map of `with_ids`: begins, plans, postpones, shares them.

    Map editors do, its owner, its sponsor, and who was asked to review it, whoever has the next one.
    """
    drawn.reviewer_ids  # type: ignore[attr-defined]  # noqa: B018  without it those who were asked would be refused
    return may(member, Permission.REVIEW_RUN, drawn)


def _named(what: str) -> Any:
    """The members or departments that review the map around two subqueries."""
    named = Reviewer.objects.filter(map=OuterRef(OuterRef("pk")))
    return named.filter(**{f"{what}__isnull": False}).values(what)


def administrators() -> list[Member]:
    """Who hears of it where nobody has a review."""
    return list(_current().filter(roles__role=Role.ADMINISTRATOR).order_by("pk"))


def _whose(drawn: Map, plan: ReviewPlan | None, named: list[Reviewer], leads: dict[int, list[Member]]) -> Whose:
    told: dict[str, Any] = {"named": named}
    if plan:
        told |= {"delegate": plan.delegate, "delegated_by": plan.delegated_by, "note": plan.delegated_note}
        if is_here(plan.delegate):
            return Whose([plan.delegate], "delegate", **told)
    asked = {each.member_id: each.member for each in named if is_here(each.member)}
    asked |= {lead.pk: lead for each in named for lead in leads.get(each.department_id or 0, [])}
    if asked:
        return Whose(list(asked.values()), "reviewers", **told)
    if is_here(drawn.owner):
        return Whose([drawn.owner], "owner_left" if named else "owner", **told)  # type: ignore[list-item]
    return Whose([drawn.sponsor], "sponsor", **told) if is_here(drawn.sponsor) else Whose([], "nobody", **told)  # type: ignore[list-item]


def _leads(departments: set[int]) -> dict[int, list[Member]]:
    found: dict[int, list[Member]] = defaultdict(list)
    if departments:
        held = _lead_roles().filter(department__in=departments).select_related("member__user").order_by("member_id")
        for each in held:
            found[each.department_id].append(each.member)  # type: ignore[index]
    return found


def _lead_roles() -> QuerySet[MemberRole]:
    found: QuerySet[MemberRole] = MemberRole.objects.filter(_here("member"), role=Role.DEPARTMENT_LEAD)
    return found.filter(department__archived_at=None)


def _current() -> QuerySet[Member]:
    found: QuerySet[Member] = Member.objects.current().filter(user__is_active=True)
    return found


def _here(person: str) -> Q:
    return Q(**{f"{person}__isnull": False, f"{person}__left_at": None, f"{person}__user__is_active": True})


def can_be() -> QuerySet[Member]:
    """Who can be asked to review: those who are here and may do more than read."""
    roles = [role for role, granted in GRANTS.items() if Permission.COMMENT_WRITE in granted]
    found = _current().filter(roles__role__in=roles).distinct()
    return found.select_related("user").order_by("user__name", "pk")

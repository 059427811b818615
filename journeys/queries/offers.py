"""Who is asked, who decides, and what waits: reads about offers and those who keep a touchpoint."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from journeys.models import REMINDER_DAYS, Map, Offer, OwnershipRule, Touchpoint
from orgs.models import Department, Member, MemberRole
from orgs.queries import leads
from orgs.roles import Role


def reminder_days() -> int:
    """Return how many days an offer may wait in this workspace."""
    rule = OwnershipRule.objects.first()
    return rule.reminder_days if rule else REMINDER_DAYS


def late_before(now: datetime) -> datetime:
    """Return the moment before which an undecided offer counts as late."""
    return now - timedelta(days=reminder_days())


def with_names() -> QuerySet[Offer]:
    """Offers with all that a page says of them."""
    found: QuerySet[Offer] = Offer.objects.select_related("department", "by__user", "decided_by__user", "touchpoint")
    return found


def open_ones(touchpoints: Iterable[int]) -> dict[int, Offer]:
    """Return the undecided offer of each of these touchpoints that has one, in one query."""
    found = with_names().filter(touchpoint_id__in=list(touchpoints), state=Offer.State.OPEN)
    return {offer.touchpoint_id: offer for offer in found}


def hindrance(touchpoint: Touchpoint, waiting: Offer | None, *, is_unowned: bool) -> str:
    """Say why a touchpoint is left out when several are offered, or nothing when it is not."""
    if touchpoint.archived_at:
        return _("It is archived.")
    if waiting:
        return _("It is offered to %(name)s, who has not decided yet.") % {"name": waiting.department.name}
    if not is_unowned:
        return _("%(name)s answers for it.") % {"name": touchpoint.accountable_department}
    return ""


def leads_of(department_id: int | None) -> list[Member]:
    """Return the members who lead a department, by name."""
    held = leads.roles().filter(department_id=department_id)
    found = Member.objects.filter(pk__in=held.values("member_id")) if department_id else Member.objects.none()
    return list(found.select_related("user").order_by("user__name", "pk"))


def without_lead() -> QuerySet[Department]:
    """Departments in use that nobody leads: an offer to one finds nobody to decide."""
    led = leads.roles().filter(department_id=OuterRef("pk"))
    return Department.objects.filter(~Exists(led), archived_at=None).order_by("name", "pk")


def overseers_of(touchpoint: Touchpoint) -> list[int]:
    """Return who hears of an offer that waits too long: the sponsors of maps that use it, and the executives."""
    maps = Map.objects.current().filter(stages__steps__placements__touchpoint=touchpoint)
    sponsors = Q(pk__in=maps.exclude(sponsor=None).values("sponsor_id"))
    executives = Q(pk__in=MemberRole.objects.filter(role=Role.EXECUTIVE).values("member_id"))
    return list(Member.objects.current().filter(sponsors | executives).order_by("pk").values_list("pk", flat=True))


def keepers_of(touchpoint: Touchpoint) -> list[int]:
    """Return who decides on a suggestion: the steward and the leads; where there is neither, editors of maps."""
    keepers = [lead.pk for lead in leads_of(touchpoint.owning_department_id)]
    keepers += [touchpoint.steward_id] if touchpoint.steward_id else []
    if keepers:
        return keepers
    editors = MemberRole.objects.filter(role__in=[Role.MAP_EDITOR, Role.ADMINISTRATOR], member__left_at=None)
    return list(editors.order_by("member_id").values_list("member_id", flat=True).distinct())

"""Which touchpoints have a suggestion open, and for whom it waits."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from journeys.models import Suggestion, Touchpoint
from orgs.models import MemberRole
from orgs.queries import leads
from orgs.roles import Role

ACCEPTED = Q(accountability=Touchpoint.Accountability.ACCEPTED)
EDITORS = (Role.MAP_EDITOR, Role.ADMINISTRATOR)


def waiting() -> Q:
    """The condition on touchpoints: a suggestion is open."""
    return Q(Exists(Suggestion.objects.filter(touchpoint=OuterRef("pk"), state=Suggestion.State.OPEN)))


def kept_by(member_id: int) -> Q:
    """The condition on touchpoints that `offers.keepers_of` puts in Python: whose suggestions this member decides."""
    held = MemberRole.objects.filter(member_id=member_id, member__left_at=None)
    led = held.filter(role=Role.DEPARTMENT_LEAD).values("department_id")
    somebody_leads = Exists(leads.roles().filter(department_id=OuterRef("accountable_department_id")))
    is_nobodys = Q(Exists(held.filter(role__in=EDITORS)), ~(ACCEPTED & Q(somebody_leads)), steward=None)
    return Q(steward_id=member_id) | (ACCEPTED & Q(accountable_department_id__in=led)) | is_nobodys


def of_touchpoints(ids: Iterable[int]) -> dict[int, list[Suggestion]]:
    """Return the open suggestions of each of these touchpoints, the oldest first, in one query."""
    found = Suggestion.objects.filter(touchpoint_id__in=list(ids), state=Suggestion.State.OPEN)
    by_touchpoint: dict[int, list[Suggestion]] = {}
    for each in found.select_related("by__user").order_by("pk"):
        by_touchpoint.setdefault(each.touchpoint_id, []).append(each)
    return by_touchpoint

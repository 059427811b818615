"""Whether a department that answers for a touchpoint has anybody in it."""

from django.db.models import Exists, OuterRef

from orgs.models import MemberRole


def has_people(department: str = "accountable_department") -> Exists:
    """The condition that somebody who is still here holds a role in the department at this place."""
    return Exists(MemberRole.objects.filter(department=OuterRef(department), member__left_at=None))

"""What a member answers for in this app: departments that nobody else leads."""

from django.db.models import Count, Q

from orgs.models import Department, Member, MemberRole
from orgs.roles import Role
from orgs.services import audit

LEADS = Q(roles__role=Role.DEPARTMENT_LEAD)


def departments_led_alone(member: Member) -> list[Department]:
    """The departments in use whose only lead is this member."""
    led = Department.objects.filter(archived_at=None).annotate(leads=Count("roles", filter=LEADS))
    mine = MemberRole.objects.filter(member=member, role=Role.DEPARTMENT_LEAD).values("department_id")
    return list(led.filter(leads=1, pk__in=mine).order_by("name", "pk"))


def hand_over_lead(department: Department, *, to: Member | None, by: Member) -> None:
    """Make somebody the department's lead. With nobody it has none, once the one who leaves is gone."""
    if to is None:
        return
    held, is_new = MemberRole.objects.get_or_create(member=to, role=Role.DEPARTMENT_LEAD, department=department)
    if is_new:
        audit.record("member.take_over", to, by=by, after={"role": str(held)})

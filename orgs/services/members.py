"""Adds people to a workspace, gives them roles, lets them go. A workspace always keeps one administrator."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from orgs.models import Department, Member, MemberRole, User, Workspace
from orgs.queries import memberships
from orgs.registry import HOLDINGS
from orgs.roles import DEPARTMENT_ROLES, Role
from orgs.scope import scope, workspace_id
from orgs.services import audit, stale

Held = tuple[Role, Department | None]
SEEN_EVERY = timedelta(minutes=1)


class RoleNeedsDepartment(ValueError):
    """Department leads and contributors hold their role for a department."""


class LastAdministrator(ValueError):
    """A workspace keeps at least one administrator."""


class AlreadyMember(ValueError):
    """The person is a member of this workspace already."""


class NothingHeld(ValueError):
    """A member holds at least one role."""


class NotAMember(ValueError):
    """Somebody who left, or is leaving, cannot take anything over."""


@transaction.atomic
def add(*, user: User, roles: Iterable[Held], by: Member | None) -> Member:
    """Make a person a member with these roles, again after leaving. Raises RoleNeedsDepartment, AlreadyMember."""
    known = Member.objects.select_for_update(of=("self",)).filter(user=user).first()
    if known and known.left_at is None:
        raise AlreadyMember(_("%(name)s is a member already.") % {"name": user})
    member = known or Member(user=user)
    member.left_at = None
    member.save()
    held = _give(member, roles)
    audit.record("member.add", member, by=by or member, after={"roles": held})
    return member


@transaction.atomic
def change_roles(*, member: Member, roles: Iterable[Held], was: str, by: Member) -> None:
    """Give a member exactly these roles; they count from the next request on, and sessions get new keys.

    Raises ChangedMeanwhile, NothingHeld, RoleNeedsDepartment, LastAdministrator.
    """
    _take_turns()
    before = roles_of(member)
    stale.refuse(was, {"roles": before})
    wanted = list(dict.fromkeys(roles))
    if not wanted:
        raise NothingHeld(_("Choose at least one role, or let the person go."))
    member.roles.all().delete()
    after = _give(member, wanted)
    _require_administrator()
    if before != after:
        User.objects.filter(pk=member.user_id).update(rights_epoch=F("rights_epoch") + 1)
        audit.record("member.change_roles", member, by=by, before={"roles": before}, after={"roles": after})


@transaction.atomic
def remove(*, member: Member, handed: Mapping[str, Member | None], by: Member, now: datetime) -> None:
    """Let a member go: each thing held goes to who `handed` names for its kind, or to nobody; history keeps the name.

    Access ends with the next request. Sessions end too when it was the person's last workspace. Raises
    LastAdministrator, NotAMember.
    """
    _take_turns()
    before = roles_of(member)
    _hand_over(member, handed, by)
    member.roles.all().delete()
    member.left_at = now
    member.save(update_fields=["left_at"])
    _require_administrator()
    audit.record("member.remove", member, by=by, before={"roles": before}, after={"roles": []})
    _end_sessions(member.user_id)


def roles_of(member: Member) -> list[str]:
    """Return the member's roles in words, in one order."""
    return sorted(str(held) for held in member.roles.select_related("department"))


def saw(member: Member, *, now: datetime) -> None:
    """Keep when the member was last here, to the minute. No change of anybody's: no audit entry."""
    if member.last_seen_at is None or now - member.last_seen_at >= SEEN_EVERY:
        # Two requests side by side do not wait for each other: one of them writes.
        free = Member.objects.select_for_update(skip_locked=True).filter(pk=member.pk)
        Member.objects.filter(pk__in=list(free.values_list("pk", flat=True))).update(last_seen_at=now)


def _give(member: Member, roles: Iterable[Held]) -> list[str]:
    held = [_role(member, role, department) for role, department in roles]
    MemberRole.objects.bulk_create(held)
    return sorted(str(one) for one in held)


def _role(member: Member, role: Role, department: Department | None) -> MemberRole:
    if role not in DEPARTMENT_ROLES:
        return MemberRole(member=member, role=role)
    if department is None:
        raise RoleNeedsDepartment(_("Choose a department for the role %(role)s.") % {"role": role.label})
    return MemberRole(member=member, role=role, department=department)


def _take_turns() -> None:
    """Two administrators who let each other go must not both succeed: changes of a workspace's people take turns."""
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace_id())


def _require_administrator() -> None:
    if not Member.objects.current().filter(roles__role=Role.ADMINISTRATOR, user__is_active=True).exists():
        raise LastAdministrator(
            _("A workspace keeps at least one administrator. Make somebody else an administrator first.")
        )


def _hand_over(member: Member, handed: Mapping[str, Member | None], by: Member) -> None:
    for holding in HOLDINGS:
        to = handed.get(holding.key)
        if to and (to.left_at or to.pk == member.pk):
            raise NotAMember(_("Choose somebody who stays in the workspace."))
        for record in holding.held(member) if to or holding.can_be_nobodys else ():
            holding.hand_over(record, to=to, by=by)


def _end_sessions(user_id: int) -> None:
    with scope(None, user_id=user_id):
        is_elsewhere = memberships.all_of_person(user_id).exists()
    epoch = "rights_epoch" if is_elsewhere else "session_epoch"
    User.objects.filter(pk=user_id).update(**{epoch: F(epoch) + 1})

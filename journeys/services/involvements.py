"""Says which department is responsible for a touchpoint, consulted or informed; one role per department."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Involvement, Touchpoint
from journeys.services.left_out import LeftOut
from orgs.models import Department, Member
from orgs.services import audit

NONE = ""


class ChangedMeanwhile(ValueError):
    """Somebody set this cell since the person saw it; `stands` is the role there now."""

    def __init__(self, stands: str):
        words = Involvement.Role(stands).label if stands else _("no role")
        super().__init__(_("Somebody changed this meanwhile: it says “%(role)s” now.") % {"role": words})
        self.stands = stands


class CannotInvolve(ValueError):
    """This touchpoint or department takes no role; the sentence says why."""


@transaction.atomic
def put(*, touchpoint: Touchpoint, department: Department, role: str, seen: str, by: Member) -> str:
    """Give the department this role at the touchpoint, or none (""), where `seen` is what the person saw there.

    Returns the role that stands now. Raises ChangedMeanwhile, CannotInvolve.
    """
    kept = Touchpoint.objects.select_for_update().get(pk=touchpoint.pk)
    _refuse(kept, department, role)
    held = Involvement.objects.filter(touchpoint=kept, department=department).first()
    stands = held.role if held else NONE
    if role == stands:
        return stands
    if seen != stands:
        raise ChangedMeanwhile(stands)
    _write(kept, department, held, role, by)
    return role


@dataclass(frozen=True)
class Given:
    """What giving many touchpoints one role came to: how many changed, how many had it, which were left out."""

    changed: int
    same: int
    left: list[LeftOut]


@transaction.atomic
def put_many(
    *, touchpoints: Sequence[Touchpoint], department: Department, role: str, is_replacing: bool, by: Member
) -> Given:
    """Give the department this role at each touchpoint; where it has another one only when `is_replacing`."""
    chosen = Touchpoint.objects.filter(pk__in=[each.pk for each in touchpoints])
    locked = list(chosen.select_for_update().order_by("pk"))
    there = Involvement.objects.filter(touchpoint__in=locked, department=department)
    held = {each.touchpoint_id: each for each in there}
    changed, same, left = 0, 0, []
    for kept in sorted(locked, key=lambda each: each.name):
        one = held.get(kept.pk)
        if role == (one.role if one else NONE):
            same += 1
        elif why := _hindrance(kept, department, role, one, is_replacing):
            left.append(LeftOut(kept, why))
        else:
            _write(kept, department, one, role, by)
            changed += 1
    return Given(changed, same, left)


def _hindrance(kept: Touchpoint, department: Department, role: str, one: Involvement | None, is_replacing: bool) -> str:
    """Say why the department does not get the role here; "" where it does."""
    try:
        _refuse(kept, department, role)
    except CannotInvolve as refused:
        return str(refused)
    if one and not is_replacing:
        told = {"department": department.name, "role": one.get_role_display()}
        return _("%(department)s has the role “%(role)s” here.") % told
    return ""


def follow_merge(*, stays: Touchpoint, goes: Touchpoint, **_more: Any) -> dict[str, Any]:
    """Give what departments do at a merged touchpoint to the one that stays; a role that stands there stays."""
    there = Involvement.objects.filter(touchpoint=stays).values("department")
    Involvement.objects.filter(touchpoint=goes, department__in=there).delete()
    return {"involvements": Involvement.objects.filter(touchpoint=goes).update(touchpoint=stays)}


def _refuse(kept: Touchpoint, department: Department, role: str) -> None:
    if role not in {NONE, *Involvement.Role.values}:
        raise CannotInvolve(_("Choose responsible, consulted, informed or none."))
    if kept.archived_at:
        raise CannotInvolve(_("“%(name)s” is archived. Restore it first.") % {"name": kept.name})
    if department.archived_at and role:
        raise CannotInvolve(_("%(name)s is archived. Choose a department in use.") % {"name": department.name})


def _write(kept: Touchpoint, department: Department, held: Involvement | None, role: str, by: Member) -> None:
    before = {"department": department.name, "role": str(held.get_role_display())} if held else {}
    if held and role:
        held.role = role
        held.save(update_fields=["role"])
    elif held:
        held.delete()
    else:
        Involvement.objects.create(touchpoint=kept, department=department, role=role)
    word = str(Involvement.Role(role).label) if role else ""
    after = {"department": department.name, "role": word or before.get("role", "")}
    audit.record("touchpoint.involve" if role else "touchpoint.release", kept, by=by, before=before, after=after)

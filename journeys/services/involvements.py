"""Says which department is responsible for a touchpoint, consulted or informed; one role per department."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Involvement, Touchpoint
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


@transaction.atomic
def put_many(
    *, touchpoints: Sequence[Touchpoint], department: Department, role: str, is_replacing: bool, by: Member
) -> int:
    """Give the department this role at each touchpoint; where it has one already only when `is_replacing`.

    Returns how many changed. Raises CannotInvolve.
    """
    rows = Touchpoint.objects.select_for_update().filter(pk__in=[each.pk for each in touchpoints]).order_by("pk")
    locked = list(rows)
    there = Involvement.objects.filter(touchpoint__in=locked, department=department)
    held = {each.touchpoint_id: each for each in there}
    changed = 0
    for kept in locked:
        one = held.get(kept.pk)
        if (one and not is_replacing) or role == (one.role if one else NONE):
            continue
        _refuse(kept, department, role)
        _write(kept, department, one, role, by)
        changed += 1
    return changed


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

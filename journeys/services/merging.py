"""Merges a touchpoint that stands twice into the one that stays: fields, maps, systems, and what higher apps move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.field_kinds import Field
from journeys.fields import EVERY
from journeys.models import Touchpoint, TouchpointPlacement
from journeys.registry import ON_MERGE
from journeys.services import changes as changing
from journeys.services.touchpoints import IsArchived, NameIsTaken, StaleVersion, same_named
from orgs.models import Member
from orgs.services import audit

ACCOUNTABILITY = [
    "accountable_department",
    "accountability",
    "offered_at",
    "decided_at",
    "decline_reason",
    "unowned_since",
]
BOTH = "both"


class SameTouchpoint(ValueError):
    """A touchpoint cannot be merged with itself."""


@dataclass(frozen=True)
class Pair:
    """A field of both, and what is kept unless the person says otherwise."""

    field: Field
    stays: str
    goes: str
    kept: str  # stays, goes or both

    @property
    def differs(self) -> bool:
        return self.stays != self.goes


def pairs(stays: Touchpoint, goes: Touchpoint) -> list[Pair]:
    """Lay both side by side: what is empty in the one that stays is filled, systems are joined."""
    return [_pair(field, field.value_of(stays), field.value_of(goes)) for field in EVERY]


@transaction.atomic
def merge(
    *,
    stays: Touchpoint,
    goes: Touchpoint,
    versions: tuple[int, int],
    kept: Mapping[str, str],
    by: Member,
    now: datetime,
) -> Touchpoint:
    """Merge `goes` into `stays`. `kept` says by field whose value stays: "stays", "goes" or "both" (systems).

    Raises SameTouchpoint, IsArchived, NameIsTaken, BadValues, and StaleVersion when either changed since `versions`.
    """
    if stays.pk == goes.pk:
        raise SameTouchpoint(_("Choose two different touchpoints."))
    stays, goes = _locked(stays.pk, goes.pk)
    for each, version in zip((stays, goes), versions, strict=True):
        if each.version != version:
            raise StaleVersion(each, [])
    told = {"merged": goes.name, "merged_id": goes.pk, **_moved(stays, goes, by, now)}
    _retire(goes, stays, by, now)
    changes = changing.work_out(stays, _values(stays, goes, kept), today=now.date())
    _keep(stays, goes, changes)
    before, after = changing.told(changes)
    audit.record("touchpoint.merge", stays, by=by, before=before, after={**after, **told})
    return stays


def _pair(field: Field, stays: Any, goes: Any) -> Pair:
    kept = "goes" if goes and not stays else "stays"
    if field.key == "systems" and stays and goes:
        kept = BOTH
    return Pair(field, field.words(field.told(stays)), field.words(field.told(goes)), kept)


def _locked(*pks: int) -> list[Touchpoint]:
    """Both rows, locked in the order of their ids so that two merges never wait for each other."""
    found = {row.pk: row for row in changing.locked().filter(pk__in=pks).order_by("pk")}
    for row in found.values():
        if row.archived_at:
            raise IsArchived(_("“%(name)s” is archived or merged already.") % {"name": row.name})
    return [found[pk] for pk in pks]


def _values(stays: Touchpoint, goes: Touchpoint, kept: Mapping[str, str]) -> dict[str, Any]:
    values = {"design_status_since": stays.design_status_since}
    for field in EVERY:
        if kept.get(field.key) == "goes":
            values[field.key] = field.value_of(goes)
        elif kept.get(field.key) == BOTH and field.key == "systems":
            values[field.key] = field.clean([*field.value_of(stays), *field.value_of(goes)])
    return values


def _moved(stays: Touchpoint, goes: Touchpoint, by: Member, now: datetime) -> dict[str, Any]:
    there = TouchpointPlacement.objects.filter(touchpoint=stays).values("step")
    TouchpointPlacement.objects.filter(touchpoint=goes, step__in=there).delete()
    told: dict[str, Any] = {"placements": TouchpointPlacement.objects.filter(touchpoint=goes).update(touchpoint=stays)}
    for step in ON_MERGE:
        told |= step.move(stays=stays, goes=goes, by=by, now=now)
    return told


def _retire(goes: Touchpoint, stays: Touchpoint, by: Member, now: datetime) -> None:
    goes.archived_at, goes.merged_into, goes.version = now, stays, goes.version + 1
    goes.save(update_fields=["archived_at", "merged_into", "version"])
    Touchpoint.objects.filter(merged_into=goes).update(merged_into=stays)
    audit.record("touchpoint.merge_away", goes, by=by, after={"into": stays.name, "into_id": stays.pk})


def _keep(stays: Touchpoint, goes: Touchpoint, changes: Sequence[changing.Change]) -> None:
    changing.put(stays, changes)
    other = same_named(stays.name, stays.channel).exclude(pk__in=[stays.pk, goes.pk]).first()
    if other:
        raise NameIsTaken(other)
    changing.write([(stays, list(changes))])
    if stays.accountability == Touchpoint.Accountability.NONE:
        for name in ACCOUNTABILITY:
            setattr(stays, name, getattr(goes, name))
        stays.save(update_fields=ACCOUNTABILITY)

"""Merges a record that stands twice into the one that stays: fields, maps, history, and what higher apps move."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.field_kinds import Field
from journeys.finding_fields import fields_of
from journeys.models import Finding, FindingPlacement, Touchpoint, TouchpointPlacement
from journeys.registry import merge_steps
from journeys.services import changes as changing
from journeys.services import findings, touchpoints
from orgs.models import Member
from orgs.services import audit

Record = Touchpoint | Finding
BOTH = "both"


class CannotMerge(ValueError):
    """These two cannot be merged; the sentence says why."""


class ChangedMeanwhile(CannotMerge):
    """One of the two is otherwise than the person saw it."""


@dataclass(frozen=True)
class Kind:
    """What is different between touchpoints and findings: their rows, their places on maps, how they are written."""

    locked: Callable[[], Any]
    placements: Any
    keep: Callable[[Any, Any, Mapping[str, Any], date], list[changing.Change]]


KINDS: dict[type[Record], Kind] = {
    Touchpoint: Kind(changing.locked, TouchpointPlacement, touchpoints.keep_merged),
    Finding: Kind(findings.locked, FindingPlacement, findings.keep_merged),
}


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


def pairs(stays: Record, goes: Record) -> list[Pair]:
    """Lay both side by side: what is empty in the one that stays is filled, several records are joined."""
    return [_pair(field, field.value_of(stays), field.value_of(goes)) for field in fields_of(stays).values()]


@transaction.atomic
def merge(
    *,
    stays: Record,
    goes: Record,
    versions: tuple[int, int],
    kept: Mapping[str, str],
    by: Member,
    now: datetime,
) -> Record:
    """Merge `goes` into `stays`. `kept` says by field whose value stays: "stays", "goes" or "both" (systems).

    Raises BadValues, CannotMerge, and ChangedMeanwhile when either changed since `versions`.
    """
    if stays.pk == goes.pk:
        raise CannotMerge(_("Choose two different ones."))
    kind, noun = KINDS[type(stays)], stays._meta.model_name
    stays, goes = _locked(kind, stays.pk, goes.pk)
    if isinstance(stays, Finding) and stays.kind != goes.kind:
        raise CannotMerge(_("Two of different kinds cannot be merged."))
    if (stays.version, goes.version) != versions:
        raise ChangedMeanwhile(_("One of the two was changed since you looked. Look at both again, then merge them."))
    told = {"merged": goes.name, "merged_id": goes.pk, **_moved(kind, stays, goes, by, now)}
    _retire(goes, stays, by, now)
    try:
        changes = kind.keep(stays, goes, _values(stays, goes, kept), now.date())
    except (touchpoints.NameIsTaken, findings.NameIsTaken) as refused:
        raise CannotMerge(str(refused)) from None
    before, after = changing.told(changes)
    audit.record(f"{noun}.merge", stays, by=by, before=before, after={**after, **told})
    return stays


def _pair(field: Field, stays: Any, goes: Any) -> Pair:
    kept = "goes" if goes and not stays else "stays"
    if field.kind == "records" and stays and goes:
        kept = BOTH
    return Pair(field, field.words(field.told(stays)), field.words(field.told(goes)), kept)


def _locked(kind: Kind, *pks: int) -> list[Any]:
    """Both rows, locked in the order of their ids so that two merges never wait for each other."""
    found = {row.pk: row for row in kind.locked().filter(pk__in=pks).order_by("pk")}
    for row in found.values():
        if row.archived_at:
            raise CannotMerge(_("“%(name)s” is archived or merged already.") % {"name": row.name})
    return [found[pk] for pk in pks]


def _values(stays: Record, goes: Record, kept: Mapping[str, str]) -> dict[str, Any]:
    values = {}
    for key, field in fields_of(stays).items():
        if kept.get(key) == "goes":
            values[key] = field.value_of(goes)
        elif kept.get(key) == BOTH and field.kind == "records":
            values[key] = field.clean([*field.value_of(stays), *field.value_of(goes)])
    return values


def _moved(kind: Kind, stays: Record, goes: Record, by: Member, now: datetime) -> dict[str, Any]:
    rows, noun = kind.placements.objects, str(stays._meta.model_name)
    there = rows.filter(**{noun: stays}).values("step")
    rows.filter(step__in=there, **{noun: goes}).delete()
    told: dict[str, Any] = {"placements": rows.filter(**{noun: goes}).update(**{noun: stays})}
    for step in merge_steps(stays):
        told |= step.move(stays=stays, goes=goes, by=by, now=now)
    return told


def _retire(goes: Any, stays: Any, by: Member, now: datetime) -> None:
    goes.archived_at, goes.merged_into, goes.version = now, stays, goes.version + 1
    goes.save(update_fields=["archived_at", "merged_into", "version"])
    type(goes).objects.filter(merged_into=goes).update(merged_into=stays)
    audit.record(f"{goes._meta.model_name}.merge_away", goes, by=by, after={"into": stays.name, "into_id": stays.pk})

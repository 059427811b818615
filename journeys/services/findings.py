"""Makes findings (pains, gains, needs, opportunities), edits them field by field, archives and restores them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from journeys.finding_fields import of_kind
from journeys.models import Evidence, Finding
from journeys.services import changes as changing
from journeys.services import names, saves
from journeys.services.changes import Change
from orgs.models import AuditEntry, Member
from orgs.services import audit, naming


class FindingChanged(ValueError):
    """Somebody changed the same field meanwhile. Nothing is saved: both texts are here, for the person to choose."""

    def __init__(self, finding: Finding, conflicts: list[Change]):
        super().__init__(_("Somebody changed this meanwhile."))
        self.record = finding  # as it is now
        self.conflicts = conflicts


class FindingIsArchived(ValueError):
    """An archived finding is not edited or placed anew."""

    def __init__(self) -> None:
        super().__init__(_("It is archived. Restore it first."))


class FindingIsMerged(FindingIsArchived):
    """A merged finding lives on in another; change or place that one."""

    def __init__(self) -> None:
        ValueError.__init__(self, _("It lives on in the finding it was merged into. Change that one."))


class NameIsTaken(ValueError):
    """Another finding of this kind in use has this name; `other` is it."""

    def __init__(self, other: Finding | None) -> None:
        super().__init__(_("There is one of this name already."))
        self.other = other


@transaction.atomic
def find_or_create(*, kind: str, name: str, by: Member) -> tuple[Finding, bool]:
    """Return the finding in use of this kind and name, made if it is new. Raises names.BadName.

    The name of a merged one means the one that stayed, unless another has taken that name since.
    """
    clean = names.clean(name)
    if stayed := _merged(kind, clean):
        return stayed, False
    finding, is_new = naming.find_or_create(Finding.objects.current(), clean, kind=kind)
    if is_new:
        audit.record("finding.create", finding, by=by, after={"name": finding.name, "kind": kind})
    return finding, is_new


@transaction.atomic
def create(*, kind: str, values: Mapping[str, Any], by: Member, origin: str = "") -> Finding:
    """Make a finding from the fields given. Raises changes.BadValues, NameIsTaken."""
    fields = of_kind(kind)
    fresh = Finding(kind=kind, **changing.cleaned({"name": "", **values}, fields))
    told = [Change(fields[key], None, fields[key].value_of(fresh)) for key in fields if fields[key].value_of(fresh)]
    changing.check(told)
    _write(fresh, force_insert=True)
    audit.record("finding.create", fresh, by=by, after={**changing.told(told)[1], "kind": kind}, origin=origin)
    return fresh


@transaction.atomic
def edit(
    *, finding: Finding, version: int, changes: Mapping[str, Any], by: Member, origin: str = ""
) -> tuple[Finding, AuditEntry | None]:
    """Change fields of a finding that the caller saw in `version`. Edits of different fields never conflict.

    Returns it as it is now and the entry of what changed, None when nothing did. Raises changes.BadValues,
    FindingChanged (nothing is saved), NameIsTaken, FindingIsArchived.
    """
    kept = _in_use(finding.pk)
    wanted = _wanted(kept, changing.cleaned(changes, of_kind(kept.kind)))
    newer = [each for each in wanted if _is_newer(kept, each.field.key, version)]
    if newer:
        raise FindingChanged(kept, newer)
    if not wanted:
        return kept, None
    changing.check(wanted)
    changing.put(kept, wanted)
    _write(kept)
    before, after = changing.told(wanted)
    return kept, audit.record("finding.edit", kept, by=by, before=before, after=after, origin=origin)


@transaction.atomic
def save(*, finding: Finding, key: str, raw: Any, version: int, token: str, by: Member, now: datetime) -> saves.Saved:
    """Edit one field from its page. The same `token` from the same member a second time changes nothing.

    Raises what `edit` raises.
    """
    kept = locked().get(pk=finding.pk)  # two deliveries of one save wait for each other here
    entry = saves.heard(kept, "finding.edit", token, by)
    if entry is None:
        done, _entry = edit(finding=kept, version=version, changes={key: raw}, by=by, origin=saves.origin_of(token))
        return saves.Saved(done, done.version)
    field = of_kind(kept.kind)[key]
    if field.is_same(field.told(field.value_of(kept)), entry.after.get(key)):
        return saves.Saved(kept, kept.version)
    return saves.Saved(kept, version, changed_since=True)


@transaction.atomic
def archive(*, finding: Finding, version: int, by: Member, now: datetime) -> Finding:
    """Take a finding out of use: it is offered nowhere and stays where it is placed. Raises FindingChanged."""
    kept = locked().get(pk=finding.pk)
    if kept.archived_at:
        return kept
    if kept.version != version:
        raise FindingChanged(kept, [])
    kept.archived_at, kept.version = now, kept.version + 1
    kept.save(update_fields=["archived_at", "version"])
    audit.record("finding.archive", kept, by=by)
    return kept


@transaction.atomic
def restore(*, finding: Finding, by: Member) -> Finding:
    """Bring an archived finding back into use. Raises NameIsTaken, FindingIsMerged."""
    kept = locked().get(pk=finding.pk)
    if kept.merged_into_id:
        raise FindingIsMerged
    if kept.archived_at is None:
        return kept
    kept.archived_at, kept.version = None, kept.version + 1
    _write(kept)
    audit.record("finding.restore", kept, by=by)
    return kept


def keep_merged(stays: Finding, goes: Finding, values: Mapping[str, Any], today: date) -> list[Change]:
    """Write what stays after `goes` was merged into it. Raises BadValues, NameIsTaken."""
    wanted = _wanted(stays, values)
    changing.put(stays, wanted)
    _write(stays)
    return wanted


def locked() -> Any:
    """Findings whose rows nobody else changes until the transaction ends, with all that their fields show."""
    return Finding.objects.select_related("owner__user").select_for_update(of=("self",))


def _wanted(kept: Finding, values: Mapping[str, Any]) -> list[Change]:
    fields = of_kind(kept.kind)
    return [
        Change(fields[key], was, value) for key, value in values.items() if (was := fields[key].value_of(kept)) != value
    ]


def _in_use(pk: int) -> Finding:
    kept: Finding = locked().get(pk=pk)
    if kept.merged_into_id:
        raise FindingIsMerged
    if kept.archived_at:
        raise FindingIsArchived
    return kept


def _is_newer(kept: Finding, key: str, version: int) -> bool:
    """Whether the field changed after the version seen. A version yet to come was never seen at all."""
    return kept.field_versions.get(key, 1) > version or version > kept.version


def _write(finding: Finding, **how: Any) -> None:
    if finding.evidence == Evidence.VALIDATED and not finding.source:
        raise changing.BadValues({"evidence": _("Say in its source first what validated it.")})
    others = _same_named(finding.kind, finding.name).current().exclude(pk=finding.pk)
    if other := others.first():
        raise NameIsTaken(other)
    try:
        with transaction.atomic():
            finding.save(**how)
    except IntegrityError:  # somebody took the name between the two statements
        raise NameIsTaken(others.first()) from None


def _same_named(kind: str, name: str) -> Any:
    return Finding.objects.filter(Exact(Lower("name"), Lower(Value(name))), kind=kind)


def _merged(kind: str, name: str) -> Finding | None:
    same = _same_named(kind, name)
    if same.current().exists():
        return None
    found = same.filter(merged_into__archived_at=None).exclude(merged_into=None).select_related("merged_into")
    gone = found.order_by("-archived_at", "pk").first()
    return gone.merged_into if gone else None

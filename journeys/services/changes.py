"""Works out what an edit changes and writes it: one touchpoint or many, with what the audit entries tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from journeys.field_kinds import BadValue, Field
from journeys.fields import FIELDS, RECORDS
from journeys.models import Touchpoint, TouchpointSystem
from orgs.models import AuditEntry, Member, Workspace
from orgs.services import audit

AT_ONCE = 1000
JOINED = [*RECORDS, "steward__user"]
COLUMNS = [key for key in FIELDS if key != "systems"]


class BadValues(ValueError):
    """Some values cannot be taken; `problems` says why, by field."""

    def __init__(self, problems: Mapping[str, str]):
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True)
class Change:
    """One field of one touchpoint, from its value to another."""

    field: Field
    before: Any
    after: Any

    @property
    def before_words(self) -> str:
        return self.field.words(self.field.told(self.before))

    @property
    def after_words(self) -> str:
        return self.field.words(self.field.told(self.after))


def locked() -> QuerySet[Touchpoint]:
    """Touchpoints whose rows nobody else changes until the transaction ends, with all that their fields show."""
    return with_fields().select_for_update(of=("self",))


def with_fields() -> QuerySet[Touchpoint]:
    found: QuerySet[Touchpoint] = Touchpoint.objects.select_related(*JOINED)
    return found.prefetch_related("system_links__system")


def today_of(touchpoint: Touchpoint, now: datetime) -> date:
    return now.astimezone(Workspace.objects.get(pk=touchpoint.workspace_id).tzinfo).date()


def cleaned(wanted: Mapping[str, Any], fields: Mapping[str, Field] = FIELDS) -> dict[str, Any]:
    """Return the value of each field. Raises BadValues."""
    values, problems = {}, {}
    for key, raw in wanted.items():
        try:
            values[key] = fields[key].clean(raw)
        except KeyError:
            problems[key] = f"{key} is no field of this record."
        except BadValue as problem:
            problems[key] = str(problem)
    if problems:
        raise BadValues(problems)
    return values


def work_out(touchpoint: Touchpoint, values: Mapping[str, Any], *, today: date) -> list[Change]:
    """Return what these clean values change. A new design status holds since today unless a day is given."""
    changes = [
        Change(FIELDS[key], before, after)
        for key, after in values.items()
        if (before := FIELDS[key].value_of(touchpoint)) != after
    ]
    changed = {change.field.key for change in changes}
    if "design_status" in changed and "design_status_since" not in values and touchpoint.design_status_since != today:
        changes.append(Change(FIELDS["design_status_since"], touchpoint.design_status_since, today))
    return changes


def check(changes: Sequence[Change]) -> None:
    """Refuse new values that may no longer be chosen. Raises BadValues."""
    problems = {}
    for change in changes:
        try:
            change.field.check(change.after)
        except BadValue as problem:
            problems[change.field.key] = str(problem)
    if problems:
        raise BadValues(problems)


def told(changes: Sequence[Change]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the audit entry keeps as before and after."""
    return (
        {change.field.key: change.field.told(change.before) for change in changes},
        {change.field.key: change.field.told(change.after) for change in changes},
    )


def put(touchpoint: Touchpoint, changes: Sequence[Change]) -> None:
    """Put the changes into the object, as its next version."""
    touchpoint.version += 1
    for change in changes:
        touchpoint.field_versions[change.field.key] = touchpoint.version
        if change.field.key != "systems":
            setattr(touchpoint, change.field.key, change.after)


def write(pairs: Sequence[tuple[Touchpoint, list[Change]]]) -> None:
    """Write changed touchpoints (`put` before) with a few statements, however many. Raises IntegrityError."""
    rows = [touchpoint for touchpoint, _changes in pairs]
    Touchpoint.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*COLUMNS, "version", "field_versions"],
        batch_size=AT_ONCE,
    )
    write_systems([(row, c.after) for row, changes in pairs for c in changes if c.field.key == "systems"])


def write_systems(wanted: Sequence[tuple[Touchpoint, Any]]) -> None:
    if not wanted:
        return
    TouchpointSystem.objects.filter(touchpoint__in=[row for row, _systems in wanted]).delete()
    links = [TouchpointSystem(touchpoint=row, system=system) for row, systems in wanted for system in systems]
    TouchpointSystem.objects.bulk_create(links, batch_size=AT_ONCE)
    for row, _systems in wanted:
        getattr(row, "_prefetched_objects_cache", {}).pop("system_links", None)


def record(
    action: str, pairs: Sequence[tuple[Touchpoint, list[Change]]], *, by: Member | None, origin: str = ""
) -> list[AuditEntry]:
    """Write an audit entry per touchpoint."""
    tellings = {touchpoint.pk: told(changes) for touchpoint, changes in pairs}
    return audit.record_many(
        action,
        [touchpoint for touchpoint, _changes in pairs],
        by=by,
        before={pk: before for pk, (before, _after) in tellings.items()},
        after={pk: after for pk, (_before, after) in tellings.items()},
        origin=origin,
    )

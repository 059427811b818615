"""Plans what a CSV of touchpoints would make and change, row by row, and does it once a person accepted the plan."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.exports.touchpoints_csv import ACCOUNTABILITY, ARCHIVED, DEPARTMENT, ID
from journeys.field_kinds import BadValue
from journeys.fields import FIELDS
from journeys.models import Channel, System, Touchpoint, TouchpointImport
from journeys.name_cells import taken_apart
from journeys.pipelines.csv_reading import Table, read
from journeys.services import changes as changing
from journeys.services import touchpoints
from journeys.services.batches import PreviewIsStale, fingerprint_of
from journeys.services.changes import BadValues, Change
from orgs.access import may
from orgs.models import Department, Member
from orgs.permissions import Permission
from orgs.services import audit

OTHERWISE = {ID, DEPARTMENT, ACCOUNTABILITY, ARCHIVED}


@dataclass
class PlannedRow:
    """One row of the file: made, changed, unchanged or refused with the reason."""

    number: int
    name: str
    kind: str  # create, update, same, problem
    touchpoint: Touchpoint | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    department: Department | None = None
    problem: str = ""


@dataclass(frozen=True)
class Plan:
    rows: Sequence[PlannedRow]
    unread: Sequence[str]
    fingerprint: str

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(row.kind for row in self.rows)
        return {kind: counted[kind] for kind in ("create", "update", "same", "problem")}

    def of(self, kind: str) -> list[PlannedRow]:
        return [row for row in self.rows if row.kind == kind]


def plan(upload: TouchpointImport, *, by: Member, now: datetime) -> Plan:
    """Say what each row would do. A fixed number of queries, however many rows. Raises UnreadableFile."""
    table = read(upload.text)
    return _plan(table, list(changing.with_fields().filter(merged_into=None)), by, now)


@transaction.atomic
def accept(upload: TouchpointImport, *, fingerprint: str, by: Member, now: datetime) -> Plan:
    """Do what the plan said: make and change, with an audit entry each; rows with a problem are left out.

    Raises PreviewIsStale when a touchpoint changed since the plan was shown, or the file was accepted already.
    """
    kept = TouchpointImport.objects.select_for_update().get(pk=upload.pk)
    if kept.accepted_at:
        raise PreviewIsStale(_("This file was taken in already."))
    done = _plan(read(kept.text), list(changing.locked().filter(merged_into=None).order_by("pk")), by, now)
    if done.fingerprint != fingerprint:
        raise PreviewIsStale(_("Something changed since you looked. Look again before you accept."))
    origin = f"File {kept.name}"[:200]
    pairs = [(row.touchpoint, list(row.changes)) for row in done.of("update") if row.touchpoint]
    for touchpoint, changes in pairs:
        changing.put(touchpoint, changes)
    changing.write(pairs)
    changing.record("touchpoint.edit", pairs, by=by, origin=origin)
    for row in done.of("create"):
        touchpoints.create(values=row.values, department=row.department, by=by, now=now, origin=origin)
    kept.text, kept.accepted_at, kept.counts = "", now, done.counts
    kept.save(update_fields=["text", "accepted_at", "counts"])
    audit.record("touchpoint_import.accept", kept, by=by, after=done.counts)
    return done


class _Names:
    """The records that cells name, each list asked for once."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}
        departments = {row.name.casefold(): row for row in Department.objects.all()}
        members = {row.user.email.casefold(): row for row in Member.objects.select_related("user")}
        self.departments = departments
        self._rows = {"channel": {row.name.casefold(): row for row in Channel.objects.all()}, "steward": members}
        self._rows |= dict.fromkeys(("designed_by", "built_by", "tested_by", "run_by"), departments)
        self._systems = {row.name.casefold(): row for row in System.objects.all()}

    def value(self, key: str, cell: str) -> Any:
        """Return the value that a cell means. Raises BadValue."""
        if key == "systems":
            return FIELDS[key].clean([self._found(self._systems, name) for name in taken_apart(cell)])
        if key in self._rows:
            name = " ".join(cell.split())
            return self._found(self._rows[key], name) if name else None
        return FIELDS[key].clean(cell)

    def _found(self, rows: Mapping[str, Any], name: str) -> Any:
        found = rows.get(name.casefold())
        if found is None:
            raise BadValue(_("There is no “%(name)s” here. Add it first, or correct the name.") % {"name": name[:80]})
        return found


def _plan(table: Table, found: list[Touchpoint], by: Member, now: datetime) -> Plan:
    names, today = _Names(), now.astimezone(by.workspace.tzinfo).date()
    by_id = {str(row.pk): row for row in found}
    by_place = {_place(row.name, row.channel): row for row in found if row.archived_at is None}
    rows = [_row(number, cells, names, by_id, by_place, by, today) for number, cells in table.rows]
    _refuse_doubles(rows, by_place)
    _refuse_closed(rows)
    touched = {row.touchpoint.pk: row.touchpoint for row in rows if row.touchpoint}
    looked_at = f"{fingerprint_of(list(touched.values()))} {[(row.number, row.kind) for row in rows]}"
    return Plan(rows, table.unread, sha256(looked_at.encode()).hexdigest())


def _row(
    number: int,
    cells: Mapping[str, str],
    names: _Names,
    by_id: Mapping[str, Touchpoint],
    by_place: Mapping[Any, Touchpoint],
    by: Member,
    today: Any,
) -> PlannedRow:
    name = " ".join(cells.get("name", "").split())
    problems, values = [], {}
    for key in cells:
        if key in OTHERWISE:
            continue
        try:
            values[key] = names.value(key, cells[key])
        except BadValue as problem:
            problems.append(f"{FIELDS[key].label}: {problem}")
    asked = cells.get(ID, "").strip()
    known = by_id.get(asked) if asked else by_place.get(_place(name, values.get("channel")))
    if asked and known is None:
        problems.append(_("There is no touchpoint with the ID %(id)s.") % {"id": asked[:20]})
    if problems:
        return PlannedRow(number, name, "problem", touchpoint=known, problem=" ".join(problems))
    if known is None:
        return _new(number, name, cells, values, names, by)
    return _known(number, name or known.name, cells, values, known, by, today)


def _new(
    number: int, name: str, cells: Mapping[str, str], values: Mapping[str, Any], names: _Names, by: Member
) -> PlannedRow:
    if not name:
        return PlannedRow(number, name, "problem", problem=_("The name is missing."))
    if not may(by, Permission.TOUCHPOINT_EDIT):
        return PlannedRow(number, name, "problem", problem=_("You may not make touchpoints."))
    wanted = " ".join(cells.get(DEPARTMENT, "").split())
    department = names.departments.get(wanted.casefold())
    if wanted and (department is None or department.archived_at):
        text = _("There is no department “%(name)s”. Add it first, or correct the name.") % {"name": wanted[:80]}
        return PlannedRow(number, name, "problem", problem=text)
    return PlannedRow(number, name, "create", values=values, department=department)


def _known(
    number: int,
    name: str,
    cells: Mapping[str, str],
    values: Mapping[str, Any],
    known: Touchpoint,
    by: Member,
    today: Any,
) -> PlannedRow:
    changes = changing.work_out(known, values, today=today)
    problem = _why_not(cells, known, changes, by)
    kind = "problem" if problem else "update" if changes else "same"
    return PlannedRow(number, name, kind, touchpoint=known, changes=changes, problem=problem)


def _why_not(cells: Mapping[str, str], known: Touchpoint, changes: Sequence[Change], by: Member) -> str:
    there = known.accountable_department.name if known.accountable_department else ""
    asked = " ".join(cells.get(DEPARTMENT, there).split())
    if asked.casefold() != there.casefold():
        return _("The accountable department changes by an offer, not by a file. Leave “%(name)s” as it is.") % {
            "name": there
        }
    if changes and known.archived_at:
        return _("It is archived. Restore it first.")
    if changes and not may(by, Permission.TOUCHPOINT_EDIT, known):
        return _("You may change only what your department is accountable for.")
    return ""


def _place(name: str, channel: Channel | None) -> tuple[str, int | None]:
    return name.lower(), channel.pk if channel else None


def _refuse_doubles(rows: Sequence[PlannedRow], by_place: Mapping[Any, Touchpoint]) -> None:
    """Refuse rows about one touchpoint twice, and names that would stand twice in one channel."""
    named = Counter(row.touchpoint.pk for row in rows if row.touchpoint)
    places = Counter(place for row in rows if (place := _place_after(row)))
    for row in rows:
        place = _place_after(row)
        holder = by_place.get(place) if place else None
        if row.touchpoint and named[row.touchpoint.pk] > 1:
            row.kind, row.problem = "problem", _("This touchpoint stands in several rows. Keep one.")
        elif place and (places[place] > 1 or (holder and holder is not row.touchpoint)):
            row.kind, row.problem = "problem", _("Another touchpoint of this name is in that channel.")


def _place_after(row: PlannedRow) -> tuple[str, int | None] | None:
    if row.kind == "create":
        return _place(row.name, row.values.get("channel"))
    after = {change.field.key: change.after for change in row.changes}
    if row.kind != "update" or row.touchpoint is None or not {"name", "channel"} & set(after):
        return None
    return _place(after.get("name", row.touchpoint.name), after.get("channel", row.touchpoint.channel))


def _refuse_closed(rows: Sequence[PlannedRow]) -> None:
    """Refuse new values that may no longer be chosen; each is asked for once."""
    verdicts: dict[tuple[str, Any], str] = {}
    for row in rows:
        new = row.changes if row.kind == "update" else [Change(FIELDS[k], None, v) for k, v in row.values.items()]
        for change in new if row.kind in {"update", "create"} else []:
            if change.field.kind == "record" and change.after is not None:
                asked = (change.field.key, change.after.pk)
                if asked not in verdicts:
                    verdicts[asked] = _verdict(change)
                if verdicts[asked]:
                    row.kind, row.problem = "problem", verdicts[asked]


def _verdict(change: Change) -> str:
    try:
        changing.check([change])
    except BadValues as bad:
        return str(bad)
    return ""

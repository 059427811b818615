"""Writes down that a shown past has changed."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from cxhub.lib.bulk import Columns, run
from insights.models import Kpi, Restatement
from orgs.models import Member
from orgs.scope import workspace_id
from orgs.services import audit

MOST_IN_AN_ENTRY = 50  # the rest is in the restatements themselves


COLUMNS: Columns = {
    "kpi_id": "bigint",
    "grain": "text",
    "starts_on": "date",
    "segment": "text",
    "old_value": "float8",
    "old_answered": "bigint",
    "new_value": "float8",
    "new_answered": "bigint",
    "reason": "text",
    "at": "timestamptz",
    "run_path": "text",
}


class Restated(NamedTuple):
    """A period's number that was shown, and what it says now; the fields of a Restatement in the order of COLUMNS."""

    kpi: Kpi
    grain: str
    starts_on: date
    segment: str
    old_value: float
    old_answered: int | None
    new_value: float | None
    new_answered: int | None
    reason: str
    at: datetime
    run_path: str


def record(found: list[Restated], *, by: Member | None, origin: str = "") -> None:
    """Keep these restatements, with one audit entry per KPI. Few statements, however many there are."""
    if not found:
        return
    _insert(found)
    by_kpi: dict[int, list[Restated]] = defaultdict(list)
    for each in found:
        by_kpi[each.kpi.pk].append(each)
    kpis = [held[0].kpi for held in by_kpi.values()]
    after = {kpi_id: _told(held) for kpi_id, held in by_kpi.items()}
    audit.record_many("kpi.restate", kpis, by=by, after=after, origin=origin)


def _insert(found: list[Restated]) -> None:
    names = ", ".join(COLUMNS)
    sql = f"insert into {Restatement._meta.db_table} (workspace_id, {names}) select %s, {names} from given"
    run(sql, [workspace_id()], COLUMNS, ((each.kpi.pk, *each[1:]) for each in found))


def _told(held: list[Restated]) -> dict[str, object]:
    return {
        "reason": held[0].reason,
        "periods": len(held),
        "changes": [
            {"grain": each.grain, "from": each.starts_on.isoformat(), "old": each.old_value, "new": each.new_value}
            for each in held[:MOST_IN_AN_ENTRY]
        ],
    }

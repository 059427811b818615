"""Writes down that a shown past has changed."""

from collections import defaultdict

from insights.models import Restatement
from orgs.models import Member
from orgs.services import audit

MOST_IN_AN_ENTRY = 50  # the rest is in the restatements themselves


def record(found: list[Restatement], *, by: Member | None, origin: str = "") -> None:
    """Keep these restatements, with one audit entry per KPI. Two statements, however many there are."""
    if not found:
        return
    Restatement.objects.bulk_create(found, batch_size=1000)
    by_kpi: dict[int, list[Restatement]] = defaultdict(list)
    for each in found:
        by_kpi[each.kpi_id].append(each)
    kpis = [held[0].kpi for held in by_kpi.values()]
    after = {kpi_id: _told(held) for kpi_id, held in by_kpi.items()}
    audit.record_many("kpi.restate", kpis, by=by, after=after, origin=origin)


def _told(held: list[Restatement]) -> dict[str, object]:
    return {
        "reason": held[0].reason,
        "periods": len(held),
        "changes": [
            {"grain": each.grain, "from": each.starts_on.isoformat(), "old": each.old_value, "new": each.new_value}
            for each in held[:MOST_IN_AN_ENTRY]
        ],
    }

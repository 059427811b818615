"""The heat cells again, naively: plain SQL rows and sums in Python, nothing of the product's own arithmetic."""

from collections import defaultdict
from fractions import Fraction
from typing import Any

from django.db import connection

PLACED = """select tp.id, tp.channel_id, tp.accountability, tp.accountable_department_id, tp.is_moment_of_truth,
        tp.importance_to_customer, tp.importance_to_company, st.phase_id, m.id, m.journey_id, m.dimension
    from journeys_touchpointplacement pl
    join journeys_step sp on sp.id = pl.step_id join journeys_stage st on st.id = sp.stage_id
    join journeys_map m on m.id = st.map_id join journeys_journey j on j.id = m.journey_id
    join journeys_touchpoint tp on tp.id = pl.touchpoint_id
    where pl.workspace_id = %s and m.state = 'current' and m.archived_at is null and j.archived_at is null
      and tp.archived_at is null"""
JUDGED = """select k.touchpoint_id, r.low, r.high, t.value
    from insights_kpi k join insights_kpitarget t on t.kpi_id = k.id and t.valid_from <= '2018-12-31'
    join insights_reading r on r.kpi_id = k.id and r.grain = 'year' and r.starts_on = '2018-01-01' and r.segment = ''
    where k.workspace_id = %s and k.measure in ('csat_mean', 'nps') and r.answered >= 30"""
ABOUT = {
    "persona": "select map_id, persona_id from journeys_mappersona where workspace_id = %s",
    "product": "select map_id, product_id from journeys_mapproduct where workspace_id = %s",
    "market": "select map_id, market_id from journeys_mapmarket where workspace_id = %s",
}
BADNESS = {"on": 0, "watch": 1, "off": 2}


def rows(sql: str, workspace_id: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [workspace_id])
        return list(cursor.fetchall())


def table(workspace_id: int, by: str, columns: str) -> dict[tuple[str, str], tuple[str, int, int, frozenset[int]]]:
    """Return (status, measured, total, touchpoint ids) by (group key, column key); "" is all of them."""
    statuses = _statuses(workspace_id)
    about = defaultdict(list)
    for map_id, to in rows(ABOUT[by], workspace_id) if by in ABOUT else ():
        about[map_id].append(str(to))
    held: dict[tuple[str, str], dict[int, Any]] = defaultdict(dict)
    for row in rows(PLACED, workspace_id):
        pk, channel, accountability, department, _moment, _c, _o, phase, map_id, journey, dimension = row
        groups = (
            {
                "department": [str(department) if accountability == "accepted" else "none"],
                "channel": [str(channel or "none")],
                "dimension": [dimension or "none"],
            }.get(by)
            or about[map_id]
            or ["none"]
        )
        column = str(phase if columns == "phase" else journey)
        for place in [(group, at) for group in (*groups, "") for at in (column, "")]:
            held[place][pk] = row
    return {place: _judge(list(found.values()), statuses) for place, found in held.items()}


def _statuses(workspace_id: int) -> dict[int, str]:
    worst: dict[int, str] = {}
    for touchpoint, low, high, target in rows(JUDGED, workspace_id):
        status = "off" if high < target else "on" if low >= target else "watch"
        if touchpoint not in worst or BADNESS[status] > BADNESS[worst[touchpoint]]:
            worst[touchpoint] = status
    return worst


def _judge(found: list[Any], statuses: dict[int, str]) -> tuple[str, int, int, frozenset[int]]:
    weights: dict[str, Fraction] = defaultdict(Fraction)
    measured, lost = 0, False
    for pk, _ch, _a, _d, moment, customer, company, *_rest in found:
        status = statuses.get(pk)
        if status is None:
            continue
        stated = [each for each in (customer, company) if each is not None] or [3]
        measured += 1
        weights[status] += Fraction(sum(stated), len(stated))
        lost = lost or (moment and status == "off")
    ids = frozenset(row[0] for row in found)
    return _word(measured, len(found), weights, lost=lost), measured, len(found), ids


def _word(measured: int, total: int, weights: dict[str, Fraction], *, lost: bool) -> str:
    if not measured or Fraction(measured, total) < Fraction(1, 3):
        return "unmeasured"
    every = sum(weights.values())
    if lost or weights["off"] / every >= Fraction(1, 4):
        return "off_target"
    return "watch" if weights["off"] or weights["watch"] / every >= Fraction(1, 4) else "on_target"

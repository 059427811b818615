"""What the Overview should say of a company, from the rows of the database by plain SQL and naive Python.

Shares no code with the product: calendar, figures, status, health, severity, reach and age are said again here.
"""

import json
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from tests.insights.truth.days import FILLS, GRAINS, ONE, Calendar
from tests.insights.truth.sums import NAMES, OUTCOMES, SCORES, Figure, figure

Row = SimpleNamespace
Asked = tuple[str, date]  # a grain and the first day of its period
BAD = {"on": 0, "watch": 1, "off": 2}
WORDS = {"on": "on target", "watch": "watch", "off": "off target"}
HERE = "select * from orgs_workspace where id = current_setting('app.workspace')::bigint"
PEOPLE = "select m.id, u.name from orgs_member m join orgs_user u on u.id = m.user_id"
TOUCHPOINTS = """
    select t.*, d.name as department, d.archived_at as department_archived_at,
           exists (select 1 from orgs_memberrole r join orgs_member m on m.id = r.member_id
                    where r.department_id = t.accountable_department_id and m.left_at is null) as has_people
      from journeys_touchpoint t left join orgs_department d on d.id = t.accountable_department_id
     where t.archived_at is null
"""
PLACED = """
    select m.id as map, m.title, m.owner_id, m.sponsor_id, m.journey_id as journey, j.name, s.id as stage,
           s.name as stage_name, h.id as phase, h.name as phase_name, h.position as phase_position,
           p.touchpoint_id as touchpoint
      from journeys_map m join journeys_journey j on j.id = m.journey_id and j.archived_at is null
      left join journeys_stage s on s.map_id = m.id
      left join journeys_lifecyclephase h on h.id = s.phase_id
      left join journeys_step q on q.stage_id = s.id
      left join (journeys_touchpointplacement p
                 join journeys_touchpoint t on t.id = p.touchpoint_id and t.archived_at is null) on p.step_id = q.id
     where m.state = 'current' and m.archived_at is null
     order by m.title, m.id, s.position, s.id, q.position, q.id, p.position, p.id
"""
KPIS = """
    select k.*, s.interval_minutes, s.refreshed_at, s.data_through, s.trouble, s.hours, s.name as source,
           coalesce(t.name, g.name, m.title, '') as subject, coalesce(k.map_id, g.map_id) as of_map
      from insights_kpi k join insights_source s on s.id = k.source_id
      left join journeys_touchpoint t on t.id = k.touchpoint_id
      left join journeys_stage g on g.id = k.stage_id
      left join journeys_map m on m.id = coalesce(k.map_id, g.map_id)
     where t.archived_at is null and m.archived_at is null
       and not exists (select 1 from insights_kpi o where o.id <> k.id and o.is_official and o.measure = k.measure
                          and o.name = k.name and o.touchpoint_id is not distinct from k.touchpoint_id
                          and o.stage_id is not distinct from k.stage_id and o.map_id is not distinct from k.map_id)
     order by k.id
"""
PARTS = "select kpi_id, grain, starts_on, parts from insights_readingpart where segment = '' order by id"
WRITTEN = "select kpi_id, grain, starts_on, written_at from insights_reading where segment = ''"


def rows(sql: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"select to_jsonb(row) from ({sql}) row")
        return [Row(**_typed(found)) for (found,) in cursor.fetchall()]


def _typed(found: Any) -> dict[str, Any]:
    held = json.loads(found) if isinstance(found, str) else found
    return {name: _moment(name, value) for name, value in held.items()}


def _moment(name: str, value: Any) -> Any:
    if isinstance(value, str) and (name.endswith("_at") or name in {"at", "unowned_since"}):
        return datetime.fromisoformat(value)
    is_day = isinstance(value, str) and name in {"starts_on", "valid_from", "valid_until", "data_through"}
    return date.fromisoformat(value) if is_day else value


class Company:
    """One company as it stands at a moment; `asked` is the period the page is opened for, None the latest finished."""

    def __init__(self, member: int, now: datetime, asked: tuple[str, date] | None = None):
        (self.settings,) = rows(HERE)
        self.zone = ZoneInfo(self.settings.zone)
        self.calendar = Calendar(self.settings.week_start, self.settings.fiscal_year_start)
        self.now, self.today, self.me = now, now.astimezone(self.zone).date(), member
        self.asked = asked and (asked[0], self.calendar.start(asked[1], asked[0]))
        self.people = {each.id: each.name for each in rows(PEOPLE)}
        self.touchpoints = {each.id: each for each in rows(TOUCHPOINTS)}
        self.placed = rows(PLACED)
        self.kpis = {each.id: each for each in rows(KPIS)}
        self.targets = rows("select * from insights_kpitarget")
        self.parts: dict[int, list[Row]] = defaultdict(list)
        for each in rows(PARTS):
            self.parts[each.kpi_id].append(each)
        self.written = {(each.kpi_id, each.grain, each.starts_on): each.written_at for each in rows(WRITTEN)}
        self.updates = rows("select * from insights_statusupdate")
        self.stood = {pk: at for pk in self.kpis if (at := self.at(pk))}

    # Figures, and how they stand

    @cache  # noqa: B019
    def figures(self, kpi: int, grain: str) -> dict[date, Figure]:
        """What a KPI comes to in each period of this grain that anything is said of."""
        row, held = self.kpis[kpi], defaultdict(list)
        for part in self.parts[kpi]:
            is_ready = part.parts["kind"] == "ready"
            if grain == part.grain or (grain in FILLS[part.grain] and not is_ready):
                held[self.calendar.start(part.starts_on, grain)].append(part.parts)
        scale = None if row.scale_low is None else (row.scale_low, row.scale_high)
        return {day: figure(row.measure, parts, scale) for day, parts in held.items()}

    def grain_of(self, kpi: int) -> str:
        """The grain a KPI is judged in."""
        row = self.kpis[kpi]
        if self.asked:
            return self.asked[0] if self.figures(kpi, self.asked[0]) else row.grain
        for grain in reversed(GRAINS[: GRAINS.index(row.reporting_period) + 1]):
            running = self.calendar.start(self.today, grain)
            if any(f.value is not None and day < running for day, f in self.figures(kpi, grain).items()):
                return grain
        return row.grain

    def at(self, kpi: int) -> Row | None:
        """How a KPI stands in the period looked at, with `before` in the period before it."""
        grain = self.grain_of(kpi)
        known = [day for day, found in self.figures(kpi, grain).items() if found.value is not None]
        if self.asked:
            last = self.calendar.end(self.asked[1], self.asked[0])
            known = [day for day in known if self.asked[1] <= day <= last]
        else:
            known = [day for day in known if day < self.calendar.start(self.today, grain)]
        if not known:
            return None
        found = self.point(kpi, grain, max(known))
        before = self.calendar.before(max(known), grain)
        found.before = self.point(kpi, grain, before) if self.value(kpi, grain, before) is not None else None
        return found

    def value(self, kpi: int, grain: str, day: date) -> float | None:
        found = self.figures(kpi, grain).get(day)
        return found.value if found else None

    def point(self, kpi: int, grain: str, day: date) -> Row:
        row, found = self.kpis[kpi], self.figures(kpi, grain).get(day) or Figure(*[None] * 5)
        end = self.calendar.end(day, grain)
        target = self.target(kpi, end)
        told, gap = self.status(row, found, target)
        over = end < self.today
        return Row(
            kpi=row, grain=grain, start=day, end=end, figure=found, target=target, told=told, gap=gap, is_over=over
        )

    def target(self, kpi: int, day: date) -> float | None:
        held = [
            each
            for each in self.targets
            if each.kpi_id == kpi and each.valid_from <= day and (each.valid_until is None or day <= each.valid_until)
        ]
        return max(held, key=lambda each: each.valid_from).value if held else None

    def status(self, kpi: Row, found: Figure, target: float | None) -> tuple[str, float | None]:
        """Return none, few, untargeted, off, watch or on, and the gap; a running period is judged as it stands."""
        if found.value is None:
            return "none", None
        if found.answered is not None and found.answered < kpi.smallest_sample:
            return "few", None
        if target is None:
            return "untargeted", None
        sign = 1 if kpi.direction == "higher" else -1
        ends = [found.value] * 2 if found.low is None else [found.low, found.high]
        ahead = [round(sign * (each - target), 9) for each in ends]  # type: ignore[operator]
        gap = round(sign * (found.value - target), 9)
        if max(ahead) < 0:
            return "off", gap
        return ("on" if min(ahead) >= kpi.watch_threshold else "watch"), gap

    # Health

    def judged(self, at: Row | None) -> bool:
        return at is not None and at.told in BAD

    def is_outcome(self, kpi: Row) -> bool:
        return kpi.measure in OUTCOMES if kpi.is_outcome is None else kpi.is_outcome

    def health(self, ids: Any, *, before: bool = False) -> Row:
        """The written rule for the whole that these touchpoints make up."""
        ids, points = set(ids), defaultdict(list)
        for at in self.stood.values():
            looked = at.before if before else at
            if self.judged(looked) and at.kpi.touchpoint_id in ids and self.is_outcome(at.kpi):
                points[at.kpi.touchpoint_id].append(looked)
        worst = {pk: max(BAD[each.told] for each in held) for pk, held in points.items()}
        weight = {pk: self.importance(self.touchpoints[pk]) for pk in worst}
        every = [each for held in points.values() for each in held]
        by_rank = {pk: [rank] for pk, rank in worst.items()}
        share = {
            rank: sum(weight[pk] for pk in worst if worst[pk] == rank) / sum(weight.values()) if weight else 0
            for rank in (0, 1, 2)
        }
        off = [pk for pk in worst if worst[pk] == 2]
        if not worst or len(worst) * 3 < len(ids):
            told = "unmeasured"
        elif any(self.touchpoints[pk].is_moment_of_truth for pk in off) or share[2] >= 0.25 - 1e-12:
            told = "off"
        else:
            told = "watch" if off or share[1] >= 0.25 - 1e-12 else "on"
        return Row(
            told=told,
            measured=len(by_rank),
            total=len(ids),
            worst=min(every, key=self.worst_first, default=None),
            is_provisional=told != "unmeasured" and any(not each.is_over for each in every),
        )

    def importance(self, touchpoint: Row) -> float:
        stated = [touchpoint.importance_to_customer, touchpoint.importance_to_company]
        stated = [each for each in stated if each is not None] or [3]
        return sum(stated) / len(stated)

    def worst_first(self, at: Row) -> tuple[Any, ...]:
        return -BAD[at.told], -self.severity(at), at.gap, at.kpi.id

    def severity(self, at: Row, gap: float | None = None) -> float:
        """The gap as a share of the scale's width, or of the target where a measure has no width."""
        gap = at.gap if gap is None else gap
        if gap is None or gap >= 0 or at.target is None:
            return 0.0
        widths = {"csat_top2": 100.0, "ratio": 100.0, "nps": 200.0}
        width = widths.get(at.kpi.measure)
        if width is None and at.kpi.measure in SCORES:
            width = at.kpi.scale_high - at.kpi.scale_low
        return min(1.0, -gap / (width or abs(at.target) or 1.0))

    # What is off, since when, who acts

    @property
    def off(self) -> list[Row]:
        return [at for at in self.stood.values() if at.told == "off" and at.is_over]

    @property
    def would_be_off(self) -> list[Row]:
        return [at for at in self.stood.values() if at.told == "off" and not at.is_over]

    def off_since(self, at: Row) -> tuple[date, bool]:
        """The first day of the run of periods off target that ends now; 13 periods are looked at."""
        start, seen = at.start, 1
        while seen < 13:
            day = self.calendar.before(start, at.grain)
            if self.point(at.kpi.id, at.grain, day).told != "off":
                return start, False
            start, seen = day, seen + 1
        return start, True

    def age(self, at: Row) -> int:
        """Days since it is off: until today, or until the end of the period asked for."""
        until = self.today
        if self.asked:
            until = min(until, self.calendar.end(self.asked[1], self.asked[0]) + ONE)
        return (until - self.off_since(at)[0]).days

    def reach(self, at: Row) -> float | None:
        """The most that any number about the same thing tells of in 30 days."""
        found = [self._reach(each) for each in self.stood.values() if _about(each.kpi) == _about(at.kpi)]
        return max([each for each in found if each is not None], default=None)

    def _reach(self, at: Row) -> float | None:
        many = at.figure.asked
        if at.kpi.measure not in SCORES and not many:
            many = at.figure.value if at.kpi.measure == "count" else at.figure.answered
        return None if many is None else many * 30 / ((at.end - at.start).days + 1)

    def risks(self) -> list[Row]:
        found = [Row(at=at, severity=self.severity(at), reach=self.reach(at), age=self.age(at)) for at in self.off]
        known = sorted(each.reach for each in found if each.reach is not None)
        middle = len(known) // 2
        usual = 1.0 if not known else (known[middle] + known[-middle - 1]) / 2
        for each in found:
            each.score = each.severity * (usual if each.reach is None else each.reach) * each.age
        return sorted(found, key=lambda each: (-each.score, each.at.kpi.id))

    def update(self, at: Row) -> Row | None:
        """The newest word about the KPI, its touchpoint or its map."""
        kpi = at.kpi
        about = [
            each
            for each in self.updates
            if each.kpi_id == kpi.id
            or (each.touchpoint_id and each.touchpoint_id == kpi.touchpoint_id)
            or (each.map_id and each.map_id == kpi.of_map)
        ]
        return max(about, key=lambda each: (each.at, each.id), default=None)

    def acts(self, at: Row) -> bool:
        said = self.update(at)
        return said is not None and said.at >= datetime.combine(at.start, time(), tzinfo=self.zone)

    # Change

    def moved(self, at: Row) -> tuple[float, str] | None:
        """By how much and where to: up, down, or flat inside the interval of the difference."""
        if at.before is None:
            return None
        now, was = at.figure, at.before.figure
        amount = now.value - was.value
        low = high = amount
        if now.low is not None and was.low is not None:
            low = amount - ((now.value - now.low) ** 2 + (was.high - was.value) ** 2) ** 0.5
            high = amount + ((now.high - now.value) ** 2 + (was.value - was.low) ** 2) ** 0.5
        return amount, ("flat" if low <= 0 <= high else "up" if amount > 0 else "down")

    def worsened(self, at: Row) -> float:
        moved = self.moved(at)
        if moved is None or moved[1] == "flat" or (moved[1] == "down") != (at.kpi.direction == "higher"):
            return 0.0
        return self.severity(at, -abs(moved[0]))

    def worst_change(self) -> Row | None:
        def rank(at: Row) -> tuple[Any, ...]:
            is_new = self.worsened(at) > 0 and at.before.told != "off"
            return is_new, self.worsened(at), self.severity(at), -at.kpi.id

        return max(self.off, key=rank, default=None)

    def turned(self, since: datetime) -> list[Row]:
        """Those whose verdict turned in a finished period that people could first see after that moment."""
        found = []
        for at in self.stood.values():
            if not at.is_over or not self.judged(at) or not self.judged(at.before) or at.told == at.before.told:
                continue
            over = datetime.combine(at.end + timedelta(days=1), time(), tzinfo=self.zone)
            if max(over, self.written[at.kpi.id, at.grain, at.start]) > since:
                found.append(at)
        return sorted(found, key=lambda at: (-BAD[at.told], -self.severity(at), at.kpi.id))

    # Ownership

    def unowned(self, touchpoint: Row) -> str:
        """Why nobody answers for it; empty where somebody does."""
        if touchpoint.accountability != "accepted":
            given = touchpoint.accountability == "none" and touchpoint.decline_reason
            return "given up" if given else touchpoint.accountability
        if touchpoint.department_archived_at:
            return "archived"
        return "" if touchpoint.has_people else "empty"

    def unowned_at(self, touchpoint: Row) -> datetime:
        if touchpoint.accountability == "accepted":
            return touchpoint.department_archived_at or touchpoint.decided_at or touchpoint.created_at
        return touchpoint.unowned_since or touchpoint.created_at

    def unowned_days(self, touchpoint: Row) -> int:
        return (self.now - self.unowned_at(touchpoint)).days

    # Places

    def ids(self, **where: Any) -> set[int]:
        """The touchpoints placed where all of these hold, each once."""
        held = [row for row in self.placed if all(getattr(row, name) == value for name, value in where.items())]
        return {row.touchpoint for row in held if row.touchpoint}

    def is_stale(self, kpi: Row) -> bool:
        """Past twice its interval; hours of business are in the tests of freshness."""
        if kpi.interval_minutes is None:
            return False
        return kpi.refreshed_at is None or self.now > kpi.refreshed_at + timedelta(minutes=2 * kpi.interval_minutes)


def _about(kpi: Row) -> tuple[Any, ...]:
    return kpi.touchpoint_id, kpi.stage_id, kpi.map_id


def name_of(kpi: Row) -> str:
    short = kpi.name or NAMES[kpi.measure]
    return f"{short} · {kpi.subject}" if kpi.subject else short

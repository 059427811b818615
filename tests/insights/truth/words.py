"""The words that the Overview should print, said from the oracle's figures, panel by panel."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from tests.insights.truth.oracle import WORDS, Company, Row, name_of, rows
from tests.insights.truth.sums import DECIMALS, NAMES, SCORES

STATUS = {"on": "On target", "watch": "Watch", "off": "Off target", "unmeasured": "Not enough measured"}
BARE = {"none": "No data", "few": "Too few answers", "untargeted": "No target"}
RANK = {"off": 0, "watch": 1, "unmeasured": 2, "on": 3}
HEIRS = """select k.id as k, o.id as o from insights_kpi k join insights_kpi o on o.is_official and o.id <> k.id
 and o.measure = k.measure and o.name = k.name and o.touchpoint_id is not distinct from k.touchpoint_id
 and o.stage_id is not distinct from k.stage_id and o.map_id is not distinct from k.map_id"""
AUDIT = """
    select e.id, e.action, e.subject_type, e.subject_id, e.subject_label, e.at, u.name as who, e.after
      from orgs_auditentry e left join orgs_member m on m.id = e.actor_id left join orgs_user u on u.id = m.user_id
     order by e.at desc, e.id desc
"""
SAID = {
    "kpi.set_target": "{who} set a target for {what}",
    "kpi.dispute": "{who} disputes {what}",
    "dispute.decide": "{who} ended the dispute of {what}",
    "kpi.restate": "A later delivery restated {what}",
    "kpi.status_update": "{who} wrote about {what}: {sentence}",
    "touchpoint.status_update": "{who} wrote about {what}: {sentence}",
    "map.status_update": "{who} wrote about {what}: {sentence}",
    "touchpoint.accept": "{who} accepted {what}",
    "touchpoint.claim": "{who} claimed {what}",
    "touchpoint.decline": "{who} declined {what}",
    "touchpoint.give_up": "{who} gave up {what}",
    "map.create": "{who} drew the map {what}",
    "map.lay_out": "{who} drew the map {what}",
    "map.archive": "{who} archived the map {what}",
}


def number(value: float, decimals: int) -> str:
    return f"{round(value, decimals) + 0.0:,.{decimals}f}"


def days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def lasting(count: int) -> str:
    return days(count) if count else "less than a day"


def ago(today: date, day: date) -> str:
    count = (today - day).days
    return ("today", "yesterday")[max(0, count)] if count < 2 else f"{days(count)} ago"


def short_day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


class Words:
    def __init__(self, company: Company):
        self.of = company

    # A number

    def decimals(self, at: Row) -> int:
        return DECIMALS.get(at.kpi.measure, 2)

    def value(self, at: Row) -> str:
        return f"{number(at.figure.value, self.decimals(at))} {self.suffix(at.kpi)}".strip()

    def suffix(self, kpi: Row) -> str:
        if kpi.unit:
            return str(kpi.unit)
        if kpi.measure in {"csat_top2", "ratio"}:
            return "%"
        if kpi.measure == "nps":
            return "points"
        if kpi.measure in SCORES:
            return f"of {kpi.scale_high}"
        return "min" if kpi.measure.startswith("duration") else ""

    def gap(self, at: Row) -> str:
        if at.gap is None:
            return ""
        far = number(abs(at.gap), self.decimals(at))
        if round(at.gap, self.decimals(at)) == 0:
            return "right at it"
        unit = at.kpi.unit or ("min" if at.kpi.measure.startswith("duration") else "")
        if at.kpi.measure in {"csat_top2", "ratio", "nps"}:
            unit = "points"
        return f"{far}{f' {unit}' if unit else ''} {'better' if at.gap > 0 else 'worse'}"

    def period(self, at: Row) -> str:
        return self.of.calendar.label(at.start, at.grain)

    def owner(self, at: Row) -> str:
        if at.kpi.owner_id:
            return self.of.people[at.kpi.owner_id]
        touchpoint = self.of.touchpoints.get(at.kpi.touchpoint_id)
        return self.answering(touchpoint) if touchpoint else ""

    def answering(self, touchpoint: Row) -> str:
        why = self.of.unowned(touchpoint)
        return f"no one in {touchpoint.department}" if why == "empty" else "" if why else str(touchpoint.department)

    def said(self, at: Row) -> tuple[str, str] | None:
        update = self.of.update(at)
        if update is None or not self.of.acts(at):
            return None
        return update.sentence, ago(self.of.today, update.at.astimezone(self.of.zone).date())

    def off_row(self, at: Row) -> str:
        """A number off target as a row says it."""
        owner, said = self.owner(at) or "no owner", self.said(at)
        words = f"{name_of(at.kpi)} {self.gap(at)} · {self.value(at)}, {self.period(at)} · {owner}"
        return f"{words} “{said[0]}” {said[1]}" if said else words

    # The panels

    def sentence(self) -> str:
        of = self.of
        journeys = {row.journey for row in of.placed}
        told = [of.health(of.ids(journey=each)).told for each in journeys]
        off = told.count("off")
        plural = "journey is" if len(journeys) == 1 else "journeys are"
        running = of.asked and of.calendar.end(of.asked[1], of.asked[0]) >= of.today
        rest = "would be off target if the period ended now." if running else f"{plural.split()[1]} off target."
        first = f"{off} of {len(journeys)} {plural.split()[0]} {rest}" if journeys else ""
        if told and set(told) == {"unmeasured"}:
            first = f"None of {len(told)} journeys can be judged." if len(told) > 1 else "No journey can be judged."
        return f"{first} {self._worst()}".strip()

    def _worst(self) -> str:
        at, would = self.of.worst_change(), len(self.of.would_be_off)
        if at is None:
            if would:
                return f"{would} number{'' if would == 1 else 's'} would be off target if the period ended now."
            if any(self.of.judged(each) for each in self.of.stood.values()):
                return "No number with a target is off target."
            return "No number can be judged in this period: targets or enough answers are missing."
        where = f"is {self.value(at)}"
        if at.before is not None and self.of.worsened(at):
            where = f"went from {number(at.before.figure.value, self.decimals(at))} to {self.value(at)}"
        words = (
            f"{name_of(at.kpi)} {where} {self.of.calendar.when(at.start, at.grain)}, {self.gap(at)} than its target."
        )
        said, owner = self.said(at), self.owner(at) or "Nobody"
        if said:
            return f"{words} {owner} answers for it and says ({said[1]}): {said[0]}"
        return f"{words} {owner} answers for it; nobody acts."

    def health(self, found: Row) -> str:
        word = STATUS[found.told]
        return f"Provisional: {word.lower()}" if found.is_provisional else word

    def cell(self, found: Row) -> str:
        worst = found.worst
        named = f"{self.gap(worst)} {worst.kpi.name or NAMES[worst.kpi.measure]} " if worst else ""
        return f"{self.health(found)} {named}{found.measured} of {found.total} measured"

    def portfolio(self) -> list[list[str]]:
        """A row per journey: name and owner, health and trend, a cell a phase."""
        of = self.of
        phases = dict.fromkeys(
            row.phase
            for row in sorted(of.placed, key=lambda row: (row.phase_position or 0, row.phase or 0))
            if row.phase
        )
        found = []
        for journey in {row.journey for row in of.placed}:
            held = [row for row in of.placed if row.journey == journey]
            whole = of.health(of.ids(journey=journey))
            people = [row.owner_id or row.sponsor_id for row in held if row.owner_id or row.sponsor_id]
            cells = [f"{held[0].name} {of.people[people[0]] if people else 'No owner'}"]
            cells.append(f"{self.cell(whole)} {self.trend(of.ids(journey=journey), whole)}")
            for phase in phases:
                in_phase = any(row.phase == phase for row in held)
                cells.append(self.cell(of.health(of.ids(journey=journey, phase=phase))) if in_phase else "")
            severity = of.severity(whole.worst) if whole.worst else 0.0
            found.append(((RANK[whole.told], -severity, held[0].name, journey), cells))
        return [cells for _key, cells in sorted(found)]

    def trend(self, ids: Any, now: Row) -> str:
        before = self.of.health(ids, before=True)
        if "unmeasured" in (now.told, before.told):
            return "Not comparable"
        if now.told == before.told:
            return "As before"
        return "Worse" if RANK[now.told] < RANK[before.told] else "Better"

    def risks(self) -> list[str]:
        found = []
        for risk in self.of.risks()[:5]:
            reach, many = "reach unknown", None if risk.reach is None else round(risk.reach)
            if many is not None:
                reach = f"{many:,} customer{'' if many == 1 else 's'} in 30 days"
            age = days(risk.age) + (" or longer" if self.of.off_since(risk.at)[1] else "")
            formula = f"Severity {number(100 * risk.severity, 0)} % x {reach} x {age} = {round(risk.score):,}"
            found.append(f"{self.off_row(risk.at)} | {reach} · {age} | {formula}")
        return found

    def nobody(self) -> list[str]:
        idle = [at for at in self.of.off if not self.of.acts(at)]
        idle.sort(key=lambda at: (self.of.off_since(at)[0], at.kpi.id))
        return [self.off_row(at) for at in idle]

    def ownership(self) -> list[str]:
        """A row per department that was asked; what none was, by why."""
        gaps: dict[str, list[Row]] = {}
        for each in self.of.touchpoints.values():
            why = self.of.unowned(each)
            if why:
                nobody = "Given up" if why == "given up" else "Offered to nobody"
                gaps.setdefault(each.department or nobody, []).append(each)
        found = []
        for name, held in gaps.items():
            moments = sum(each.is_moment_of_truth for each in held)
            oldest = f"oldest {lasting(max(self.of.unowned_days(each) for each in held))}"
            words = f" · {moments} moment{'' if moments == 1 else 's'} of truth" if moments else ""
            found.append(((-len(held), name), f"{name} {oldest}{words} {len(held)}"))
        return [words for _key, words in sorted(found)][:8]

    def trust(self) -> tuple[list[str], str]:
        """The stale sources and disputed numbers, and the line that counts them."""
        kpis = list(self.of.kpis.values())
        fed = Counter((each.source, each.source_id) for each in kpis)
        stale = {(each.source, each.source_id) for each in kpis if self.of.is_stale(each)}
        first = sorted(stale, key=lambda each: (-fed[each], *each))[:5]
        disputed = [each for each in kpis if each.trust == "disputed"]
        lines = [f"{name} {fed[name, pk]} KPI{'' if fed[name, pk] == 1 else 's'}" for name, pk in first]
        lines += [f"{name_of(each)} Disputed" for each in disputed[:5]]
        return lines, f"{sum(fed[each] for each in stale)} stale and {len(disputed)} disputed of {len(kpis)} KPIs"

    def seen_at(self) -> datetime | None:
        found = [each.at for each in rows("select * from insights_overviewseen") if each.member_id == self.of.me]
        return found[0] if found else None

    def changes(self) -> list[str]:
        since = self.seen_at() or self.of.now - timedelta(days=7)
        lines = []
        for at in self.of.turned(since)[:6]:
            was = f"was {WORDS[at.before.told]} {self.of.calendar.when(at.before.start, at.grain)}"
            lines.append(f"{name_of(at.kpi)} {STATUS[at.told]}, {was}")
        done = [each for each in rows(AUDIT) if each.action in SAID and each.at > since][:8]
        for each in done:
            kpi = self.of.kpis.get(each.subject_id) if each.subject_type == "kpi" else None
            words = {"who": each.who or "Somebody", "what": name_of(kpi) if kpi else each.subject_label}
            text = SAID[each.action].format(**words, sentence=(each.after or {}).get("sentence", ""))
            lines.append(f"{text} {ago(self.of.today, each.at.astimezone(self.of.zone).date())}")
        return lines

    def headlines(self) -> list[Row]:
        """The tiles: three of everybody, two of one's own."""
        chosen = rows("select * from insights_headlinekpi order by position")
        all_of = self._heads(chosen, None)
        mine = [pk for pk in self._heads(chosen, self.of.me) if pk not in all_of]
        return [self.tile(self.of.kpis[pk]) for pk in (*all_of, *mine)]

    def _heads(self, chosen: list[Row], whose: Any) -> list[int]:
        """What stands for these choices: a number that another source outvotes gives its place to the official one."""
        picked = [each.kpi_id for each in chosen if each.member_id == whose]
        heirs = {each.k: each.o for each in rows(HEIRS)}
        shown = [pk if pk in self.of.kpis else heirs.get(pk) for pk in picked]
        pairs = zip(picked, shown, strict=True)
        return [pk for at, pk in pairs if pk in self.of.kpis and (pk == at or pk not in picked)]

    def tile(self, kpi: Row) -> Row:
        at = self.of.stood.get(kpi.id)
        tile: Any = Row(name=name_of(kpi), value="–", chips={"No data"}, lines=[], period="", note="")
        if at is None:
            return self._fallen_back(kpi, tile)
        self._shown(tile, at)
        return tile

    def _fallen_back(self, kpi: Row, tile: Row) -> Row:
        """An empty period shows the latest value before it, and says so."""
        if not self.of.asked:
            return tile
        grain, start = self.of.asked
        end = self.of.calendar.end(start, grain)
        for wanted, last in ((grain, start), (kpi.grain, end)):
            known = [d for d, f in self.of.figures(kpi.id, wanted).items() if f.value is not None and d <= last]
            if known:
                at = self.of.point(kpi.id, wanted, max(known))
                at.before = None
                self._shown(tile, at)
                tile.note = f"showing {self.of.calendar.inline(at.start, at.grain)}"
                return tile
        return tile

    def _shown(self, tile: Row, at: Row) -> None:
        tile.period, tile.value = self.period(at), f"{number(at.figure.value, self.decimals(at))}{self.suffix(at.kpi)}"
        word = STATUS.get(at.told) or BARE[at.told]
        tile.chips = {word if at.is_over or at.told in BARE else f"Provisional: {word.lower()}"}
        if at.target is not None:
            less = "" if at.kpi.direction == "higher" else " or less"
            gap = f" · {self.gap(at)}" if at.gap is not None else ""
            bare = ", judged without an interval" if gap and at.figure.low is None else ""
            tile.lines.append(f"Target {number(at.target, self.decimals(at))}{less}{gap}{bare}")
        moved = self.of.moved(at) if at.before else None
        if moved:
            by, where = number(abs(moved[0]), self.decimals(at)), self.of.calendar.inline(at.before.start, at.grain)
            word = {"flat": "No clear change", "up": f"Up {by}", "down": f"Down {by}"}[moved[1]]
            tile.lines.append(f"{word} since {where}")
        if sample := self._sample(at):
            tile.lines.append(sample)

    def _sample(self, at: Row) -> str:
        answered, asked = at.figure.answered, at.figure.asked
        if asked == 0:
            return "Not asked in this period"
        if answered is None:
            return ""
        if asked is None:
            return f"{answered:,} answer{'' if answered == 1 else 's'}"
        share = 100 * answered / asked
        return f"{answered:,} of {asked:,} answered ({number(share, 0 if share < 99.5 or share == 100 else 1)} %)"

    def data_age(self) -> str:
        ends = sorted({each.data_through for each in self.of.kpis.values() if each.data_through})
        if not ends:
            return ""
        if ends[0] == ends[-1]:
            return f"Data through {short_day(ends[0])}"
        return f"Data through {short_day(ends[-1])}; the oldest source ends {short_day(ends[0])}"

    # What is the reader's own

    def my_journeys(self) -> list[str]:
        """The rows of the portfolio whose maps the reader owns or sponsors."""
        mine = {row.name for row in self.of.placed if self.of.me in (row.owner_id, row.sponsor_id)}
        return [name for name in (cells[0].rsplit(" ", 1)[0] for cells in self.portfolio()) if name in mine]

    def my_touchpoints(self) -> set[int]:
        mine = {row.map for row in self.of.placed if self.of.me in (row.owner_id, row.sponsor_id)}
        return {row.touchpoint for row in self.of.placed if row.map in mine and row.touchpoint}

    def needs(self) -> list[str]:
        """What an executive is asked for: one of each kind, then the second of each, three at most."""
        kinds = [self._silent(), self._ownerless(), self._doubted()]
        return [kind[turn] for turn in range(3) for kind in kinds if turn < len(kind)][:3]

    def _silent(self) -> list[str]:
        mine, open_ = (
            self.my_touchpoints(),
            {
                each.kpi_id
                for each in rows("select * from insights_updaterequest")
                if each.by_id == self.of.me and not each.outcome
            },
        )
        found = [risk.at for risk in self.of.risks() if not self.of.acts(risk.at)]
        found.sort(key=lambda at: at.kpi.touchpoint_id not in mine)
        return [
            f"{name_of(at.kpi)} {self.gap(at)} than its target; nobody acts"
            for at in found[:12]
            if at.kpi.id not in open_
        ]

    def _ownerless(self) -> list[str]:
        mine, placed = self.my_touchpoints(), self.of.ids()
        found = [each for each in self.of.touchpoints.values() if self.of.unowned(each) and each.id in placed]
        found.sort(key=lambda one: (one.id not in mine, not one.is_moment_of_truth, -self._unowned_seconds(one)))
        return [f"{each.name} {self._how_long(each)}" for each in found]

    def _unowned_seconds(self, touchpoint: Row) -> float:
        return (self.of.now - self.of.unowned_at(touchpoint)).total_seconds()

    def _how_long(self, touchpoint: Row) -> str:
        if touchpoint.accountability == "offered":
            return f"{touchpoint.department} has not answered, {lasting((self.of.now - touchpoint.offered_at).days)}"
        return f"Nobody answers for it, {lasting(self.of.unowned_days(touchpoint))}"

    def _doubted(self) -> list[str]:
        mine = self.my_touchpoints()
        chosen = rows("select * from insights_headlinekpi")
        heads = {*self._heads(chosen, None), *self._heads(chosen, self.of.me)}
        found = [
            each
            for each in self.of.kpis.values()
            if each.trust == "disputed" and (each.touchpoint_id in mine or each.id in heads)
        ]
        return [f"{name_of(each)} Somebody says that this number is not right." for each in found]

    # The page of one journey

    def journey(self, journey: int) -> list[str]:
        """Its health, then each phase, stage and touchpoint in order."""
        of = self.of
        held = [row for row in of.placed if row.journey == journey and row.stage]
        lines = [self._whole(of.health(of.ids(journey=journey)))]
        for _position, phase in sorted({(row.phase_position, row.phase) for row in held}):
            in_phase = [row for row in held if row.phase == phase]
            found = of.health(of.ids(journey=journey, phase=phase))
            lines.append(f"{in_phase[0].phase_name} {self.health(found)} {found.measured} of {found.total} measured")
            for stage in dict.fromkeys(row.stage for row in in_phase):
                at = [row for row in in_phase if row.stage == stage]
                lines.append(f"{at[0].stage_name} {self._whole(of.health(of.ids(stage=stage)))}")
                lines += [self._touchpoint(pk) for pk in dict.fromkeys(row.touchpoint for row in at) if pk]
        return lines

    def _whole(self, found: Row) -> str:
        return f"{self.health(found)} · {found.measured} of {found.total} measured"

    def _touchpoint(self, pk: int) -> str:
        touchpoint, found = self.of.touchpoints[pk], self.of.health([pk])
        moment = "Moment of truth · " if touchpoint.is_moment_of_truth else ""
        owner = self.answering(touchpoint) or "no owner"
        words = f"{touchpoint.name} {moment}{self.health(found)} · {owner}"
        if (at := found.worst) is None:
            return words
        name = at.kpi.name or NAMES[at.kpi.measure]
        return f"{words} {self.value(at)} {name}, {self.period(at)} · {self.gap(at)}"

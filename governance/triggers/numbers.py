"""A number of a map, or of a touchpoint on it, was off target for several of its periods in a row."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from cxhub.lib.periods import Grain
from governance.models import EarlyCause
from governance.queries import early
from governance.registry import Occasion, Trigger
from insights.measures.status import Status
from insights.models import Kpi
from insights.queries import acting, off_since
from insights.queries.kpis import outvoted
from insights.queries.names import name
from insights.queries.off_since import Past
from insights.queries.standings import standings
from journeys.models import Map
from orgs.models import Workspace

KEY = "number"


def find(maps: Sequence[Map], workspace: Workspace, now: datetime) -> Iterator[Occasion]:
    """Yield each number whose run off target is long enough for its map. Four queries.

    A run calls once, however long it goes on: it is another occasion when a period within it called before.
    """
    where, today = early.placed(maps), now.astimezone(workspace.tzinfo).date()
    told = standings(_kpis(maps, where), workspace=workspace, today=today, is_missed_alone=True)
    off = [each for each in told.values() if each.verdict is Status.OFF_TARGET]
    pasts, called = off_since.pasts(off, workspace=workspace, today=today), _called(maps)
    by_id = {each.pk: each for each in maps}
    for each in off:
        past = pasts[each.kpi.pk]
        for map_id in sorted(_maps_of(each.kpi, where) & by_id.keys()):
            wanted = by_id[map_id].early_periods  # type: ignore[attr-defined]
            if not 0 < wanted <= len(past.run):
                continue
            if not any(day >= past.off_since for day in called[map_id, each.kpi.pk]):
                yield _occasion(map_id, each.kpi, past, wanted, workspace)


def sentence(words: Mapping[str, Any]) -> str:
    said = {
        Grain.DAY: ngettext("%(what)s off target for %(n)d day", "%(what)s off target for %(n)d days", words["n"]),
        Grain.WEEK: ngettext("%(what)s off target for %(n)d week", "%(what)s off target for %(n)d weeks", words["n"]),
        Grain.MONTH: ngettext(
            "%(what)s off target for %(n)d month", "%(what)s off target for %(n)d months", words["n"]
        ),
        Grain.QUARTER: ngettext(
            "%(what)s off target for %(n)d quarter", "%(what)s off target for %(n)d quarters", words["n"]
        ),
        Grain.YEAR: ngettext("%(what)s off target for %(n)d year", "%(what)s off target for %(n)d years", words["n"]),
    }
    return said[Grain(words["grain"])] % words


def _occasion(map_id: int, kpi: Kpi, past: Past, wanted: int, workspace: Workspace) -> Occasion:
    """Of the last period of the run; it happened when people could read the period that made it long enough."""
    last, reached = past.run[0], past.run[-wanted]
    over = datetime.combine(reached.next().starts_on, time(), tzinfo=workspace.tzinfo)
    reading = past.judge(reached).reading
    at = max(over, reading.written_at) if reading else over
    words = {"what": name(kpi), "n": len(past.run), "grain": last.grain.value}
    return Occasion(map_id, last.starts_on.isoformat(), at, kpi.pk, words)


def _kpis(maps: Sequence[Map], where: Mapping[int, set[int]]) -> QuerySet[Kpi]:
    """The numbers of these maps that have a target; of several sources of one the official one."""
    about = Q(touchpoint__in=list(where)) | Q(map__in=maps) | Q(stage__map__in=maps)
    found = Kpi.objects.filter(about, ~outvoted()).select_related("source", "touchpoint", "stage", "map")
    return acting.with_target(found)


def _maps_of(kpi: Kpi, where: Mapping[int, set[int]]) -> set[int]:
    if kpi.touchpoint_id:
        return where.get(kpi.touchpoint_id, set())
    return {kpi.stage.map_id if kpi.stage else kpi.map_id} - {None}  # type: ignore[return-value]


def _called(maps: Sequence[Map]) -> dict[tuple[int, int], list[date]]:
    """The periods that called already, by map and number."""
    found: dict[tuple[int, int], list[date]] = defaultdict(list)
    rows = EarlyCause.objects.filter(map__in=maps, trigger=KEY)
    for map_id, kpi_id, occasion in rows.values_list("map_id", "thing_id", "occasion"):
        found[map_id, kpi_id].append(date.fromisoformat(occasion))
    return found


TRIGGER = Trigger(KEY, sentence, find, "kpi")

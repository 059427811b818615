"""Which readings a part goes into, as the workspace counts its days."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from cxhub.lib.periods import Grain, Period, period_of
from orgs.models import Workspace
from orgs.scope import workspace_id

Slot = tuple[int, Grain, date, str]  # a reading: KPI, grain, first day, segment


@dataclass(frozen=True)
class Calendar:
    week_start: int
    fiscal_year_start: int
    zone: ZoneInfo

    @classmethod
    def of_workspace(cls) -> "Calendar":
        workspace = Workspace.objects.get(pk=workspace_id())
        return cls(workspace.week_start, workspace.fiscal_year_start, workspace.tzinfo)

    def slots(self, kpi_id: int, grain: str, day: date, segment: str) -> list[Slot]:
        """The readings that a part goes into: its own period and every longer one it fills."""
        periods = _periods(grain, day, self.week_start, self.fiscal_year_start)
        return [(kpi_id, period.grain, period.starts_on, segment) for period in periods]

    def last_day(self, slot: Slot) -> date:
        return _periods(slot[1], slot[2], self.week_start, self.fiscal_year_start)[0].ends_on

    def is_over(self, slot: Slot, moment: datetime) -> bool:
        """The period had ended at that moment, by the workspace's own clock."""
        return _local_day(moment, self.zone) > self.last_day(slot)


# A delivery asks for the same few hundred days over and over, once per KPI and step.
@lru_cache(maxsize=16_384)
def _periods(grain: str, day: date, week_start: int, fiscal_year_start: int) -> tuple[Period, ...]:
    """Return the period of this grain around the day, then every longer one it fills."""
    own = Grain(grain)
    longer = [own, *(wider for wider in Grain if wider is not own and own.fills(wider))]
    return tuple(period_of(day, wider, week_start=week_start, fiscal_year_start=fiscal_year_start) for wider in longer)


@lru_cache(maxsize=1024)
def _local_day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()

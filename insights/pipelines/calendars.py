"""Which readings a part goes into, as the workspace counts its days."""

from dataclasses import dataclass
from datetime import date, datetime
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
        longer = [wider for wider in Grain if Grain(grain).fills(wider)]
        return [(kpi_id, wider, self._period(day, wider).starts_on, segment) for wider in longer]

    def last_day(self, slot: Slot) -> date:
        return self._period(slot[2], slot[1]).ends_on

    def is_over(self, slot: Slot, moment: datetime) -> bool:
        """The period had ended at that moment, by the workspace's own clock."""
        return moment.astimezone(self.zone).date() > self.last_day(slot)

    def _period(self, day: date, grain: Grain) -> Period:
        return period_of(day, grain, week_start=self.week_start, fiscal_year_start=self.fiscal_year_start)

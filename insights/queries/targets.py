"""Which target holds when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cxhub.lib.periods import Period
from insights.models import KpiTarget


@dataclass(frozen=True, slots=True)
class Held:
    """A target as it was set. Lists of thousands read these: a model each is many times as slow."""

    kpi_id: int
    value: float
    valid_from: date
    valid_until: date | None


class Targets:
    """The targets of some KPIs, read at once; `of` picks the one that held at the end of a period."""

    def __init__(self, kpi_ids: Iterable[int]):
        self._hold(KpiTarget.objects.filter(kpi_id__in=list(kpi_ids)).order_by("-valid_from"))

    @classmethod
    def of_rows(cls, rows: Iterable[KpiTarget | Held]) -> "Targets":
        """Return those read already, each KPI's newest first."""
        made = cls.__new__(cls)
        made._hold(rows)
        return made

    def _hold(self, rows: Iterable[KpiTarget | Held]) -> None:
        self._held: dict[int, list[KpiTarget | Held]] = defaultdict(list)
        for target in rows:
            self._held[target.kpi_id].append(target)

    def of(self, kpi_id: int, period: Period) -> float | None:
        """Return the target valid on the period's last day; None where none was set for it."""
        return next((target.value for target in self._held[kpi_id] if _covers(target, period.ends_on)), None)


def _covers(target: KpiTarget | Held, day: date) -> bool:
    return target.valid_from <= day and (target.valid_until is None or day <= target.valid_until)

"""What is confirmed to be right still: the latest word of each record, and whether it holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from governance.models import Confirmation
from governance.models.plans import USUAL_DAYS
from journeys.models import Touchpoint


@dataclass(frozen=True)
class Word:
    """What is known of one record: the day somebody last confirmed it, and whether it changed after that."""

    touchpoint: Touchpoint
    on: date | None
    has_changed: bool
    is_right: bool
    """Confirmed within the cadence, and not changed since."""


def words(
    touchpoints: QuerySet[Touchpoint], *, today: date, zone: tzinfo, cadence_days: int = USUAL_DAYS
) -> list[Word]:
    """Return the word on each, in one query; today counts back over the cadence, the day of the last review in."""
    latest = Confirmation.objects.filter(touchpoint=OuterRef("pk")).order_by("-at", "-pk")
    found = touchpoints.annotate(
        confirmed_version=Subquery(latest.values("version")[:1]),
        confirmed_on=Subquery(latest.annotate(day=TruncDate("at", tzinfo=zone)).values("day")[:1]),
    )
    since = today - timedelta(days=cadence_days)
    return [_word(each, since) for each in found]


def of_departments(department_ids: Collection[int]) -> QuerySet[Touchpoint]:
    """The touchpoints in use that these departments answer for."""
    accepted = Touchpoint.Accountability.ACCEPTED
    found = Touchpoint.objects.current().filter(accountable_department__in=department_ids, accountability=accepted)
    return found.select_related("accountable_department", "channel").order_by("name", "pk")


def to_confirm(departments: Collection[int], *, today: date, zone: tzinfo) -> list[Word]:
    """Return what the departments' leads have still to confirm, what changed since the last word last."""
    found = words(of_departments(departments), today=today, zone=zone)
    return sorted((each for each in found if not each.is_right), key=lambda each: each.has_changed)


def _word(touchpoint: Touchpoint, since: date) -> Word:
    on, version = touchpoint.confirmed_on, touchpoint.confirmed_version  # type: ignore[attr-defined]
    has_changed = version is not None and version != touchpoint.version
    return Word(touchpoint, on, has_changed, is_right=on is not None and on >= since and not has_changed)

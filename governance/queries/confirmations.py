"""What is confirmed to be right still: the latest word of each record, and whether it holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate

from governance.models import Confirmation
from governance.models.plans import USUAL_DAYS
from journeys.models import Finding, Touchpoint
from orgs.models import Member


@dataclass(frozen=True)
class Word:
    """What is known of one record: the day somebody last confirmed it, and whether it changed after that."""

    record: Touchpoint | Finding
    on: date | None
    has_changed: bool
    is_right: bool
    """Confirmed within the cadence, and not changed since."""

    @property
    def kind(self) -> str:
        """What the record is: "touchpoint" or "finding"."""
        return str(self.record._meta.model_name)


def words(records: QuerySet[Any], *, today: date, zone: tzinfo, cadence_days: int = USUAL_DAYS) -> list[Word]:
    """Return the word on each (touchpoints, or findings), in one query.

    Today counts back over the cadence, the day of the last review in.
    """
    of = str(records.model._meta.model_name)
    latest = Confirmation.objects.filter(**{of: OuterRef("pk")}).order_by("-at", "-pk")
    found = records.annotate(
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


def owned_by(member: Member) -> QuerySet[Finding]:
    """The findings in use that a member owns."""
    return Finding.objects.current().filter(owner=member).order_by("name", "pk")


def to_confirm(departments: Collection[int], *, today: date, zone: tzinfo, member: Member | None = None) -> list[Word]:
    """Return what the departments' leads have still to confirm, and of their own findings; what changed comes last."""
    found = words(of_departments(departments), today=today, zone=zone)
    if member:
        found += words(owned_by(member), today=today, zone=zone)
    return sorted((each for each in found if not each.is_right), key=lambda each: each.has_changed)


def _word(record: Any, since: date) -> Word:
    on, version = record.confirmed_on, record.confirmed_version
    has_changed = version is not None and version != record.version
    return Word(record, on, has_changed, is_right=on is not None and on >= since and not has_changed)

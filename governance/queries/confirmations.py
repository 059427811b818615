"""What is confirmed to be right still: the latest word of each record, and whether it holds."""

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from governance.models import Confirmation, ReviewRecord
from governance.models.plans import USUAL_DAYS
from journeys.models import Finding, Touchpoint
from orgs import access
from orgs.models import Member
from orgs.permissions import Permission

EDITS = {
    "touchpoint": Permission.TOUCHPOINT_EDIT,
    "finding": Permission.FINDING_EDIT,
}  # who may, whatever a review says


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


def touchpoints_of(member: Member) -> QuerySet[Touchpoint]:
    """The touchpoints in use that a member is to confirm: what the departments led answer for, and what counts on them.

    A running review counts what nobody keeps on who owned the map when it began.
    """
    led = Q(
        accountable_department__in=access.led_by(member) - {None}, accountability=Touchpoint.Accountability.ACCEPTED
    )
    found = Touchpoint.objects.current().filter(led | Q(pk__in=_counted_on(member, "touchpoint")))
    return found.select_related("accountable_department", "channel").order_by("name", "pk")


def findings_of(member: Member) -> QuerySet[Finding]:
    """The findings in use that a member is to confirm: those owned, and those that a running review counts on them."""
    mine = Q(owner=member) | Q(pk__in=_counted_on(member, "finding"))
    return Finding.objects.current().filter(mine).order_by("name", "pk")


def may_confirm(member: Member, record: Touchpoint | Finding, *, is_counted: bool) -> bool:
    """Say whether a member may confirm a record: who may edit it, or who a running review counts it on."""
    return is_counted or access.may(member, EDITS[str(record._meta.model_name)], record)


def is_counted_on(member: Member, record: Touchpoint | Finding) -> bool:
    """Say whether a running review counts a record on a member, since nobody kept it when the review began."""
    of = str(record._meta.model_name)
    return _counted_on(member, of).filter(**{of: record}).exists()


def to_confirm(member: Member, *, today: date, zone: tzinfo) -> list[Word]:
    """Return what a member has still to confirm; what changed since it was confirmed comes last."""
    found = words(touchpoints_of(member), today=today, zone=zone)
    found += words(findings_of(member), today=today, zone=zone)
    return sorted((each for each in found if not each.is_right), key=lambda each: each.has_changed)


def has_any(member: Member) -> bool:
    """Say whether a member ever has something to confirm: leads a department, or keeps a record."""
    return bool(access.led_by(member)) or findings_of(member).exists() or touchpoints_of(member).exists()


def _counted_on(member: Member, of: str) -> QuerySet[Any]:
    counted = ReviewRecord.objects.filter(member=member, review__closed_at=None, **{f"{of}__isnull": False})
    return counted.values(of)


def _word(record: Any, since: date) -> Word:
    on, version = record.confirmed_on, record.confirmed_version
    has_changed = version is not None and version != record.version
    return Word(record, on, has_changed, is_right=on is not None and on >= since and not has_changed)

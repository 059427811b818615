"""Keeps the two clocks of a source and the reason when it fails. Connectors call this."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Case, When
from django.db.models.functions import Coalesce, Now

from cxhub.lib.timetable import Hours
from insights.measures.registry import measure
from insights.measures.telling import told_at_first
from insights.models import Kpi, Source
from insights.services import kpis
from orgs.models import Member
from orgs.services import audit


def create(name: str, *, interval_minutes: int | None = None, by: Member | None) -> Source:
    """Make a source. Without an interval it is a one-off import: historical, never stale."""
    source = Source.objects.create(name=name, interval_minutes=interval_minutes)
    audit.record("source.create", source, by=by, after={"name": name, "interval_minutes": interval_minutes})
    return source


@transaction.atomic
def tell(*, source: Source, tells: str, by: Member) -> int:
    """Say what a source brings, as what its KPIs tell of their channels; return how many of them tell it now.

    A KPI that tells something else, by its measure or because somebody said so, goes on telling that.
    """
    locked = Source.objects.select_for_update().get(pk=source.pk)
    before, locked.tells = locked.tells, tells
    locked.save(update_fields=["tells"])
    if before != tells:
        audit.record("source.tell", locked, by=by, before={"tells": before}, after={"tells": tells})
    for kpi in Kpi.objects.filter(source=locked, tells__in={"", before}).order_by("pk"):
        definition = measure(kpi.measure)
        if not kpi.tells or told_at_first(definition, before) == kpi.tells:
            kpis.define(kpi=kpi, by=by, tells=told_at_first(definition, tells))
    return Kpi.objects.filter(source=locked, tells=tells).count() if tells else 0


def repeats(source: Source, *, interval_minutes: int | None, hours: Hours | None = None) -> None:
    """Say how often a source is refreshed, and within which business hours. The caller records who decided it."""
    plain = hours.to_json() if hours else None
    Source.objects.filter(pk=source.pk).update(interval_minutes=interval_minutes, hours=plain)


def refreshed(source: Source, *, at: datetime, data_through: date | None, run_path: str) -> None:
    """Note a success: the clocks go forward, never back, and the trouble is over."""
    locked = Source.objects.select_for_update().get(pk=source.pk)
    locked.refreshed_at = max(filter(None, [locked.refreshed_at, at]))
    locked.data_through = max(filter(None, [locked.data_through, data_through]), default=None)
    locked.trouble, locked.trouble_at, locked.run_path = "", None, run_path
    locked.save()


def failed(source: Source, *, trouble: str, run_path: str, at: datetime | None = None) -> None:
    """Note a failure in words, and since when it is so. The last good numbers and their clocks stay."""
    words = trouble[:300]
    since = Case(When(trouble=words, then=Coalesce("trouble_at", at or Now())), default=at or Now())
    Source.objects.filter(pk=source.pk).update(trouble=words, trouble_at=since, run_path=run_path)

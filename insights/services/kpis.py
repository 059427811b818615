"""Makes KPIs and sets their targets."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from insights.measures.base import Scale
from insights.measures.registry import measure
from insights.models import Kpi, KpiTarget, Source
from journeys.models import Touchpoint
from orgs.models import Member
from orgs.services import audit


@transaction.atomic
def find_or_create(
    slug: str,
    *,
    touchpoint: Touchpoint | None,
    source: Source,
    scale: Scale | None,
    grain: str = "day",
    by: Member | None,
    origin: str = "",
) -> tuple[Kpi, bool]:
    """Return the KPI of this measure about this subject from this source, made if it is new.

    A touchpoint of None means the workspace as a whole.
    """
    definition = measure(slug)
    kpi, is_new = Kpi.objects.get_or_create(
        measure=slug,
        touchpoint=touchpoint,
        stage=None,
        map=None,
        source=source,
        defaults={
            "scale_low": scale.low if scale else None,
            "scale_high": scale.high if scale else None,
            "direction": definition.direction.value,
            "smallest_sample": definition.smallest_sample,
            "grain": grain,
        },
    )
    if is_new:
        audit.record("kpi.create", kpi, by=by, after={"measure": slug, "source": source.name}, origin=origin)
    return kpi, is_new


DEFINED_BY = ("name", "unit", "direction", "reporting_period", "smallest_sample", "watch_threshold")


@transaction.atomic
def define(*, kpi: Kpi, by: Member | None, **news: Any) -> Kpi:
    """Say what a KPI is called, counted in, which way is good, and when and how it is judged; what is not named stays.

    Takes the fields of DEFINED_BY. Another unit, direction or sample is another number: its certificate ends to hold.
    """
    unknown = news.keys() - set(DEFINED_BY)
    if unknown:
        raise TypeError(f"A KPI is not defined by {', '.join(sorted(unknown))}.")
    held: Kpi = Kpi.objects.select_for_update().get(pk=kpi.pk)
    changed = [field for field in DEFINED_BY if field in news and getattr(held, field) != news[field]]
    if not changed:
        return held
    before = {field: getattr(held, field) for field in changed}
    for field in changed:
        setattr(held, field, news[field])
    held.save(update_fields=changed)
    audit.record("kpi.define", held, by=by, before=before, after={field: news[field] for field in changed})
    return held


@transaction.atomic
def set_target(*, kpi: Kpi, value: float, valid_from: date, by: Member | None) -> KpiTarget:
    """Set a target from a day on. The target that held until then ends the day before; later ones stay."""
    before = kpi.targets.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
    held = kpi.targets.filter(valid_from__lte=valid_from).exclude(valid_until__lt=valid_from).first()
    was = {"value": held.value, "from": held.valid_from.isoformat()} if held else None
    if before and (before.valid_until is None or before.valid_until >= valid_from):
        before.valid_until = valid_from - timedelta(days=1)
        before.save()
    following = kpi.targets.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    until = following.valid_from - timedelta(days=1) if following else None
    target, _ = KpiTarget.objects.update_or_create(
        kpi=kpi, valid_from=valid_from, defaults={"value": value, "valid_until": until}
    )
    audit.record("kpi.set_target", kpi, by=by, before=was, after={"value": value, "from": valid_from.isoformat()})
    return target

"""Makes KPIs and sets their targets."""

from datetime import date, timedelta

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

"""Makes KPIs and sets their targets."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from insights.measures.base import Scale
from insights.measures.registry import measure
from insights.measures.telling import can_tell, told_at_first
from insights.models import Kpi, KpiTarget, Source
from insights.queries import kpis as found
from journeys.models import Touchpoint
from orgs.models import Member
from orgs.services import audit, stale


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
            "tells": told_at_first(definition, source.tells),
        },
    )
    if is_new:
        audit.record("kpi.create", kpi, by=by, after={"measure": slug, "source": source.name}, origin=origin)
    return kpi, is_new


DEFINED_BY = (
    *("name", "unit", "direction", "reporting_period", "smallest_sample", "watch_threshold"),
    *("is_outcome", "tells"),
)


class CannotTell(ValueError):
    """A number of this measure cannot tell that of a channel; str() is the sentence for the person."""


@transaction.atomic
def define(*, kpi: Kpi, by: Member | None, **news: Any) -> Kpi:
    """Say what a KPI is called, counted in, which way is good, and when and how it is judged; what is not named stays.

    Takes the fields of DEFINED_BY. `is_outcome` says whether it sets health; None leaves that to its measure.
    `tells` says what it tells of its channel; raises CannotTell. Another unit, direction or sample is another number:
    its certificate ends to hold.
    """
    unknown = news.keys() - set(DEFINED_BY)
    if unknown:
        raise TypeError(f"A KPI is not defined by {', '.join(sorted(unknown))}.")
    held: Kpi = Kpi.objects.select_for_update().get(pk=kpi.pk)
    if not can_tell(measure(held.measure), news.get("tells", "")):
        raise CannotTell(gettext("This measure cannot tell that of a channel."))
    changed = [field for field in DEFINED_BY if field in news and getattr(held, field) != news[field]]
    if not changed:
        return held
    before = {field: getattr(held, field) for field in changed}
    for field in changed:
        setattr(held, field, news[field])
    if "name" in changed and held.is_official:  # it was chosen among the sources of another number
        before["official"] = held.source.name
        not_official(held)
    held.save(update_fields=changed)
    audit.record("kpi.define", held, by=by, before=before, after={field: news[field] for field in changed})
    return held


@transaction.atomic
def redefine(*, kpi: Kpi, was: str, by: Member, **news: Any) -> Kpi:
    """Define a KPI anew, as `define` does. `was` is the definition that was seen.

    Raises stale.ChangedMeanwhile where another one stands there now and the news would replace something of it.
    """
    held = Kpi.objects.select_for_update().get(pk=kpi.pk)
    now = defined(held)
    if any(now[field] != value for field, value in news.items()):
        stale.refuse(was, now)
    return define(kpi=held, by=by, **news)


def defined(kpi: Kpi) -> dict[str, Any]:
    """What the form of a definition shows."""
    return {field: getattr(kpi, field) for field in DEFINED_BY}


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


class NothingToDecide(Exception):
    """The number has one source only, or this one is official already; str() is the sentence for the person."""


@transaction.atomic
def make_official(*, kpi: Kpi, reason: str, by: Member, now: datetime) -> Kpi:
    """Decide that of several sources of one number this one counts, and why. Raises NothingToDecide.

    The others stay, each under its own source; nothing is ever averaged.
    """
    held = list(Kpi.objects.select_for_update().filter(found.same(kpi)).select_related("source").order_by("pk"))
    chosen = next(each for each in held if each.pk == kpi.pk)
    if len(held) < 2:
        raise NothingToDecide(gettext("This number has one source only. There is nothing to decide."))
    if chosen.is_official:
        raise NothingToDecide(gettext("This source is the official one already."))
    before = next((each for each in held if each.is_official), None)
    if before:
        not_official(before)
    chosen.is_official, chosen.official_reason, chosen.official_by, chosen.official_at = True, reason, by, now
    chosen.save(update_fields=OFFICIAL)
    was = {"official": before.source.name if before else ""}
    told = {"official": chosen.source.name, "reason": reason}
    for each in held:
        audit.record("kpi.make_official", each, by=by, before=was, after=told)
    return chosen


OFFICIAL = ("is_official", "official_reason", "official_by", "official_at")


def not_official(kpi: Kpi) -> None:
    """Let the KPI be official no more. The caller records why."""
    kpi.is_official, kpi.official_reason, kpi.official_by, kpi.official_at = False, "", None, None
    kpi.save(update_fields=OFFICIAL)

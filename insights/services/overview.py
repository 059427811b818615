"""Chooses the numbers at the head of the Overview, and marks its changes as seen."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from insights.models import HeadlineKpi, Kpi, OverviewSeen
from orgs.models import Member
from orgs.services import audit

MOST_OF_ALL, MOST_OF_ONE = 3, 2


class TooMany(ValueError):
    """More numbers than the head of the Overview has places for."""


@transaction.atomic
def choose_headlines(*, kpis: Sequence[Kpi], whose: Member | None, by: Member) -> None:
    """Put these KPIs at the head of the Overview, in this order, in place of the earlier ones.

    `whose` None: for everybody, at most three; a member: for that member alone, at most two. Raises TooMany.
    """
    most = MOST_OF_ONE if whose else MOST_OF_ALL
    if len(kpis) > most:
        raise TooMany(_("Choose at most %(most)d numbers.") % {"most": most})
    held = HeadlineKpi.objects.filter(member=whose)
    before = list(held.values_list("kpi", flat=True))
    held.delete()
    for position, kpi in enumerate(kpis):
        made = HeadlineKpi.objects.create(kpi=kpi, member=whose, position=position)
    after = [kpi.pk for kpi in kpis]
    if before != after:
        subject = whose or (made if kpis else by)
        audit.record(
            "overview.choose_headlines",
            subject,
            by=by,
            before={"kpis": before},
            after={"kpis": after, "for": "one" if whose else "everybody"},
        )


@transaction.atomic
def mark_seen(*, by: Member, now: datetime) -> OverviewSeen:
    """Say that the member knows the changes shown until now."""
    seen, _is_new = OverviewSeen.objects.update_or_create(member=by, defaults={"at": now})
    audit.record("overview.mark_seen", seen, by=by, after={"at": now.isoformat()})
    return seen

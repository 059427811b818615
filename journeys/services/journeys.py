"""Begins journeys by hand, each with its current-state map."""

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Journey, LifecyclePhase, Map
from journeys.services import names, stages
from journeys.services.stages import NoPhases
from orgs.models import Member
from orgs.services import audit

MOST_STAGES = 30


class TooManyStages(Exception):
    """More stages than anybody reads."""

    def __init__(self) -> None:
        super().__init__(_("Begin with at most %(most)d stages.") % {"most": MOST_STAGES})


@transaction.atomic
def begin(
    *, name: str, scenario: str, stage_names: list[str], owner: Member | None, sponsor: Member | None, by: Member
) -> Map:
    """Make a journey and its current-state map with these stages, spread over the phases in order.

    Raises names.BadName, TooManyStages, NoPhases.
    """
    clean = names.clean(name)
    if len(stage_names) > MOST_STAGES:
        raise TooManyStages
    phases = list(LifecyclePhase.objects.all())
    if stage_names and not phases:
        raise NoPhases
    journey = Journey.objects.create(name=clean)
    audit.record("journey.create", journey, by=by, after={"name": clean})
    drawn: Map = Map.objects.create(journey=journey, title=clean, scenario=scenario, owner=owner, sponsor=sponsor)
    after = {"title": clean, "scenario": scenario, "owner": str(owner or ""), "sponsor": str(sponsor or "")}
    audit.record("map.create", drawn, by=by, after=after)
    for number, each in enumerate(stage_names):
        stages.add(drawn=drawn, name=each, phase=phases[number * len(phases) // len(stage_names)], by=by)
    drawn.refresh_from_db()
    return drawn

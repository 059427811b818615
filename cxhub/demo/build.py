"""Builds the example company in one transaction: a workspace, its people, records, connections and story."""

from datetime import datetime
from typing import Any

from django.db import transaction

from cxhub.demo import (
    channel_feeds,
    contacts,
    evidence,
    expectations,
    feeds,
    handoffs,
    ownership,
    paths,
    reviews,
    story,
)
from cxhub.demo import channels as register
from cxhub.demo.dates import Dates
from cxhub.demo.journeys import JOURNEYS, PERSONAS, PRODUCTS, Drawn
from cxhub.demo.lanes import LANES
from cxhub.demo.people import FIELD, Cast
from cxhub.demo.touchpoints import PAID, PARTNER, SPOTS
from cxhub.demo.touchpoints.spots import Spot
from journeys.models import LifecyclePhase, Map, Persona, Product, Step, Touchpoint
from journeys.queries.lanes import text_kind
from journeys.services import (
    accountability,
    cells,
    channels,
    lanes,
    maps,
    placements,
    registers,
    stages,
    steps,
    systems,
    touchpoints,
)
from journeys.services import evidence as supporting
from journeys.services import journeys as beginning
from orgs.models import Member
from orgs.scope import scope
from orgs.services import stale, workspaces
from orgs.services.workspaces import Opened

NAME = "Larch Home Energy"
ACCEPTED_DAYS_AGO = 280


@transaction.atomic
def build(*, slug: str, email: str, person_name: str, zone: str, now: datetime) -> Opened:
    """Open the example workspace and fill it; the worker fetches most figures afterwards. Raises SlugIsTaken."""
    opened = workspaces.open_workspace(
        name=NAME, slug=slug, email=email, person_name=person_name, zone=zone, is_example=True
    )
    with scope(opened.workspace.pk):
        _fill(opened, Dates(now, opened.workspace))
    return opened


def _fill(opened: Opened, dates: Dates) -> None:
    cast = Cast(opened.administrator)
    spots = {one.key: _spot(one, cast, dates) for one in SPOTS}
    register.register(cast, dates)
    drawn = _journeys(cast, spots)
    contacts.need(cast, drawn)
    paths.plan(drawn, cast["jo"])
    reviews.publish(drawn, cast, dates)
    reviews.plan(drawn, cast, dates)
    at_once = (*feeds.AT_ONCE, *channel_feeds.AT_ONCE)
    connected = {system.key: feeds.connect(system, spots, cast, dates) for system in at_once}
    handoffs.agree(cast, spots, dates)
    expectations.expect(cast, spots, dates)
    ownership.tell(cast, spots)
    contacts.reach(cast)
    story.tell(cast, spots, drawn, dates, connected)
    reviews.review(drawn, cast, dates)


def _spot(one: Spot, cast: Cast, dates: Dates) -> Touchpoint:
    """Make a touchpoint that its department accepted long ago."""
    then, lead = dates.ago(ACCEPTED_DAYS_AGO), cast.lead(one.department)
    line, funding = PAID.get(one.key, ("", ""))
    values: dict[str, Any] = {
        "name": one.name,
        "description": one.meets,
        "promise": one.promise,
        "channel": channels.find_or_create(one.channel, by=cast["jo"])[0],
        "systems": [systems.find_or_create(one.system, by=cast["jo"])[0]] if one.system else [],
        "steward": cast["tom"] if one.department == "Contact Centre" else lead,
        "is_moment_of_truth": one.is_moment,
        "importance_to_customer": one.customer,
        "importance_to_company": one.company,
        "performed_by": Touchpoint.PerformedBy.PARTNER if one.department == FIELD else Touchpoint.PerformedBy.OWN_STAFF,
        "partner_name": PARTNER if one.department == FIELD else "",
        "design_status": Touchpoint.DesignStatus.LIVE,
        "budget_line": line,
        "funding": funding,
        "run_by": cast.departments[one.department],
    }
    made = touchpoints.create(values=values, by=cast["jo"], now=then)
    offer = accountability.offer(touchpoint=made, department=cast.departments[one.department], by=cast["jo"], now=then)
    accountability.accept(offer=offer, by=lead, now=then)
    return made


def _journeys(cast: Cast, spots: dict[str, Touchpoint]) -> dict[str, Map]:
    phases = {phase.name: phase for phase in LifecyclePhase.objects.all()}
    kinds = {"personas": (Persona, PERSONAS), "products": (Product, PRODUCTS)}
    named = {
        kind: {name: _registered(model, name, text, cast) for name, text in each.items()}
        for kind, (model, each) in kinds.items()
    }
    return {one.key: _journey(one, cast, spots, phases, named) for one in JOURNEYS}


def _registered(model: Any, name: str, description: str, cast: Cast) -> Any:
    made, _is_new = registers.find_or_create(model, name, by=cast["jo"])
    was = stale.seen(registers.values_of(made))
    registers.describe(record=made, name=name, description=description, was=was, by=cast["jo"])
    return made


def _journey(
    one: Drawn,
    cast: Cast,
    spots: dict[str, Touchpoint],
    phases: dict[str, LifecyclePhase],
    named: dict[str, dict[str, Any]],
) -> Map:
    by = cast["jo"]
    sponsor = cast[one.sponsor] if one.sponsor else None
    drawn = beginning.begin(
        name=one.title, scenario=one.scenario, stage_names=[], owner=cast[one.owner], sponsor=sponsor, by=by
    )
    for stage in one.stages:
        made = stages.add(drawn=drawn, name=stage.name, phase=phases[stage.phase], by=by)
        for name, keys in stage.steps:
            step = steps.add(stage=made, name=name, by=by)
            supported, source = evidence.BY_STAGE[one.key, stage.name]
            supporting.state(step=step, evidence=supported, source=source, by=by)
            for key in keys:
                placements.place(step=step, touchpoint=spots[key], by=by)
    _write(drawn, LANES.get(one.key, {}), by)
    drawn.refresh_from_db()
    about: dict[str, Any] = {kind: [named[kind][name] for name in getattr(one, kind)] for kind in named}
    about |= {"level": one.level, "dimension": one.dimension}
    return maps.edit(drawn=drawn, version=drawn.version, by=by, **about)


def _write(drawn: Map, told: dict[str, dict[str, str]], by: Member) -> None:
    there = {step.name: step for step in Step.objects.filter(stage__map=drawn)}
    for kind, words in told.items():
        lane = lanes.add(drawn=drawn, kind=text_kind(kind), by=by)  # type: ignore[arg-type]
        for name, text in words.items():
            cells.write(lane=lane, step=there[name], text=text, version=0, by=by)

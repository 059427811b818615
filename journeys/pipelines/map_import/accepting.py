"""Writes the map that somebody accepted: always a new one, never over another."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from journeys.models import Channel, Journey, LifecyclePhase, Map, MapImport, MapLane, Persona, Stage, Step
from journeys.pipelines.map_import import matching
from journeys.pipelines.map_import.matching import Plan
from journeys.queries import documents
from journeys.queries.abouts import ABOUT
from journeys.queries.lanes import kind_showing
from journeys.services import channels, drafts, findings, names, phases, registers, touchpoints
from journeys.services.batches import PreviewIsStale
from orgs.access import may
from orgs.models import Member
from orgs.permissions import Permission
from orgs.services import audit

MAKERS = {
    "touchpoints": Permission.TOUCHPOINT_EDIT,
    "findings": Permission.FINDING_EDIT,
    "phases": Permission.WORKSPACE_MANAGE,
    "channels": Permission.WORKSPACE_MANAGE,
    "abouts": Permission.WORKSPACE_MANAGE,
}
"""What may be made along with a map, and who may make it."""


@dataclass(frozen=True)
class Choices:
    """What the person chose: names, people, phases by the name in the file (None: make it), what to make."""

    title: str
    journey: Journey | None
    owner: Member | None
    sponsor: Member | None
    phases: Mapping[str, LifecyclePhase | None]
    make: frozenset[str]
    instead: Mapping[tuple[str, Any], Any] = field(default_factory=dict)
    """By part of the plan and key: the record of the workspace that is meant, None to leave it out."""


def may_make(name: str, by: Member) -> bool:
    """Say whether somebody may make records of this kind along with a map."""
    return may(by, MAKERS[name])


@transaction.atomic
def accept(kept: MapImport, *, choices: Choices, fingerprint: str, by: Member, now: datetime) -> Map:
    """Make the map, and the records that the person chose to make, with an audit entry each.

    Raises PreviewIsStale (something changed since the person looked, or it was accepted already), names.BadName.
    """
    held = MapImport.objects.select_for_update(of=("self",)).get(pk=kept.pk)
    if held.accepted_at:
        raise PreviewIsStale(_("This file was taken in already."))
    plan = matching.plan(held)
    if plan.fingerprint != fingerprint:
        raise PreviewIsStale(_("Something changed since you looked. Look again before you accept."))
    made = _map(plan, choices, held.name, by)
    drafts.write(made, _document(plan, choices, made, by))
    held.document, held.foreign, held.accepted_at, held.map = {}, None, now, made
    held.save()
    audit.record("map_import.accept", held, by=by, after={"map": made.pk, "title": made.title})
    return made


def _map(plan: Plan, choices: Choices, file: str, by: Member) -> Map:
    title, told = names.clean(choices.title), plan.document
    journey = choices.journey
    if journey is None:
        journey = Journey.objects.create(name=names.clean(told["journey"] or title))
        audit.record("journey.create", journey, by=by, after={"name": journey.name})
    own = {key: told[key] for key in ("scenario", "state", "level", "dimension")}
    people = {"owner": choices.owner, "sponsor": choices.sponsor}
    made: Map = Map.objects.create(journey=journey, title=title, **own, **people)
    after = {"title": title, "file": file, "stages": len(told["stages"])}
    audit.record("map.import", made, by=by, after=after | {role: str(each or "") for role, each in people.items()})
    return made


def _about(plan: Plan, choices: Choices, by: Member) -> dict[str, list[str]]:
    """Return the names of the personas, products and markets, as the workspace has them."""
    kinds = {name: kind.model for name, kind in ABOUT.items()}
    rows = _all(
        plan.abouts, lambda key: registers.find_or_create(kinds[key[0]], key[1], by=by)[0], "abouts", choices, by
    )
    return {name: [row.name for key, row in rows.items() if key[0] == name] for name in ABOUT}


def _document(plan: Plan, choices: Choices, made: Map, by: Member) -> dict[str, Any]:
    """Return the document with the records of this workspace, under ids that no other map of it has."""
    told, about = plan.document, _about(plan, choices, by)
    placed = _all(plan.touchpoints, lambda key: _touchpoint(plan, choices, key, by), "touchpoints", choices, by)
    found = _all(
        plan.findings, lambda key: findings.find_or_create(kind=key[0], name=key[1], by=by)[0], "findings", choices, by
    )
    phase = {name: _phase(name, row, choices, by) for name, row in plan.phases.items()}
    stages = [
        {
            **stage,
            "phase": phase[stage["phase"]],
            "steps": [_step(step, placed, found, plan) for step in stage["steps"]],
        }
        for stage in told["stages"]
    ]
    steps = [step for stage in stages for step in stage["steps"]]
    lanes = [*_lanes(told["lanes"]), *_lanes_of({row.kind for row in found.values()}, steps, told["lanes"])]
    return _with_free_ids({**told, **about, "title": made.title, "lanes": lanes, "stages": stages})


def _step(step: dict[str, Any], placed: Mapping[Any, Any], found: Mapping[Any, Any], plan: Plan) -> dict[str, Any]:
    child = plan.children.get(matching.child_of(step) or ("", 0))
    touchpoints = _ids(placed.get((one["name"], one["channel"])) for one in step["touchpoints"])
    return {
        **step,
        "child": {"id": child.pk} if child else {},
        "touchpoints": touchpoints,
        "findings": _ids(found.get((one["kind"], one["name"])) for one in step.get("findings", ())),
    }


def _lanes(told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lanes with the personas of this workspace; one of a persona that is not here is nobody's."""
    here = {matching.folded(row.name): row for row in Persona.objects.all()}
    found = [here.get(matching.folded(lane.get("persona", {}).get("name", ""))) for lane in told]
    return [
        {**lane, "persona": {"id": row.pk, "name": row.name} if row else None}
        for lane, row in zip(told, found, strict=True)
    ]


def _lanes_of(kinds: Collection[str], steps: Sequence[Any], lanes: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the lanes that findings need to be seen and that the file does not have."""
    is_placed = any(step["findings"] for step in steps)
    there = {lane["kind"] for lane in lanes}
    needed = [lane for lane in map(kind_showing, sorted(kinds)) if is_placed and lane.key not in there]
    own = {"name": "", "is_hidden": False, "is_pinned": False}
    return [{"uid": str(uuid4()), "kind": lane.key, "position": lane.position, **own} for lane in needed]


def _all(
    matched: Mapping[Any, Any], make: Callable[[Any], Any], name: str, choices: Choices, by: Member
) -> dict[Any, Any]:
    is_made = name in choices.make and may_make(name, by)
    found = {}
    for key, row in matched.items():
        meant = row or choices.instead.get((name, key))
        if meant is None and is_made and (name, key) not in choices.instead:
            meant = make(key)
        if meant:
            found[key] = meant
    return found


def _ids(rows: Any) -> list[dict[str, Any]]:
    """Each record once: two names in the file may have come to mean one."""
    return [{"id": pk, "name": name} for pk, name in dict.fromkeys((row.pk, row.name) for row in rows if row)]


def _touchpoint(plan: Plan, choices: Choices, key: tuple[str, str], by: Member) -> Any:
    name, channel = key
    where: Channel | None = plan.channels.get(channel)
    if channel and where is None and "channels" in choices.make and may_make("channels", by):
        where, _is_new = channels.find_or_create(channel, by=by)
    return touchpoints.find_or_create(name, channel=where, by=by)[0]


def _phase(name: str, found: LifecyclePhase | None, choices: Choices, by: Member) -> str:
    chosen = found or choices.phases.get(name)
    if chosen is None and may_make("phases", by):
        chosen, _is_new = phases.find_or_create(name, by=by)
    return str(chosen or LifecyclePhase.objects.first())


def _with_free_ids(told: dict[str, Any]) -> dict[str, Any]:
    """Give new ids to stages, steps and lanes whose id is in use here already; what refers to them follows."""
    taken: set[str] = set()
    for model in (MapLane, Stage, Step):
        found = model.objects.filter(uid__in=documents.uids(told))
        taken |= {str(uid) for uid in found.values_list("uid", flat=True)}
    return documents.renewed(told, taken)

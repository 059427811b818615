"""The menus of a map's headers: what can be done with a stage, a step or a lane, asked for when they are opened."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.htmx import varies_on_htmx
from journeys.models import LifecyclePhase, Map, Persona, PlannedPath, Stage, Step
from journeys.queries import drilldowns, lanes, maps, planned_paths, step_choices
from journeys.queries.lanes import Row
from journeys.registry import TEXT_LANES, TextLane
from journeys.views.menu_parts import act, answer, move, url_of, where
from journeys.views.outline_steps import rows
from orgs import access
from orgs.permissions import Permission


@require_safe
@varies_on_htmx
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what can be done with a step."""
    found = access.load(request, rows(), pk, Permission.MAP_EDIT)
    stage, drawn = found.stage, found.stage.map
    stages = list(drawn.stages.all())
    outline = url_of(request, "map_outline", drawn.pk)
    names = [(each.pk, step_choices.numbered(at, each.name)) for at, each in enumerate(stages, start=1)]
    menu = {
        "title": found.name,
        "rename": {"url": url_of(request, "step", pk), "was": found.name, "label": _("Name of the step")},
        "moves": _sideways(
            url_of(request, "step_position", pk),
            is_first=stages[0].pk == stage.pk and found.position == 0,
            is_last=stages[-1].pk == stage.pk and found.position == stage.steps.count() - 1,
        ),
        "to": where(url_of(request, "step_position", pk), _("Move to the end of"), [("", names)], stage.pk),
        "adds": [
            _add(_("Step before"), url_of(request, "steps", stage.pk), found.position),
            _add(_("Step after"), url_of(request, "steps", stage.pk), found.position + 1),
        ],
        "paths": _paths(request, found),
        "child": _child(request, found),
        "acts": [
            act(_("Copy this step"), "copy", url_of(request, "step_copies", pk)),
            act(_("Delete this step"), "trash-2", url_of(request, "step_deletion", pk)),
        ],
        "note": _("Touchpoints stay in the catalogue. You can undo a deletion."),
        "more": {"label": _("Touchpoints of this step"), "url": f"{outline}#step-{pk}"},
    }
    return answer(request, drawn, menu)


@require_safe
@varies_on_htmx
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what can be done with a stage."""
    found = access.load(request, Stage.objects.select_related("map", "phase"), pk, Permission.MAP_EDIT)
    there = [each.pk for each in found.map.stages.all()]
    place, stages = there.index(pk), url_of(request, "stages", found.map_id)
    phase = {"phase": found.phase_id}
    phases = [(each.pk, each.name) for each in LifecyclePhase.objects.all()]
    menu = {
        "title": found.name,
        "rename": {
            "url": url_of(request, "stage", pk),
            "was": found.name,
            "label": _("Name of the stage"),
            "phases": phases,
            "phase": found.phase_id,
        },
        "moves": _sideways(url_of(request, "stage_position", pk), is_first=place == 0, is_last=place == len(there) - 1),
        "adds": [
            _add(_("Stage before"), stages, place, **phase),
            _add(_("Stage after"), stages, place + 1, **phase),
            _add(_("Step at the end"), url_of(request, "steps", pk)),
        ],
        "acts": [
            _overlap(request, found),
            act(_("Copy this stage"), "copy", url_of(request, "stage_copies", pk)),
            act(_("Delete this stage"), "trash-2", url_of(request, "stage_deletion", pk)),
        ],
        "note": _("Its steps go with it, touchpoints stay in the catalogue. You can undo a deletion."),
    }
    return answer(request, found.map, menu)


@require_safe
@varies_on_htmx
def lane(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show what can be done with a lane."""
    drawn = access.load(request, maps.one(), pk, Permission.MAP_EDIT)
    found = lanes.rows(drawn)
    row = lanes.find(found, key)
    if row is None:
        raise Http404
    shown = [each.key for each in found if not each.is_hidden or each is row]
    args = (drawn.pk, key)
    flags = url_of(request, "lane_display", *args)
    acts = [
        act(_("Unpin"), "pin-off", flags, is_pinned="no")
        if row.is_pinned
        else act(_("Pin to the top"), "pin", flags, is_pinned="yes"),
        act(_("Hide on this map"), "eye-off", flags, is_hidden="yes"),
    ]
    if row.is_text:
        acts += _personas(request, drawn, row)
        acts.append(act(_("Copy this lane"), "copy", url_of(request, "lane_copies", *args)))
        acts.append(act(_("Delete this lane"), "trash-2", url_of(request, "lane_deletion", *args)))
    menu = {
        "title": row.name,
        "rename": {
            "url": url_of(request, "lane", *args),
            "was": row.name,
            "label": _("Name of the lane"),
            "is_optional": True,
        },
        "moves": [
            move(_("Move up"), "arrow-up", url_of(request, "lane_position", *args), "up", shown[0] == key),
            move(_("Move down"), "arrow-down", url_of(request, "lane_position", *args), "down", shown[-1] == key),
        ],
        "acts": acts,
        "note": _("Its words go with it. You can undo a deletion.")
        if row.is_text
        else row.kind.hint or _("Read off the touchpoints: nothing is stored here."),
    }
    return answer(request, drawn, menu)


@require_safe
@varies_on_htmx
def all_lanes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the lanes that can be added, and those that are hidden."""
    drawn = access.load(request, maps.one(), pk, Permission.MAP_EDIT)
    every = lanes.rows(drawn)
    hidden = [row for row in every if row.is_hidden and not row.is_added]
    addable = [row for row in every if row.is_added]
    add, texts = url_of(request, "lanes", drawn.pk), sorted(TEXT_LANES, key=lambda kind: kind.position)
    menu = {
        "title": _("Lanes"),
        "kinds": [
            *(
                {**act(*named, add, **fields), "note": kind.hint}
                for kind in texts
                for named, fields in _adds(drawn, kind)
            ),
            *({**_shown(request, drawn, row), "note": row.kind.hint} for row in addable),
        ],
        "hidden": [_shown(request, drawn, row) for row in hidden],
    }
    return answer(request, drawn, menu)


def _adds(drawn: Map, kind: TextLane) -> list[tuple[tuple[str, str], dict[str, Any]]]:
    """A lane of a kind, and one for each persona of the map where that kind can be of one."""
    found: list[tuple[tuple[str, str], dict[str, Any]]] = [((str(kind.name), kind.icon), {"kind": kind.key})]
    for persona in _about(drawn) if kind.is_of_persona else ():
        found.append(((f"{kind.name}: {persona}", kind.icon), {"kind": kind.key, "persona": persona.pk}))
    return found


def _personas(request: HttpRequest, drawn: Map, row: Row) -> list[dict[str, Any]]:
    """Ways to say whose lane it is, as far as it can be anybody's."""
    if not row.kind.is_of_persona:  # type: ignore[union-attr]
        return []
    url, now = url_of(request, "lane_persona", drawn.pk, row.key), row.kept.persona_id  # type: ignore[union-attr]
    ways = [
        act(_("The lane of %(persona)s") % {"persona": persona}, "user", url, persona=persona.pk)
        for persona in _about(drawn)
        if persona.pk != now
    ]
    return [*ways, *([act(_("Of no persona in particular"), "users", url)] if now else [])]


def _about(drawn: Map) -> list[Persona]:
    return list(Persona.objects.filter(map_links__map=drawn))


def _shown(request: HttpRequest, drawn: Map, row: Row) -> dict[str, Any]:
    return act(row.name, row.kind.icon, url_of(request, "lane_display", drawn.pk, row.key), is_hidden="no")


def _paths(request: HttpRequest, step: Step) -> dict[str, Any]:
    """Where a step goes on to, and every step of its map that it could go to."""
    return {
        "planned": planned_paths.out_of(step),
        "add_url": url_of(request, "planned_paths", step.pk),
        "kinds": PlannedPath.Kind.choices,
        "stages": step_choices.steps(step.stage.map_id, but=step.pk),
    }


def _child(request: HttpRequest, step: Step) -> dict[str, Any]:
    """The maps that a step may lead to; where it leads now is among them, archived or not."""
    found = [(each.pk, each.title) for each in drilldowns.choices(step)]
    if step.child and step.child_id not in dict(found):
        now = _("%(map)s (archived)") if step.child.archived_at else "%(map)s"
        found.append((step.child.pk, now % {"map": step.child}))
    return {"url": url_of(request, "step_child", step.pk), "options": found, "chosen": step.child_id}


def _overlap(request: HttpRequest, stage: Stage) -> dict[str, Any]:
    url = url_of(request, "stage_overlap", stage.pk)
    if stage.is_overlapping and stage.position:
        return act(_("Happens after the stage before it"), "arrow-right", url, is_overlapping="no")
    way = act(_("Happens at the same time as the stage before"), "columns-2", url, is_overlapping="yes")
    return {**way, "is_off": stage.position == 0}


def _sideways(url: str, *, is_first: bool, is_last: bool) -> list[dict[str, Any]]:
    left = move(_("Move left"), "arrow-left", url, "up", is_first)
    return [left, move(_("Move right"), "arrow-right", url, "down", is_last)]


def _add(label: str, url: str, place: int | None = None, **fields: Any) -> dict[str, Any]:
    at = {} if place is None else {"place": place}
    return {"label": label, "url": url, "fields": {**fields, **at}}

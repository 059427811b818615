"""The menus of a map's headers: what can be done with a stage, a step or a lane, asked for when they are opened."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cxhub.web.htmx import varies_on_htmx, wants_fragment
from journeys.models import LifecyclePhase, Map, Persona, PlannedPath, Stage, Step
from journeys.queries import drilldowns, lanes, maps, planned_paths
from journeys.queries.lanes import Row
from journeys.registry import TEXT_LANES, TextLane
from journeys.views.outline_steps import rows
from orgs import access
from orgs.permissions import Permission


@require_safe
@varies_on_htmx
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what can be done with a step."""
    found = access.load(request, rows(), pk, Permission.MAP_EDIT)
    stage, drawn = found.stage, found.stage.map
    stages = [(each.pk, each.name) for each in drawn.stages.all()]
    menu = {
        "title": found.name,
        "rename": {"url": _url(request, "step", pk), "was": found.name, "label": _("Name of the step")},
        "moves": _sideways(
            _url(request, "step_position", pk),
            is_first=stages[0][0] == stage.pk and found.position == 0,
            is_last=stages[-1][0] == stage.pk and found.position == stage.steps.count() - 1,
        ),
        "to": _to(_url(request, "step_position", pk), _("Move to the end of"), stages, stage.pk),
        "adds": [
            _add(_("Step before"), _url(request, "steps", stage.pk), found.position),
            _add(_("Step after"), _url(request, "steps", stage.pk), found.position + 1),
        ],
        "paths": _paths(request, found),
        "child": _child(request, found),
        "acts": [
            _act(_("Copy this step"), "copy", _url(request, "step_copies", pk)),
            _act(_("Delete this step"), "trash-2", _url(request, "step_deletion", pk)),
        ],
        "note": _("Touchpoints stay in the catalogue. You can undo a deletion."),
        "more": {"label": _("Touchpoints of this step"), "url": f"{_url(request, 'map_outline', drawn.pk)}#step-{pk}"},
    }
    return _answer(request, drawn, menu)


@require_safe
@varies_on_htmx
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what can be done with a stage."""
    found = access.load(request, Stage.objects.select_related("map", "phase"), pk, Permission.MAP_EDIT)
    there = [each.pk for each in found.map.stages.all()]
    place, stages = there.index(pk), _url(request, "stages", found.map_id)
    phase = {"phase": found.phase_id}
    phases = [(each.pk, each.name) for each in LifecyclePhase.objects.all()]
    menu = {
        "title": found.name,
        "rename": {
            "url": _url(request, "stage", pk),
            "was": found.name,
            "label": _("Name of the stage"),
            "phases": phases,
            "phase": found.phase_id,
        },
        "moves": _sideways(_url(request, "stage_position", pk), is_first=place == 0, is_last=place == len(there) - 1),
        "adds": [
            _add(_("Stage before"), stages, place, **phase),
            _add(_("Stage after"), stages, place + 1, **phase),
            _add(_("Step at the end"), _url(request, "steps", pk)),
        ],
        "acts": [
            _overlap(request, found),
            _act(_("Copy this stage"), "copy", _url(request, "stage_copies", pk)),
            _act(_("Delete this stage"), "trash-2", _url(request, "stage_deletion", pk)),
        ],
        "note": _("Its steps go with it, touchpoints stay in the catalogue. You can undo a deletion."),
    }
    return _answer(request, found.map, menu)


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
    flags = _url(request, "lane_display", *args)
    acts = [
        _act(_("Unpin"), "pin-off", flags, is_pinned="no")
        if row.is_pinned
        else _act(_("Pin to the top"), "pin", flags, is_pinned="yes"),
        _act(_("Hide on this map"), "eye-off", flags, is_hidden="yes"),
    ]
    if row.is_text:
        acts += _personas(request, drawn, row)
        acts.append(_act(_("Copy this lane"), "copy", _url(request, "lane_copies", *args)))
        acts.append(_act(_("Delete this lane"), "trash-2", _url(request, "lane_deletion", *args)))
    menu = {
        "title": row.name,
        "rename": {
            "url": _url(request, "lane", *args),
            "was": row.name,
            "label": _("Name of the lane"),
            "is_optional": True,
        },
        "moves": [
            _move(_("Move up"), "arrow-up", _url(request, "lane_position", *args), "up", shown[0] == key),
            _move(_("Move down"), "arrow-down", _url(request, "lane_position", *args), "down", shown[-1] == key),
        ],
        "acts": acts,
        "note": _("Its words go with it. You can undo a deletion.")
        if row.is_text
        else row.kind.hint or _("Read off the touchpoints: nothing is stored here."),
    }
    return _answer(request, drawn, menu)


@require_safe
@varies_on_htmx
def all_lanes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the lanes that can be added, and those that are hidden."""
    drawn = access.load(request, maps.one(), pk, Permission.MAP_EDIT)
    every = lanes.rows(drawn)
    hidden = [row for row in every if row.is_hidden and not row.is_added]
    addable = [row for row in every if row.is_added]
    add, texts = _url(request, "lanes", drawn.pk), sorted(TEXT_LANES, key=lambda kind: kind.position)
    menu = {
        "title": _("Lanes"),
        "kinds": [
            *(
                {**_act(*named, add, **fields), "note": kind.hint}
                for kind in texts
                for named, fields in _adds(drawn, kind)
            ),
            *({**_shown(request, drawn, row), "note": row.kind.hint} for row in addable),
        ],
        "hidden": [_shown(request, drawn, row) for row in hidden],
    }
    return _answer(request, drawn, menu)


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
    url, now = _url(request, "lane_persona", drawn.pk, row.key), row.kept.persona_id  # type: ignore[union-attr]
    ways = [
        _act(_("The lane of %(persona)s") % {"persona": persona}, "user", url, persona=persona.pk)
        for persona in _about(drawn)
        if persona.pk != now
    ]
    return [*ways, *([_act(_("Of no persona in particular"), "users", url)] if now else [])]


def _about(drawn: Map) -> list[Persona]:
    return list(Persona.objects.filter(map_links__map=drawn))


def _shown(request: HttpRequest, drawn: Map, row: Row) -> dict[str, Any]:
    return _act(row.name, row.kind.icon, _url(request, "lane_display", drawn.pk, row.key), is_hidden="no")


def _answer(request: HttpRequest, drawn: Map, menu: dict[str, Any]) -> HttpResponse:
    slug = request.workspace.slug  # type: ignore[attr-defined]
    crumbs = [{"label": drawn.title, "url": reverse("map", args=[slug, drawn.pk])}]
    context = {"of_head": {**menu, "version": drawn.structure_version}, "crumbs": crumbs}
    return render(request, f"journeys/map_menu.html{'#menu' if wants_fragment(request) else ''}", context)


def _url(request: HttpRequest, name: str, *args: Any) -> str:
    return reverse(name, args=[request.workspace.slug, *args])  # type: ignore[attr-defined]


def _paths(request: HttpRequest, step: Step) -> dict[str, Any]:
    """Where a step goes on to, and every step of its map that it could go to."""
    stages: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    for each in rows().filter(stage__map=step.stage.map_id).order_by("stage__position", "stage", "position", "pk"):
        found = stages.setdefault(each.stage_id, (each.stage.name, []))[1]
        if each.pk != step.pk:
            found.append((each.pk, each.name))
    return {
        "planned": planned_paths.out_of(step),
        "add_url": _url(request, "planned_paths", step.pk),
        "kinds": PlannedPath.Kind.choices,
        "stages": [(name, steps) for name, steps in stages.values() if steps],
    }


def _child(request: HttpRequest, step: Step) -> dict[str, Any]:
    """The maps that a step may lead to; where it leads now is among them, archived or not."""
    found = [(each.pk, each.title) for each in drilldowns.choices(step)]
    if step.child and step.child_id not in dict(found):
        now = _("%(map)s (archived)") if step.child.archived_at else "%(map)s"
        found.append((step.child.pk, now % {"map": step.child}))
    return {"url": _url(request, "step_child", step.pk), "options": found, "chosen": step.child_id}


def _overlap(request: HttpRequest, stage: Stage) -> dict[str, Any]:
    url = _url(request, "stage_overlap", stage.pk)
    if stage.is_overlapping and stage.position:
        return _act(_("Happens after the stage before it"), "arrow-right", url, is_overlapping="no")
    act = _act(_("Happens at the same time as the stage before"), "columns-2", url, is_overlapping="yes")
    return {**act, "is_off": stage.position == 0}


def _move(label: str, icon: str, url: str, to: str, is_off: bool) -> dict[str, Any]:
    return {**_act(label, icon, url, to=to), "is_off": is_off}


def _sideways(url: str, *, is_first: bool, is_last: bool) -> list[dict[str, Any]]:
    left = _move(_("Move left"), "arrow-left", url, "up", is_first)
    return [left, _move(_("Move right"), "arrow-right", url, "down", is_last)]


def _to(url: str, label: str, options: list[tuple[int, str]], chosen: int) -> dict[str, Any]:
    return {"url": url, "label": label, "options": options, "chosen": chosen}


def _add(label: str, url: str, place: int | None = None, **fields: Any) -> dict[str, Any]:
    at = {} if place is None else {"place": place}
    return {"label": label, "url": url, "fields": {**fields, **at}}


def _act(label: Any, icon: str, url: str, **fields: Any) -> dict[str, Any]:
    return {"label": label, "icon": icon, "url": url, "fields": fields}

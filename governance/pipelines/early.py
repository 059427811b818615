"""Looks in every workspace for what calls for a review before its day; each occasion in a transaction of its own."""

from collections.abc import Iterator
from datetime import datetime

from governance.queries import early
from governance.registry import TRIGGERS, Occasion
from governance.services import early as service
from journeys.models import Map
from orgs.models import Workspace
from orgs.scope import scope, workspace_ids

AT_ONCE = 200


def sweep(now: datetime) -> int:
    """Note every occasion that is not known; return how many were. The hour after a crash goes on where it stopped."""
    return sum(
        _call(workspace_id, trigger, each, now)
        for workspace_id in workspace_ids()
        for trigger, each in _found(workspace_id, now)
    )


def _found(workspace_id: int, now: datetime) -> list[tuple[str, Occasion]]:
    with scope(workspace_id):
        workspace = Workspace.objects.get(pk=workspace_id)
        maps = list(early.watched(workspace.tzinfo).order_by("pk"))
        return [each for n in range(0, len(maps), AT_ONCE) for each in _of(maps[n : n + AT_ONCE], workspace, now)]


def _of(maps: list[Map], workspace: Workspace, now: datetime) -> Iterator[tuple[str, Occasion]]:
    known, by_id = early.known(maps), {each.pk: each for each in maps}
    for trigger in TRIGGERS.values():
        for each in trigger.find(maps, workspace, now) if trigger.find else ():
            is_known = (each.map_id, trigger.key, each.thing_id, each.key) in known
            if not is_known and early.is_news(by_id[each.map_id], each.at, workspace.tzinfo):
                yield trigger.key, each


def _call(workspace_id: int, trigger: str, occasion: Occasion, now: datetime) -> bool:
    """Note one. A map that somebody holds waits for the next hour, and so does one that is not reviewed any more."""
    with scope(workspace_id):
        workspace = Workspace.objects.get(pk=workspace_id)
        rows = Map.objects.filter(pk__in=early.watched(workspace.tzinfo).filter(pk=occasion.map_id).values("pk"))
        drawn = rows.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
        if drawn is None:
            return False
        given = {"trigger": trigger, "occasion": occasion, "workspace": workspace, "now": now}
        return service.call(drawn=drawn, **given) is not None

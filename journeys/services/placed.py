"""Places at the steps of a map what a document says, and tells in sentences what became of records since then."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from journeys.models import Finding, FindingPlacement, Step, Touchpoint, TouchpointPlacement


def write(steps: dict[str, Step], told: dict[str, Any]) -> list[str]:
    """Make these the placements of these steps, by uid; return what is otherwise than it was, a sentence each."""
    return [
        *_records(steps, told, "touchpoints", Touchpoint, TouchpointPlacement),
        *_records(steps, told, "findings", Finding, FindingPlacement),
    ]


def _records(steps: dict[str, Step], told: dict[str, Any], key: str, model: Any, placement: Any) -> list[str]:
    """A record that was merged away is followed to the one that stayed."""
    wanted, noun = _wanted(steps, told, key), model._meta.model_name
    known = model.objects.select_related("merged_into").in_bulk(_ids(wanted))
    stands = {pk: row.merged_into or row for pk, row in known.items()}
    made = [
        placement(step=step, position=at, **{noun: row})
        for step, places in _differing(placement, f"{noun}_id", wanted, stands)
        for at, row in enumerate(places)
    ]
    placement.objects.bulk_create(made)
    return _missed(wanted, known, stands)


Wanted = list[tuple[Step, list[dict[str, Any]]]]


def _wanted(steps: dict[str, Step], told: dict[str, Any], key: str) -> Wanted:
    return [(step, told[uid].get(key, [])) for uid, step in steps.items()]


def _ids(wanted: Wanted) -> set[int]:
    return {one["id"] for _step, places in wanted for one in places}


def _differing(model: Any, name: str, wanted: Wanted, stands: dict[int, Any]) -> Iterable[tuple[Step, list[Any]]]:
    """Clear the steps where something else stands, or in another order; give each with what is to stand there."""
    there: dict[int, list[int]] = {}
    for step_id, pk in model.objects.filter(step__in=[step for step, _places in wanted]).values_list("step_id", name):
        there.setdefault(step_id, []).append(pk)
    rows = [(step, [stands[one["id"]] for one in places if one["id"] in stands]) for step, places in wanted]
    once = [(step, {row.pk: row for row in found}) for step, found in rows]
    differing = [(step, found) for step, found in once if list(found) != there.get(step.pk, [])]
    model.objects.filter(step__in=[step for step, _found in differing]).delete()
    return [(step, list(found.values())) for step, found in differing]


def _missed(wanted: Wanted, known: dict[int, Any], stands: dict[int, Any]) -> list[str]:
    """Say of each record once what became of it."""
    found = {}
    for _step, places in wanted:
        for one in places:
            found[one["id"]] = _became(one["name"], known.get(one["id"]), stands.get(one["id"]))
    return [words for words in found.values() if words]


def left_out(name: str) -> str:
    return _("“%(name)s” exists no more and was left out.") % {"name": name}


def _became(name: str, row: Any, now: Any) -> str:
    if row is None:
        return left_out(name)
    if now is not row:
        words = _("“%(name)s” was merged into “%(other)s”, which stands in its place.")
        return words % {"name": name, "other": now.name}
    if row.archived_at is not None:
        return _("“%(name)s” is archived since; it stands where it stood.") % {"name": name}
    return ""

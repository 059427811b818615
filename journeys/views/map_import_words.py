"""What the pages of a map's file show: the map as it would be, what is not in the workspace yet, the way so far."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journeys.forms.map_imports import AcceptForm
from journeys.forms.map_records import MOST_CHOICES
from journeys.pipelines.map_import.matching import Plan
from journeys.queries.lanes import text_kind

SHOWN_STEPS, SHOWN_NAMES = 60, 30


def steps(current: int, *, is_foreign: bool = False) -> list[dict[str, str]]:
    """Return the way, with where the person is; one step more for another program's file."""
    labels = [_("Choose a file"), *([_("Say what its parts mean")] if is_foreign else []), _("Look and accept")]
    states = ["done" if n < current else "current" if n == current else "later" for n in range(len(labels))]
    return [{"label": label, "url": "", "state": state} for label, state in zip(labels, states, strict=True)]


def drawn(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the map of a document as a table: stages over their steps, then what is written and placed at each."""
    left, stages = SHOWN_STEPS, []
    for stage in document["stages"]:
        shown = stage["steps"][:left]
        left -= len(shown)
        if shown or (left and not stage["steps"]):
            stages.append({**stage, "shown": shown or [_NO_STEP], "span": max(len(shown), 1)})
    columns = [step for stage in stages for step in stage["shown"]]
    lanes = [_lane(lane, columns) for lane in document["lanes"] if text_kind(lane["kind"])]
    lanes += _placed(_("Touchpoints"), "touchpoints", columns) + _placed(_("Findings"), "findings", columns)
    count = sum(len(stage["steps"]) for stage in document["stages"])
    return {
        "stages": stages,
        "steps": columns,
        "lanes": lanes,
        "counts": _counts(document),
        "more": count - SHOWN_STEPS,
    }


def _counts(document: Mapping[str, Any]) -> str:
    steps_of = [stage["steps"] for stage in document["stages"]]
    count = {
        "phases": len({stage["phase"] for stage in document["stages"]}),
        "stages": len(steps_of),
        "steps": sum(len(each) for each in steps_of),
    }
    said = [
        ngettext("%(n)d phase", "%(n)d phases", count["phases"]) % {"n": count["phases"]},
        ngettext("%(n)d stage", "%(n)d stages", count["stages"]) % {"n": count["stages"]},
        ngettext("%(n)d step", "%(n)d steps", count["steps"]) % {"n": count["steps"]},
    ]
    for lane in document["lanes"]:
        written = sum(lane["uid"] in step["cells"] for each in steps_of for step in each)
        if written:
            said.append(f"{_name(lane)}: {written}")
    return " · ".join(said)


_NO_STEP: dict[str, Any] = {"name": "–", "cells": {}, "touchpoints": []}


def _name(lane: Mapping[str, Any]) -> str:
    kind = text_kind(lane["kind"])
    return lane["name"] or (str(kind.name) if kind else lane["kind"])


def _lane(lane: Mapping[str, Any], columns: list[dict[str, Any]]) -> dict[str, Any]:
    kind: Any = text_kind(lane["kind"])
    texts = [kind.words(step["cells"].get(lane["uid"], "")) for step in columns]
    return {"name": _name(lane), "cells": texts}


def _placed(name: str, key: str, columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    texts = ["\n".join(one["name"] for one in step.get(key, ())) for step in columns]
    return [{"name": name, "cells": texts}] if any(texts) else []


def facts(plan: Plan) -> list[dict[str, str]]:
    """Say how much of what the file names is in the workspace."""
    kinds = [(_("Phases"), plan.phases), (_("Touchpoints"), plan.touchpoints), (_("Findings"), plan.findings)]
    words = _("%(found)d of %(all)d are here")
    return [
        {"label": label, "text": words % {"found": sum(row is not None for row in named.values()), "all": len(named)}}
        for label, named in kinds
        if named
    ]


def missing(plan: Plan, form: AcceptForm) -> list[dict[str, Any]]:
    """Return what the workspace has not, each kind with its names and the choice whether to make it."""
    return [
        {
            "field": field,
            "names": [_told(name, key) for key in plan.missing(name)[:SHOWN_NAMES]],
            "more": len(plan.missing(name)) - SHOWN_NAMES,
            "why": "" if field else _why_not(name),
        }
        for name, field in form.making()
    ]


def records(plan: Plan, form: AcceptForm) -> list[dict[str, Any]]:
    """Return the touchpoints and findings that the workspace has not, each kind with a choice for every one."""
    titles = {
        "touchpoints": _("Touchpoints that are not in the catalogue"),
        "findings": _("Findings that are not here"),
    }
    rows = form.records()
    return [
        {
            "id": part,
            "title": title,
            "rows": [row for row in rows if row["part"] == part],
            "more": _more(part, len(plan.missing(part)) - MOST_CHOICES),
        }
        for part, title in titles.items()
        if plan.missing(part)
    ]


def _more(part: str, count: int) -> str:
    if count <= 0:
        return ""
    words = _("%(n)d more follow the rule: new where you may add them, else left out.")
    return words % {"n": count}


def _told(name: str, key: Any) -> str:
    return str(key[1]) if name == "abouts" else str(key)


def _why_not(name: str) -> str:
    return {
        "channels": _("These channels are not here: new touchpoints stand without. Administrators add channels."),
        "abouts": _("These personas, products or markets are not here and are left out. Administrators add them."),
    }[name]

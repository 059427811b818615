"""What the fragments of one cell need: its words, its form, both texts of a conflict."""

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from journeys.models import Map, MapCell, Step
from journeys.queries import cells, history
from journeys.queries.lanes import Row
from journeys.queries.maps import StepColumn
from journeys.registry import TextLane
from journeys.views import cells_signed
from orgs import access
from orgs.permissions import Permission


def may_edit(request: HttpRequest, drawn: Map) -> bool:
    """Whether this member may edit this map now."""
    return drawn.archived_at is None and access.may(request.member, Permission.MAP_EDIT)  # type: ignore[attr-defined]


def words(row: Row, step: Step | StepColumn, drawn: Any = None) -> dict[str, Any]:
    """Return what a cell shows; `drawn` is it as its lane draws it among the others, or else by itself."""
    kind = row.kind
    cell = row.cells.get(step.pk or 0)
    kept, seen = (cell.text, cell.version) if cell else ("", 0)
    if not isinstance(kind, TextLane) or not kind.draw:
        return {"words": kind.words(kept) if isinstance(kind, TextLane) else kept, "seen": seen}
    shown = drawn or kind.draw([kept], [], [])[0]
    return {"words": kind.words(kept), "drawn": shown, "shown_by": kind.template, "seen": seen}


def shown(request: HttpRequest, row: Row, step: Step | StepColumn, drawn: Any = None) -> dict[str, Any]:
    """Return a cell as journeys/_map_cell.html shows it to those who may write there."""
    slug, member, kept = request.workspace.slug, request.member.pk, row.kept  # type: ignore[attr-defined]
    return {
        "id": _id(kept, step.pk),
        "label": label(row, step),
        **words(row, step, drawn),
        "url": reverse("map_cell", args=[slug, kept.pk, step.pk]),  # type: ignore[union-attr]
        "draft": f"{slug}/{member}/cell/{kept.pk}/{step.pk}",  # type: ignore[union-attr]
    }


def picture(request: HttpRequest, row: Row, step: StepColumn, may: bool) -> dict[str, Any]:
    """Return a cell of a lane of pictures; nothing for those who read where there is none."""
    slug, kept = request.workspace.slug, row.kept  # type: ignore[attr-defined]
    found = row.kind.picture(kept_at(row, step))  # type: ignore[union-attr,misc]
    if not found and not may:
        return {}
    return {
        "template": "journeys/_map_picture.html",
        "id": _id(kept, step.pk),
        "label": label(row, step),
        "words": found[1] if found else "",
        "seen": row.cells[step.pk].version if step.pk in row.cells else 0,
        "url": reverse("map_picture", args=[slug, kept.pk, step.pk]),  # type: ignore[union-attr]
        "picture": {"src": reverse("picture", args=[slug, found[0]]), "alt": found[1]} if found else None,
    }


def form(
    request: HttpRequest,
    row: Row,
    step: Step,
    *,
    text: str | None = None,
    version: int | None = None,
    problem: str = "",
    part: str = "",
) -> dict[str, Any]:
    """Return the form of a cell; `text` is what stands in it unless it is what the map has."""
    cell = shown(request, row, step)
    name = f"{cell['id']}{part}"
    attrs = {"id": f"{name}-value", "class": "input", "aria-describedby": f"{name}-help {name}-error"}
    kept = kept_at(row, step) if text is None else text
    return {
        **cell,
        "help": str(row.kind.hint),  # type: ignore[union-attr]
        "is_group": bool(row.kind.parts),  # type: ignore[union-attr]
        "page_url": page_url(request, row, step),
        "control": _controls(row, attrs, kept),
        "form_id": name,
        "control_id": f"{name}-value",
        "is_explicit": bool(part),
        "of": cells_signed.sign(row, step),
        "version": cell["seen"] if version is None else version,
        "token": secrets.token_urlsafe(12),
        "problem": problem,
    }


def conflict(request: HttpRequest, row: Row, step: Step, mine: str) -> dict[str, Any]:
    """Return both texts of a cell that somebody else wrote meanwhile, and the ways on from there."""
    cell = shown(request, row, step)
    entry = cells.last_change(row.cells[step.pk])
    zone = request.workspace.tzinfo  # type: ignore[attr-defined]
    theirs = kept_at(row, step)
    both = mine if row.kind.choices else "\n\n".join(text for text in (theirs, mine) if text)  # type: ignore[union-attr]
    return {
        **cell,
        "page_url": page_url(request, row, step),
        "who": history.who(entry) if entry else "",
        "at": date_format(entry.at.astimezone(zone), "H:i") if entry else "",
        "of": cells_signed.sign(row, step),
        "mine": [mine],
        "mine_words": row.kind.words(mine),  # type: ignore[union-attr]
        "theirs_words": cell["words"],
        "version": cell["seen"],
        "token": secrets.token_urlsafe(12),
        "form": form(request, row, step, text=both, part="-both"),
    }


def kept_at(row: Row, step: Step | StepColumn) -> str:
    cell = row.cells.get(step.pk or 0)
    return cell.text if cell else ""


def _controls(row: Row, attrs: dict[str, Any], kept: str) -> str:
    """A control for each part of what a cell says, named by its label where there are several."""
    parts = row.kind.parts  # type: ignore[union-attr]
    if not parts:
        return _control(row, attrs).render("value", kept)
    held = [*kept.split("/"), *[""] * len(parts)]
    fields = [
        (f"{attrs['id']}{place or ''}", label, value)
        for place, (label, value) in enumerate(zip(parts, held, strict=False))
    ]
    return format_html_join(
        "",
        '<label class="map-part" for="{}">{}</label>{}',
        [(pk, label, _control(row, {**attrs, "id": pk}).render("value", value)) for pk, label, value in fields],
    )


def _control(row: Row, attrs: dict[str, Any]) -> forms.Widget:
    choices = row.kind.choices  # type: ignore[union-attr]
    if choices:
        return forms.Select(
            attrs=attrs, choices=[("", _("Not said")), *((value, f"{value}: {word}") for value, word in choices)]
        )
    return forms.Textarea(attrs={**attrs, "rows": 4, "maxlength": 2000, "dir": "auto"})


def label(row: Row, step: Step | StepColumn) -> str:
    return _("%(lane)s at %(step)s") % {"lane": row.name, "step": step.name}


def page_url(request: HttpRequest, row: Row, step: Step) -> str:
    url = reverse("map", args=[request.workspace.slug, row.kept.map_id])  # type: ignore[attr-defined,union-attr]
    return f"{url}#{_id(row.kept, step.pk)}"


def with_cell(row: Row, cell: MapCell) -> Row:
    """The row as it is with this cell."""
    return Row(row.kind, row.kept, {**row.cells, cell.step_id: cell})


def _id(kept: Any, step_id: int | None) -> str:
    return f"cell-{kept.pk}-{step_id}"

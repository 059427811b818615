"""What the fragments of one field of a touchpoint or finding need: its words, its form, both texts of a conflict."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cxhub.web.dom import dom_id
from journeys.finding_fields import fields_of
from journeys.forms.touchpoints import control
from journeys.models import Finding, Touchpoint
from journeys.queries import field_values, history
from journeys.services.changes import Change
from orgs import access
from orgs.permissions import Permission

CHOSEN = {"choice", "record", "scale", "flag"}
Edited = Touchpoint | Finding


def right_to_edit(noun: str) -> Permission:
    """Return what editing a record of a kind asks for; `noun` is the name of its model."""
    return Permission.FINDING_EDIT if noun == "finding" else Permission.TOUCHPOINT_EDIT


def may_edit(request: HttpRequest, record: Edited) -> bool:
    """Whether this member may edit the fields of this record now."""
    is_in_use = record.archived_at is None
    return is_in_use and access.may(request.member, right_to_edit(str(record._meta.model_name)), record)  # type: ignore[attr-defined]


def fields(request: HttpRequest, record: Edited, keys: Sequence[str]) -> list[dict[str, Any]]:
    """Return fields to read, each with the way into its form for those who may edit."""
    may = may_edit(request, record)
    return [field(request, record, key, may=may) for key in keys]


def field(request: HttpRequest, record: Edited, key: str, *, may: bool, saved: str = "") -> dict[str, Any]:
    """Return one field as journeys/_field.html shows it; `saved` is what to say of the save just made."""
    shown = field_values.one(record, key)
    return {
        "key": key,
        "label": shown.label,
        "words": shown.words,
        "is_long": shown.is_long,
        "is_title": key == "name",
        "may_edit": may,
        "saved": saved,
        **_place(request, record, key),
    }


def form(
    request: HttpRequest,
    record: Edited,
    key: str,
    *,
    values: Sequence[str] | None = None,
    version: int | None = None,
    problem: str = "",
    part: str = "",
) -> dict[str, Any]:
    """Return the form of one field; `values` is what stands in it unless it is what the record has."""
    declared = fields_of(record)[key]
    held = field_values.sent(declared, declared.value_of(record))
    chosen = held if values is None else list(values)
    place = _place(request, record, key)
    return {
        **place,
        "label": str(declared.label),
        "help": str(declared.help),
        "is_group": declared.kind == "records",
        "control": _control(record, key, chosen, held, f"{place['id']}{part}"),
        "is_explicit": bool(part),
        "form_id": f"{place['id']}{part}",
        "control_id": f"{place['id']}{part}-value",
        "version": record.version if version is None else version,
        "token": secrets.token_urlsafe(12),
        "problem": problem,
    }


def conflict(request: HttpRequest, record: Edited, change: Change) -> dict[str, Any]:
    """Return both texts of a field that somebody else changed, and the ways on from there."""
    declared = change.field
    entry = field_values.last_change(record, declared.key)
    mine = field_values.sent(declared, change.after)
    theirs = field_values.sent(declared, change.before)
    both = _both(declared.kind, theirs, mine)
    return {
        **_place(request, record, declared.key),
        "label": str(declared.label),
        "who": history.who(entry) if entry else "",
        "at": clock(request, entry.at) if entry else "",
        "mine": mine,
        "mine_words": change.after_words,
        "theirs_words": change.before_words,
        "version": record.version,
        "token": secrets.token_urlsafe(12),
        "form": form(request, record, declared.key, values=both, part="-both"),
    }


def clock(request: HttpRequest, at: datetime) -> str:
    """The time of day in the workspace's zone."""
    return date_format(at.astimezone(request.workspace.tzinfo), "H:i")  # type: ignore[attr-defined]


def now_clock(request: HttpRequest) -> str:
    return clock(request, timezone.now())


def page_url(request: HttpRequest, record: Edited, key: str = "") -> str:
    url = reverse(str(record._meta.model_name), args=[request.workspace.slug, record.pk])  # type: ignore[attr-defined]
    return f"{url}#{dom_id(record, key)}" if key else url


def _place(request: HttpRequest, record: Edited, key: str) -> dict[str, Any]:
    slug, member, noun = request.workspace.slug, request.member, record._meta.model_name  # type: ignore[attr-defined]
    return {
        "id": dom_id(record, key),
        "url": reverse(f"{noun}_field", args=[slug, record.pk, key]),
        "page_url": page_url(request, record, key),
        "draft": f"{slug}/{member.pk}/{noun}/{record.pk}/{key}",
        "seen": record.version,
    }


def _both(kind: str, theirs: list[str], mine: list[str]) -> list[str]:
    """Both texts in one, to be edited together. What is chosen from a list begins with the own choice."""
    if kind == "long_text":
        return ["\n\n".join(text for text in (*theirs, *mine) if text)]
    if kind == "text":
        return [" / ".join(text for text in (*theirs, *mine) if text)]
    return list(dict.fromkeys([*theirs, *mine])) if kind == "records" else mine


def _control(record: Edited, key: str, chosen: Sequence[str], held: Sequence[str], prefix: str) -> str:
    declared = fields_of(record)[key]
    made = control(declared)
    widget: Any = made.widget
    if isinstance(made, forms.MultipleChoiceField) or declared.kind in CHOSEN:
        words = declared.words(declared.told(declared.value_of(record)))
        widget.choices = field_values.options(declared, held, words)
    if not isinstance(widget, forms.CheckboxSelectMultiple):
        widget.attrs.setdefault("dir", "auto")
    described = f"{prefix}-help {prefix}-error" if declared.help else f"{prefix}-error"
    value: Any = list(chosen) if declared.kind == "records" else "".join(chosen[:1])
    return str(widget.render("value", value, {"id": f"{prefix}-value", "aria-describedby": described}))

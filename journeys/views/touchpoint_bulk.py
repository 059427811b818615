"""Changing one field of many touchpoints: choose, look at what would change, apply, undo."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from journeys.fields import EVERY, FIELDS
from journeys.forms.touchpoints import control
from journeys.models import BulkEdit, Touchpoint
from journeys.queries import touchpoints
from journeys.services import batches
from journeys.services.changes import BadValues
from journeys.views.filters import filters_of
from orgs import access
from orgs.permissions import Permission

SHOWN = 50
MOST_CHOSEN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask for the field and its value, show what would change, and apply it once the person said so."""
    access.require(request, Permission.TOUCHPOINT_EDIT)
    asked = request.POST if request.method == "POST" else request.GET
    context, problem, status = _context(request, asked), "", 200
    rows, key, raw = context["rows"], asked.get("field", ""), asked.get("value", "")
    if request.method == "POST" and context["field"] is None:
        problem, status = _("Choose what to change."), 422
    elif context["field"] is not None and "value" in asked:
        known: dict[str, Any] = {"field": key, "raw": raw, "by": request.member, "now": timezone.now()}  # type: ignore[attr-defined]
        try:
            if request.method == "POST":
                batch = batches.apply(rows, fingerprint=asked.get("fingerprint", ""), **known)
                _say(request, batch)
                return redirect(f"{context['back']}?{asked.get('query', '')}")
            context["preview"] = _shown(batches.preview(rows, **known))
        except BadValues as bad:
            problem, status = bad.problems.get(key, str(bad)), 422
        except batches.TooMany as bad:
            problem, status = str(bad), 422
        except batches.PreviewIsStale as stale:
            problem, status = str(stale), 409
            context["preview"] = _shown(batches.preview(rows, **known))
    return render(request, "journeys/touchpoint_bulk.html", {**context, "problem": problem}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then put back what a change of many did. Only who made it may."""
    batch = access.load(request, BulkEdit, pk, Permission.WORKSPACE_READ)
    access.require_to_be(request, batch.by_id)
    back = reverse("touchpoints", args=[request.workspace.slug])  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            done = batches.undo(batch=batch, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
            text = ngettext("%(n)d touchpoint is as before.", "%(n)d touchpoints are as before.", done.back) % {
                "n": done.back
            }
            if done.kept:
                left = ngettext(
                    "%(n)d was changed since and stays.", "%(n)d were changed since and stay.", len(done.kept)
                )
                text = f"{text} {left % {'n': len(done.kept)}}"
            messages.success(request, text)
        except batches.IsUndone as problem:
            messages.info(request, str(problem))
        return redirect(back)
    field = FIELDS.get(batch.field)
    context = {"batch": batch, "count": len(batch.entry_ids), "field": field.label if field else batch.field}
    return render(
        request, "journeys/touchpoint_bulk_undo.html", {**context, "crumbs": [{"label": _("Touchpoints"), "url": back}]}
    )


def _context(request: HttpRequest, asked: QueryDict) -> dict[str, Any]:
    field = FIELDS.get(asked.get("field", ""))
    field = field if field and field.is_for_many else None
    rows = _rows(request, asked)
    back = reverse("touchpoints", args=[request.workspace.slug])  # type: ignore[attr-defined]
    return {
        "fields": [
            {"key": each.key, "label": each.label, "is_chosen": each is field} for each in EVERY if each.is_for_many
        ],
        "field": field,
        "control": control(field).widget.render("value", asked.get("value", ""), {"id": "id_value"}) if field else "",
        "value": asked.get("value", ""),
        "rows": rows,
        "count": rows.count(),
        "chosen": _chosen(asked),
        "is_all": asked.get("all") == "yes",
        "query": asked.get("query", ""),
        "back": back,
        "crumbs": [{"label": _("Touchpoints"), "url": f"{back}?{asked.get('query', '')}"}],
    }


def _chosen(asked: QueryDict) -> list[int]:
    texts = [
        text for text in asked.getlist("id")[:MOST_CHOSEN] if text.isascii() and text.isdecimal() and len(text) < 19
    ]
    return [int(text) for text in texts]


def _rows(request: HttpRequest, asked: QueryDict) -> QuerySet[Touchpoint]:
    """The touchpoints chosen one by one, or all that the list's filters let through."""
    if asked.get("all") != "yes":
        return Touchpoint.objects.filter(pk__in=_chosen(asked), merged_into=None).order_by("name", "pk")
    whole = HttpRequest()
    whole.GET = QueryDict(asked.get("query", ""))
    return touchpoints.listed(filters_of(whole)).order_by("name", "pk")


def _shown(preview: batches.Preview) -> dict[str, Any]:
    """The preview as the page shows it: the first rows of each kind, and how many there are."""
    changing, refused = preview.changing, preview.refused
    return {
        "fingerprint": preview.fingerprint,
        "changing": [(row.touchpoint, row.changes[0]) for row in changing[:SHOWN]],
        "refused": refused[:SHOWN],
        "counts": {"changing": len(changing), "refused": len(refused), "unchanged": preview.unchanged},
        "more": {"changing": max(0, len(changing) - SHOWN), "refused": max(0, len(refused) - SHOWN)},
    }


def _say(request: HttpRequest, batch: BulkEdit | None) -> None:
    if batch is None:
        messages.info(request, _("Nothing was to change."))
        return
    count = len(batch.entry_ids)
    text = ngettext("%(n)d touchpoint is changed.", "%(n)d touchpoints are changed.", count) % {"n": count}
    url = reverse("bulk_edit_undo", args=[request.workspace.slug, batch.pk])  # type: ignore[attr-defined]
    messages.success(request, format_html('{} <a href="{}">{}</a>', text, url, _("Undo")))

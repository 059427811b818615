"""Taking in a map from a file: upload, say what another program's parts mean, look at what comes of it, accept."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from journeys.forms.map_imports import AcceptForm, MapFileForm, MeaningForm
from journeys.models import MapImport
from journeys.pipelines.map_import import accepting, foreign, matching, opening, parts
from journeys.pipelines.map_import.foreign import Meaning
from journeys.pipelines.map_import.matching import Plan
from journeys.pipelines.map_import.parts import BadPart
from journeys.services import imports
from journeys.services.batches import PreviewIsStale
from journeys.services.names import BadName
from journeys.views import map_import_words as words
from orgs import access
from orgs.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for the file and read it once, so that what is wrong with it is said at once."""
    access.require(request, Permission.MAP_EDIT)
    is_sent = request.method == "POST"
    form = MapFileForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = opening.opened(file.read(opening.LARGEST_BYTES + 1))
            told: dict[str, Any] = {name: getattr(found, name) for name in found.__dataclass_fields__}
            kept = imports.keep_map(name=file.name, **told, by=request.member)  # type: ignore[attr-defined]
            return redirect(_next(found.foreign), request.workspace.slug, kept.pk)  # type: ignore[attr-defined]
        except opening.UnreadableFile as problem:
            form.add_error("file", str(problem))
    context = {
        "form": form,
        "is_upload": True,
        "title": _("Import a map"),
        "lead": _(
            "A file becomes a new map. You see what comes of it before anything is written; no map is ever overwritten."
        ),
        "crumbs": _crumbs(request),
        "steps": words.steps(0),
    }
    return render(request, "journeys/map_import_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def meaning(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what the parts of another program's file mean, and show the map that this makes."""
    kept = _own(request, pk)
    if kept.accepted_at or kept.foreign is None:
        return redirect("map_import", request.workspace.slug, pk)  # type: ignore[attr-defined]
    is_sent = request.method == "POST"
    said = Meaning.of(kept.meaning) if kept.meaning else foreign.guess(kept.foreign)
    form = MeaningForm(request.POST if is_sent else None, found=kept.foreign, meaning=said)
    if is_sent and form.is_valid():
        said = form.meaning()
    document: dict[str, Any] = {}
    problem = ""
    try:
        document = parts.read(foreign.document(kept.foreign, said)).document
    except BadPart as wrong:
        problem = wrong.told
    if is_sent and document and not form.errors:
        imports.keep_meaning(kept=kept, meaning=said.to_json(), document=document)
        if "look" not in request.POST:
            return redirect("map_import", request.workspace.slug, pk)  # type: ignore[attr-defined]
        form = MeaningForm(found=kept.foreign, meaning=said)
    context = {
        "title": kept.name,
        "lead": _(
            "Another program wrote this file. Say which of its lists are the stages and the steps; the choices below"
            " are guesses."
        ),
        "form": form,
        "problem": problem,
        "crumbs": _crumbs(request),
        "steps": words.steps(1, is_foreign=True),
    }
    if document:
        context |= {"map": words.drawn(document), "warnings": parts.same_names(document)}
    refused = is_sent and (problem or form.errors)
    return render(request, "journeys/map_import_meaning.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what comes of the file; nothing is written before the uploader accepts."""
    kept = _own(request, pk)
    by: Any = request.member  # type: ignore[attr-defined]
    if kept.accepted_at:
        messages.info(request, _("This file was taken in already."))
        return redirect("map", request.workspace.slug, kept.map_id)  # type: ignore[attr-defined]
    if not kept.document:
        return redirect("map_import_meaning", request.workspace.slug, pk)  # type: ignore[attr-defined]
    plan, problem, is_sent = matching.plan(kept), "", request.method == "POST"
    chosen = kept.meaning.get("chosen", {})
    form = AcceptForm(request.POST if is_sent else None, plan=plan, by=by, chosen=chosen)
    if "back" in request.POST and kept.meaning:
        imports.keep_choices(kept=kept, **form.so_far())
        return redirect("map_import_meaning", request.workspace.slug, pk)  # type: ignore[attr-defined]
    if is_sent and form.is_valid():
        given = {"choices": form.choices(), "fingerprint": form.cleaned_data["fingerprint"]}
        try:
            made = accepting.accept(kept, **given, by=by, now=timezone.now())
            messages.success(request, _("“%(title)s” is drawn.") % {"title": made.title})
            return redirect("map", request.workspace.slug, made.pk)  # type: ignore[attr-defined]
        except PreviewIsStale as stale:
            problem, form = str(stale), _looked_again(request, plan, by)
        except BadName as wrong:
            form.add_error("title", str(wrong))
    context = {"file": kept, "form": form, "problem": problem, "plan": plan, "map": words.drawn(plan.document)}
    context |= {"title": kept.name, "lead": _("Nothing is written before you accept. It becomes a new map.")}
    context |= {"records": words.records(plan, form), "lists": form.lists(), "missing": words.missing(plan, form)}
    context |= {"crumbs": _crumbs(request), "facts": words.facts(plan)}
    context |= {"steps": words.steps(2 if kept.meaning else 1, is_foreign=bool(kept.meaning))}
    return render(request, "journeys/map_import.html", context, status=409 if problem else 422 if form.errors else 200)


def _looked_again(request: HttpRequest, plan: Plan, by: Any) -> AcceptForm:
    """The form with what was chosen, over what is here now: nobody chooses for fifty records twice."""
    sent = request.POST.copy()
    sent["fingerprint"] = plan.fingerprint
    return AcceptForm(sent, plan=plan, by=by)


def _own(request: HttpRequest, pk: int) -> MapImport:
    kept: MapImport = access.load(request, MapImport, pk, Permission.MAP_EDIT)
    access.require_to_be(request, kept.by_id)
    return kept


def _next(found: Any) -> str:
    return "map_import" if found is None else "map_import_meaning"


def _crumbs(request: HttpRequest) -> list[dict[str, str]]:
    return [{"label": _("Journeys"), "url": reverse("journeys", args=[request.workspace.slug])}]  # type: ignore[attr-defined]

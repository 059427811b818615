"""Uploading a file: choose it, say what is in it, accept. Nothing but the file is stored before that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from connectors.base import SetupProblem
from connectors.forms import MappingForm, UploadForm
from connectors.models import UploadedFile
from connectors.queries import previews
from connectors.services import feeds, uploads
from orgs import access
from orgs.permissions import Permission


def new(request: HttpRequest) -> HttpResponse:
    """Take a file and lead on to what is in it."""
    access.require(request, Permission.CONNECTION_MANAGE)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data["file"]
            try:
                file = uploads.store(name=given.name, content=given, by=request.member)  # type: ignore[attr-defined]
            except (uploads.FileIsEmpty, uploads.FileIsTooLarge) as problem:
                form.add_error("file", str(problem))
            else:
                return redirect("upload", request.workspace.slug, file.pk)  # type: ignore[attr-defined]
        else:
            form = UploadForm(request.POST, request.FILES)
    context = {"form": form, "steps": _steps(0), "crumbs": _crumbs(request)}
    return render(request, "connectors/upload_new.html", context, status=422 if form.errors else 200)


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what CX Hub makes of the file, and on POST read it that way, or say what is missing."""
    file = access.load(request, UploadedFile, pk, Permission.CONNECTION_MANAGE)
    try:
        preview = previews.preview(file)
    except SetupProblem as problem:
        context = {"file": file, "problem": problem.sentence, "steps": _steps(1), "crumbs": _crumbs(request)}
        return render(request, "connectors/upload.html", context, status=422)
    if request.method == "POST":
        return _accept(request, file, preview)
    initial = MappingForm.initial_of(preview.mapping, _feed_name(file))
    form = MappingForm(initial=initial, header=preview.header, columns=preview.columns)
    return render(request, "connectors/upload.html", _context(request, file, form, preview))


def _accept(request: HttpRequest, file: UploadedFile, guess: Any) -> HttpResponse:
    """Accept the form, or answer 422 with the sentences beside the fields and nothing lost."""
    form = MappingForm(request.POST, header=guess.header, columns=guess.columns)
    preview = guess
    if form.is_valid():
        try:
            mapping = form.mapping()
            preview = previews.preview(file, mapping)
            form = _reread(request, form, guess, preview)
            is_preview = "preview" in request.POST
            if form.is_valid() and not preview.problems and not is_preview:
                run = feeds.accept(
                    file=file,
                    mapping=mapping,
                    feed_name=form.cleaned_data["feed_name"] or _feed_name(file),
                    feed=form.cleaned_data["feed"],
                    by=request.member,  # type: ignore[attr-defined]
                )
                return redirect("run", request.workspace.slug, run.pk)  # type: ignore[attr-defined]
            form.show(preview.problems)
        except SetupProblem as problem:
            form.add_error(None, problem.sentence)
    status = 422 if form.errors else 200
    return render(request, "connectors/upload.html", _context(request, file, form, preview), status=status)


def _reread(request: HttpRequest, form: MappingForm, guess: Any, preview: Any) -> MappingForm:
    """Another delimiter or encoding gives other columns: offer those."""
    if preview.header == guess.header:
        return form
    again = MappingForm(request.POST, header=preview.header, columns=preview.columns)
    again.is_valid()
    return again


def _context(request: HttpRequest, file: UploadedFile, form: MappingForm, preview: Any) -> dict[str, Any]:
    return {
        "file": file,
        "form": form,
        "preview": preview,
        "steps": _steps(1),
        "crumbs": _crumbs(request),
        "rejected_in_preview": sum(row.verdict == "rejected" for row in preview.rows),
    }


def _feed_name(file: UploadedFile) -> str:
    words = file.name.removesuffix(".gz").removesuffix(".csv").replace("_", " ").strip() or file.name
    return words[:1].upper() + words[1:200]


def _crumbs(request: HttpRequest) -> list[dict[str, str]]:
    return [{"label": _("Connections"), "url": reverse("connections", args=[request.workspace.slug])}]  # type: ignore[attr-defined]


def _steps(current: int) -> list[dict[str, str]]:
    labels = [_("Choose a file"), _("Say what is in it"), _("See it arrive")]
    states = ["done"] * current + ["current"] + ["later"] * (2 - current)
    return [{"label": label, "state": state, "url": ""} for label, state in zip(labels, states, strict=True)]

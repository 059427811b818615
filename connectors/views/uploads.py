"""Uploading a file: choose it, say what is in it, accept. Nothing but the file is stored before that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from connectors.base import SetupProblem
from connectors.forms import MappingForm, UploadForm
from connectors.forms_parts import names_to_match
from connectors.forms_supplies import HOURLY, IntervalForm
from connectors.models import Feed, UploadedFile
from connectors.pipelines import rehearsal as rehearsing
from connectors.queries import alike, previews, supplies
from connectors.queries.previews import Preview
from connectors.services import feeds, uploads
from connectors.services import supplies as accepting
from connectors.services.schedules import FeedIsPaused
from connectors.systems.file.mapping import Mapping
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
    context = {
        "form": form,
        "is_upload": True,
        "title": _("Upload a file"),
        "lead": _("Survey answers or ready results. You see what CX Hub makes of it before anything changes."),
        "steps": _steps(0),
        "crumbs": _crumbs(request),
    }
    return render(request, "connectors/upload_new.html", context, status=422 if form.errors else 200)


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what CX Hub makes of the file, and on POST read it that way, or say what is missing."""
    file = access.load(request, UploadedFile, pk, Permission.CONNECTION_MANAGE)
    try:
        return _accept(request, file) if request.method == "POST" else _offer(request, file)
    except SetupProblem as problem:
        context = {"file": file, "problem": problem.sentence, "steps": _steps(1), "crumbs": _crumbs(request)}
        context["again_url"] = _again_url(request, file)
        return render(request, "connectors/upload.html", context, status=422)


def _offer(request: HttpRequest, file: UploadedFile) -> HttpResponse:
    """Show the file by the settings of a feed that is chosen or that has read such a file, else by a guess."""
    preview, supply = previews.preview(file), supplies.of_sample(file)
    feed = supply.feed if supply else _feed(request, preview)
    if feed is not None:
        preview = previews.preview(file, _again(Mapping.from_json(feed.mapping), preview))
    initial = {**MappingForm.initial_of(preview.mapping, _feed_name(file)), "feed": feed.pk if feed else None}
    form = MappingForm(initial=initial, header=preview.header, columns=preview.columns, sheets=preview.sheets)
    return _page(request, file, form, preview, feed=feed)


def _feed(request: HttpRequest, guess: Preview) -> Feed | None:
    """Return the feed whose settings to begin with: ?feed=7 chooses one, ?feed=new none."""
    asked = request.GET.get("feed", "")
    if asked.isdecimal():
        return next((feed for feed in alike.file_feeds() if feed.pk == int(asked)), None)
    return None if asked else alike.feed_like(guess.header)


def _again(saved: Mapping, guess: Preview) -> Mapping:
    """Return a feed's settings for its next file: control totals are of one file, and the format is this file's."""
    seen = guess.mapping
    news: dict[str, Any] = {"total": None, "totals": ()}
    if saved.format != seen.format:
        news |= {name: getattr(seen, name) for name in ("format", "delimiter", "encoding", "decimal_comma")}
    if saved.sheet not in guess.sheets:
        news |= {"sheet": seen.sheet}
    return saved.changed(**news)


def _accept(request: HttpRequest, file: UploadedFile) -> HttpResponse:
    """Accept the form, or answer 422 with the sentences beside the fields and nothing lost."""
    form = MappingForm.from_post(request.POST, request.FILES)
    if form.is_valid():
        try:
            return _read_so(request, file, form)
        except SetupProblem as problem:  # such as another encoding: the form stays, to choose again
            form.add_error(None, problem.sentence)
    preview = previews.preview(file)
    shown = _with_columns(form, preview)
    for name, sentences in form.errors.items():
        if name not in shown.errors:
            shown.add_error(None if name == "__all__" else name, list(sentences))
    return _page(request, file, shown, preview)


def _read_so(request: HttpRequest, file: UploadedFile, form: MappingForm) -> HttpResponse:
    """Queue a run, or show what the file is when it is read this way. Raises SetupProblem."""
    preview = previews.preview(file, form.mapping())
    form = _with_columns(form, preview)
    if form.is_valid() and not preview.problems and "preview" not in request.POST:
        return _accepted(request, file, form)
    form.show(preview.problems)
    return _page(request, file, form, preview)


def _accepted(request: HttpRequest, file: UploadedFile, form: MappingForm) -> HttpResponse:
    """Read the file; where such files come by themselves, all of them from now on. Raises SetupProblem."""
    slug, supply = request.workspace.slug, supplies.of_sample(file)  # type: ignore[attr-defined]
    how: dict[str, Any] = {
        "mapping": form.mapping(),
        "feed_name": form.cleaned_data["feed_name"] or _feed_name(file),
        "by": request.member,  # type: ignore[attr-defined]
    }
    if supply is None:
        run = feeds.accept(file=file, feed=form.cleaned_data["feed"], **how)
        return redirect("run", slug, run.pk)
    interval = IntervalForm(request.POST)
    minutes = interval.cleaned_data["interval"] if interval.is_valid() else HOURLY
    try:
        run = accepting.accept(supply=supply, interval_minutes=minutes or None, now=timezone.now(), **how)
    except FeedIsPaused as problem:
        raise SetupProblem(str(problem)) from None
    return redirect("supply", slug, run.feed_id)


def _with_columns(posted: MappingForm, preview: Preview) -> MappingForm:
    """Return the same form with the columns and sheets that the file has when it is read this way."""
    form = MappingForm(posted.data, header=preview.header, columns=preview.columns, sheets=preview.sheets)
    form.totals_from = posted.totals_from
    return form


def _page(
    request: HttpRequest, file: UploadedFile, form: MappingForm, preview: Preview, *, feed: Feed | None = None
) -> HttpResponse:
    rehearsal, trouble = None, ""
    if not preview.problems and not form.errors:
        try:
            rehearsal = rehearsing.rehearse(file, preview.mapping)
        except SetupProblem as problem:
            trouble = problem.sentence
    supply = supplies.of_sample(file)
    context = {
        "file": file,
        "form": form,
        "supply": supply,
        "interval": IntervalForm(request.POST or None) if supply and supply.feed is None else None,
        "preview": preview,
        "steps": _steps(1),
        "crumbs": _crumbs(request),
        "rehearsal": rehearsal,
        "trouble": trouble,
        "names": names_to_match(rehearsal.strangers.shown, preview.mapping) if rehearsal else [],
        "feed": feed,
        "feeds": [] if form.is_bound or supply else alike.file_feeds(),
        "asked_feed": request.GET.get("feed", ""),
    }
    return render(request, "connectors/upload.html", context, status=422 if form.errors else 200)


def _feed_name(file: UploadedFile) -> str:
    stem = file.name.removesuffix(".gz")
    for ending in (".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".ndjson"):
        stem = stem.removesuffix(ending)
    words = stem.replace("_", " ").strip() or file.name
    return words[:1].upper() + words[1:200]


def _again_url(request: HttpRequest, file: UploadedFile) -> str:
    """Return where another file is chosen: by upload, or where such files come from by themselves."""
    slug, supply = request.workspace.slug, supplies.of_sample(file)  # type: ignore[attr-defined]
    if supply is None:
        return reverse("upload_new", args=[slug])
    if supply.feed:
        return reverse("supply_settings", args=[slug, supply.feed.pk])
    return reverse("folder_new" if supply.kind == supply.Kind.FOLDER else "address_new", args=[slug])


def _crumbs(request: HttpRequest) -> list[dict[str, str]]:
    return [{"label": _("Connections"), "url": reverse("connections", args=[request.workspace.slug])}]  # type: ignore[attr-defined]


def _steps(current: int) -> list[dict[str, str]]:
    labels = [_("Choose a file"), _("Say what is in it"), _("See it arrive")]
    states = ["done"] * current + ["current"] + ["later"] * (2 - current)
    return [{"label": label, "state": state, "url": ""} for label, state in zip(labels, states, strict=True)]

"""One expectation: writing it, changing it, its checks, and ending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cxhub.web.pagination import paginate
from governance.forms_expectations import FORMS, said_of
from governance.models import Expectation
from governance.panels import expectations as panel
from governance.panels import signed as panel_signed
from governance.queries import expectations
from governance.services import expectations as service
from insights.models import Kpi
from journeys.models import Touchpoint
from orgs import access
from orgs.permissions import Permission

PER_PAGE = 30
HINTS = {
    Expectation.Kind.NUMBER.value: gettext_lazy("A number of this touchpoint is compared with a value, each hour."),
    Expectation.Kind.PAGE.value: gettext_lazy("A page is asked for, and has to answer in time."),
    Expectation.Kind.POSTED.value: gettext_lazy("A test tool posts whether its tests passed, signed or with a key."),
}


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is expected, how it stands, and what each check found."""
    return page_of(request, access.load(request, expectations.whole(), pk, Permission.WORKSPACE_READ))


def page_of(request: HttpRequest, found: Expectation, *, secret: str = "") -> HttpResponse:
    """Answer with the page of an expectation; with a secret only the request that made it."""
    standing = expectations.standing_of(found, now=timezone.now())
    page = paginate(request, expectations.checks(found), per_page=PER_PAGE)
    may = found.ended_at is None and panel.may_write(request, found.touchpoint)
    context = {
        "expectation": found,
        "crumbs": _crumbs(request, found.touchpoint),
        "actions": [_changing(request, found)] if may else [],
        "checked": panel.checked_by(found),
        "page": page,
        "checks": [panel.check(each, found) for each in page.items],
        "may_write": may,
        "post_url": _post_url(request, found),
        "signed": panel_signed.load(request, found),
        "secret": secret,
        **panel.said(standing),
    }
    return render(request, "governance/expectation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Expect something of a touchpoint; `?kind=` says how it is checked."""
    touchpoint: Touchpoint = access.load(request, Touchpoint.objects.current(), pk, Permission.TOUCHPOINT_EDIT)
    kind = _kind(request, touchpoint)
    form = FORMS[kind](request.POST if request.method == "POST" else None, touchpoint=touchpoint)
    if request.method == "POST" and form.is_valid():
        try:
            told = {"by": request.member, "now": timezone.now(), **form.cleaned_data}  # type: ignore[attr-defined]
            made = service.expect(touchpoint=touchpoint, kind=kind, **told)
        except service.ExpectationError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written. It is checked from now on."))
            return _to(request, made)
    words = {"title": _("What is expected of %(name)s") % {"name": touchpoint}, "action": _("Expect it")}
    return _form(request, form, touchpoint, {**words, "lead": HINTS[kind], "kinds": _kinds(kind)})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the sentence or what is checked."""
    found = _writable(request, pk)
    told: dict[str, Any] = {"initial": said_of(found), "touchpoint": found.touchpoint}
    form = FORMS[found.kind](request.POST if request.method == "POST" else None, **told)
    if request.method == "POST" and form.is_valid():
        try:
            given = {"by": request.member, "now": timezone.now(), **form.cleaned_data}  # type: ignore[attr-defined]
            service.change(expectation=found, terms=_terms(request), **given)
        except service.ExpectationError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return _to(request, found)
    lead = _("Where what is checked becomes another, earlier results say nothing of it any more.")
    words = {"title": _("Change what is expected"), "action": _("Save"), "lead": lead, "terms": found.terms}
    return _form(request, form, found.touchpoint, words)


@require_POST
def ending(request: HttpRequest, pk: int) -> HttpResponse:
    """Expect it no more."""
    found = _writable(request, pk)
    try:
        service.end(expectation=found, by=request.member, now=timezone.now())  # type: ignore[attr-defined]
    except service.ExpectationError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Ended. Its history stays."))
    return _to(request, found)


def _writable(request: HttpRequest, pk: int) -> Expectation:
    found: Expectation = access.load(request, expectations.whole(), pk, Permission.WORKSPACE_READ)
    access.require(request, Permission.TOUCHPOINT_EDIT, found.touchpoint)
    return found


def _kind(request: HttpRequest, touchpoint: Touchpoint) -> str:
    """How it is checked: as the address says, else by a number where the touchpoint has one."""
    asked = request.GET.get("kind", "")
    if asked in FORMS:
        return asked
    has_number = Kpi.objects.filter(touchpoint=touchpoint).exists()
    return str((Expectation.Kind.NUMBER if has_number else Expectation.Kind.PAGE).value)


def _kinds(chosen: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?kind={value}", "is_current": value == chosen}
        for value, label in Expectation.Kind.choices
    ]


def _terms(request: HttpRequest) -> int:
    """The count of the terms that the person saw; 0 is none."""
    named = request.POST.get("terms", "")
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 9 else 0


def _to(request: HttpRequest, found: Expectation) -> HttpResponse:
    return redirect("expectation", request.workspace.slug, found.pk)  # type: ignore[attr-defined]


def _form(request: HttpRequest, form: Any, touchpoint: Touchpoint, words: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "crumbs": _crumbs(request, touchpoint), **words}
    return render(request, "governance/expectation_form.html", context, status=422 if form.errors else 200)


def _changing(request: HttpRequest, found: Expectation) -> dict[str, str]:
    url = reverse("expectation_terms", args=[request.workspace.slug, found.pk])  # type: ignore[attr-defined]
    return {"label": _("Change"), "url": url, "icon": "pencil"}


def _post_url(request: HttpRequest, found: Expectation) -> str:
    """Where a test tool posts its results; empty for what is checked by itself, or no more."""
    if found.kind != Expectation.Kind.POSTED or found.ended_at:
        return ""
    return request.build_absolute_uri(reverse("api_results", args=[request.workspace.slug, found.pk]))  # type: ignore[attr-defined]


def _crumbs(request: HttpRequest, touchpoint: Touchpoint) -> list[dict[str, str]]:
    url = reverse("touchpoint", args=[request.workspace.slug, touchpoint.pk])  # type: ignore[attr-defined]
    return [{"label": touchpoint.name, "url": url}]

"""The settings of a workspace: its name and calendar, and its departments."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from orgs import access
from orgs.forms.fields import zones
from orgs.forms.settings import NameForm, WorkspaceForm
from orgs.models import Department
from orgs.permissions import Permission
from orgs.queries import people
from orgs.services import departments, naming, stale, workspaces
from orgs.views.frames import settings_tabs, url


@require_http_methods(["GET", "HEAD", "POST"])
def general(request: HttpRequest) -> HttpResponse:
    """Show name, zone, fiscal year and week start, and keep what is changed."""
    access.require(request, Permission.WORKSPACE_MANAGE)
    workspace = request.workspace  # type: ignore[attr-defined]
    values = workspaces.values_of(workspace)
    first = values | {"was": stale.seen(values)}
    form = WorkspaceForm(request.POST if request.method == "POST" else None, initial=first)
    conflict = None
    if request.method == "POST" and form.is_valid():
        own = dict(form.cleaned_data)
        try:
            workspaces.describe(workspace=workspace, by=request.member, now=timezone.now(), **own)  # type: ignore[attr-defined]
        except stale.ChangedMeanwhile:
            conflict = _conflict(form, values)
        except workspaces.BadName as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("The settings are saved."))
            return redirect(url(request, "settings"))
    context = {"tabs": settings_tabs(request), "form": form, "zones": zones(), "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "orgs/settings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def department_list(request: HttpRequest) -> HttpResponse:
    """List the departments, those in use first; add one."""
    access.require(request, Permission.WORKSPACE_MANAGE)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        department, is_new = departments.find_or_create(name, by=request.member)  # type: ignore[attr-defined]
        if is_new:
            messages.success(request, _("The department %(name)s is added.") % {"name": department.name})
            return redirect(url(request, "departments"))
        form.add_error("name", _("There is a department of this name already."))
    context = {
        "tabs": settings_tabs(request),
        "form": form,
        "rows": [_department_row(request, one) for one in people.departments()],
        "words": {
            "title": _("Departments"),
            "lead": _("Each touchpoint has one that answers for it."),
            "add": _("Add a department"),
            "none": _("No departments yet. Add the first one."),
        },
    }
    return render(request, "orgs/settings_list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a department."""
    found = access.load(request, Department, pk, Permission.WORKSPACE_MANAGE)
    values = departments.values_of(found)
    form = NameForm(request.POST if request.method == "POST" else None, initial=values | {"was": stale.seen(values)})
    back = {"label": _("Departments"), "url": url(request, "departments")}

    def keep(cleaned: dict[str, Any]) -> None:
        departments.rename(department=found, by=request.member, **cleaned)  # type: ignore[attr-defined]

    return saved(request, form, values, keep, title=found.name, back=back)


@require_POST
def department_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Archive a department, or restore it."""
    found = access.load(request, Department, pk, Permission.WORKSPACE_MANAGE)
    by = request.member  # type: ignore[attr-defined]
    if found.archived_at:
        departments.restore(department=found, by=by)
        messages.success(request, _("%(name)s can be chosen again.") % {"name": found})
    else:
        departments.archive(department=found, by=by, now=timezone.now())
        messages.success(request, _("%(name)s is archived. What refers to it keeps it.") % {"name": found})
    return redirect(url(request, "departments"))


def saved(
    request: HttpRequest,
    form: Any,
    values: dict[str, Any],
    keep: Any,
    *,
    title: str,
    back: dict[str, str],
    template: str = "orgs/settings_record.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer the form of one record in a list: save it, or show what is wrong, or both texts of a conflict."""
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            keep(dict(form.cleaned_data))
        except stale.ChangedMeanwhile:
            conflict = _conflict(form, values)
        except (naming.NameIsTaken, naming.NoName) as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect(back["url"])
    context = {"tabs": settings_tabs(request), "form": form, "title": title, "crumbs": [back], "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, template, context | (more or {}), status=status)


def _conflict(form: Any, theirs: dict[str, Any]) -> dict[str, Any]:
    """Both texts of a refused change; saving again, now knowing theirs, puts the own one."""
    form.data = form.data.copy()
    form.data["was"] = stale.seen(theirs)
    rows = [(form.fields[name], theirs[name], form.cleaned_data[name]) for name in theirs]
    return {
        "rows": [
            {"label": field.label, "theirs": _shown(field, one), "own": _shown(field, other)}
            for field, one, other in rows
            if one != other
        ]
    }


def _shown(field: Any, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(choices.get(value, value if value is not None else "–"))


def _department_row(request: HttpRequest, one: Department) -> dict[str, Any]:
    word = _("Restore") if one.archived_at else _("Archive")
    return {
        "name": one.name,
        "url": url(request, "department", one.pk),
        "note": _("Archived") if one.archived_at else "",
        "actions": [{"label": word, "url": url(request, "department_archive", one.pk), "name": "", "value": ""}],
    }

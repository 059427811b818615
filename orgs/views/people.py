"""The members of a workspace: the list, a member's roles, and letting a member go."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from cxhub.web.sorting import Column, headers, ordering, sort_of
from orgs import access
from orgs.exports import people_csv
from orgs.forms.members import RemovalForm, RolesForm
from orgs.models import Member
from orgs.permissions import Permission
from orgs.queries import people
from orgs.queries.people import ORDERS, Filters
from orgs.registry import HOLDINGS
from orgs.roles import DEPARTMENT_ROLES, Role
from orgs.services import members, stale
from orgs.views.frames import url

PER_PAGE = 25


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List the members. Administrators also see addresses and last visits, and may change people."""
    access.require(request, Permission.WORKSPACE_READ)
    manages = access.may(request.member, Permission.MEMBERS_MANAGE)  # type: ignore[attr-defined]
    filters = _filters(request)
    sort = _sort(request, manages)
    found = people.listed(filters, with_addresses=manages).order_by(*ordering(sort, ORDERS))
    page = paginate(request, found, per_page=PER_PAGE)
    context = {
        "page": page,
        "rows": [_row(request, member, manages) for member in page.items],
        "manages": manages,
        "filters": _filter_bar(request, filters),
        "is_filtered": filters.is_active,
        "headers": headers(request, _columns(manages), sort=sort),
        "csv_url": f"{url(request, 'people_csv')}?{request.GET.urlencode()}",
        "action": {"label": _("Invite people"), "url": url(request, "invitations"), "icon": "user-plus"},
    }
    return render_list(request, "orgs/people.html", context)


@require_safe
def index_csv(request: HttpRequest) -> HttpResponse:
    """Give the whole list, filtered and sorted as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    manages = access.may(request.member, Permission.MEMBERS_MANAGE)  # type: ignore[attr-defined]
    order = ordering(_sort(request, manages), ORDERS)
    found = people.listed(_filters(request), with_addresses=manages).order_by(*order, "pk")
    zone = request.workspace.tzinfo  # type: ignore[attr-defined]
    lines = people_csv.lines(found, zone=zone, with_addresses=manages)
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a member's roles and change them."""
    member = access.load(request, _current(), pk, Permission.MEMBERS_MANAGE)
    held = members.roles_of(member)
    form = RolesForm(
        request.POST if request.method == "POST" else None,
        member=member,
        initial=_held(member) | {"was": stale.seen({"roles": held})},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        was, by = form.cleaned_data["was"], request.member  # type: ignore[attr-defined]
        try:
            members.change_roles(member=member, roles=form.held(), was=was, by=by)
        except stale.ChangedMeanwhile:
            status = 409
        except (members.LastAdministrator, members.NothingHeld, members.RoleNeedsDepartment) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The roles are saved and count from now on."))
            return redirect(url(request, "people"))
    context = {
        "form": form,
        "subject": member,
        "crumbs": [{"label": _("People"), "url": url(request, "people")}],
        "removal": {"label": _("Let this person go"), "url": url(request, "member_removal", pk), "kind": "danger"},
        "conflict": _conflict(form, held) if status == 409 else None,
    }
    return render(request, "orgs/member.html", context, status=422 if form.errors else status)


@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a member answers for, ask who takes it, and let the member go."""
    member = access.load(request, _current(), pk, Permission.MEMBERS_MANAGE)
    held = [(holding, holding.held(member)) for holding in HOLDINGS]
    kinds = [(holding.key, str(holding.label)) for holding, records in held if records]
    form = RemovalForm(request.POST if request.method == "POST" else None, kinds=kinds, others=people.others(member))
    if request.method == "POST" and form.is_valid():
        by, now = request.member, timezone.now()  # type: ignore[attr-defined]
        try:
            members.remove(member=member, handed=form.cleaned_data, by=by, now=now)
        except (members.LastAdministrator, members.NotAMember) as problem:
            form.add_error(None, str(problem))
        else:
            if member.pk == by.pk:
                return redirect("home")
            messages.success(request, _("%(name)s is no member any more.") % {"name": member})
            return redirect(url(request, "people"))
    context = {
        "form": form,
        "subject": member,
        "is_self": member.pk == request.member.pk,  # type: ignore[attr-defined]
        "kinds": [_kind(request, form, holding, records) for holding, records in held if records],
        "crumbs": [
            {"label": _("People"), "url": url(request, "people")},
            {"label": str(member), "url": url(request, "member", pk)},
        ],
    }
    return render(request, "orgs/member_removal.html", context, status=422 if form.errors else 200)


def _current() -> Any:
    return Member.objects.current().select_related("user")


def _filters(request: HttpRequest) -> Filters:
    return Filters(*(asked(request, name) for name in ("q", "role", "department", "state")))


def _sort(request: HttpRequest, manages: bool) -> str:
    orders = ORDERS if manages else {key: order for key, order in ORDERS.items() if key != "seen"}
    return sort_of(request, orders, default="name")


def _columns(manages: bool) -> list[Column]:
    shown = [Column(_("Person"), "name"), Column(_("Roles")), Column(_("Joined"), "joined")]
    return [*shown, Column(_("Last seen"), "seen")] if manages else shown


def _row(request: HttpRequest, member: Member, manages: bool) -> dict[str, Any]:
    row = {"member": member, "roles": sorted(str(held) for held in member.roles.all())}
    if not manages:
        return row
    return row | {"email": member.user.email, "url": "" if member.left_at else url(request, "member", member.pk)}


def _filter_bar(request: HttpRequest, filters: Filters) -> dict[str, Any]:
    departments = [(one.pk, one.name) for one in people.departments()]
    states = [("left", _("Left")), ("all", _("Everybody, with those who left"))]
    selects = [
        select("role", _("Role"), filters.role, [*Role.choices, ("none", _("No role"))]),
        select("department", _("Department"), filters.department, departments),
        select("state", _("State"), filters.state, states, _("Members")),
    ]
    return bar(
        request,
        search=filters.search,
        search_label=_("Search people"),
        selects=selects,
        is_active=filters.is_active,
    )


def _held(member: Member) -> dict[str, Any]:
    """The member's roles as the form shows them."""
    held = list(member.roles.all())
    of_departments = {role.value: [one.department_id for one in held if one.role == role] for role in DEPARTMENT_ROLES}
    return {"roles": [one.role for one in held if one.role not in of_departments], **of_departments}


def _conflict(form: RolesForm, theirs: list[str]) -> dict[str, Any]:
    """Both texts of a refused change; saving again, now knowing theirs, puts the own one."""
    form.data = form.data.copy()
    form.data["was"] = stale.seen({"roles": theirs})
    own = sorted(f"{role.label} ({department})" if department else str(role.label) for role, department in form.held())
    return {"rows": [{"label": _("Roles"), "theirs": ", ".join(theirs), "own": ", ".join(own)}]}


def _kind(request: HttpRequest, form: RemovalForm, holding: Any, records: list[Any]) -> dict[str, Any]:
    return {"label": holding.label, "field": form[holding.key], "rows": [_named(request, holding, r) for r in records]}


def _named(request: HttpRequest, holding: Any, record: Any) -> dict[str, str]:
    page = holding.page(record)
    return {"text": str(record), "url": url(request, page[0], *page[1]) if page else ""}

"""The ownership matrix: the page, its file, and giving several touchpoints one role."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from journeys.exports import ownership_csv
from journeys.fields import FIELDS
from journeys.forms.involvements import ManyForm
from journeys.models import Touchpoint
from journeys.queries import involvements, touchpoints
from journeys.queries.abouts import NONE
from journeys.queries.involvements import GAPS, TEAMS, Filters
from journeys.services import involvements as giving
from journeys.views import ownership_parts as parts
from journeys.views import selected
from journeys.views.selected import MOST_CHOSEN
from orgs import access
from orgs.permissions import Permission
from orgs.views.frames import url

PER_PAGE = 25
NAMES = {"search": "q"}


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """Show who answers for what, who does it, who is asked and who is told; what is missing is counted above."""
    access.require(request, Permission.WORKSPACE_READ)
    filters = filters_of(request)
    found, departments = involvements.listed(filters), list(touchpoints.departments())
    page = paginate(request, involvements.in_order(found, filters), per_page=PER_PAGE)
    columns = parts.columns(request, departments, involvements.loads(found))
    counts = involvements.gap_counts(filters)
    context = {
        "page": page,
        "columns": columns,
        "groups": parts.groups(request, page.items, columns),
        "width": len(columns) + 1,
        "counts": counts,
        "gaps": parts.gap_links(request, filters, counts, request.path),
        "filters": _bar(request, filters, departments),
        "is_filtered": filters.is_active,
        "more": [{"label": _("Who to contact"), "url": url(request, "contacts"), "icon": "phone"}],
        "may_choose": any(column.may_edit for column in columns)
        or access.may(request.member, Permission.ACCOUNTABILITY_OFFER),  # type: ignore[attr-defined]
        "may_edit": any(column.may_edit for column in columns),
        "csv_url": f"{url(request, 'ownership_csv')}?{request.GET.urlencode()}",
        "query": request.GET.urlencode(),
    }
    return render_list(request, "journeys/ownership.html", context)


@require_safe
def index_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the whole matrix, filtered as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    response = StreamingHttpResponse(
        ownership_csv.lines(request, filters_of(request)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="ownership.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Give one department one role at the chosen touchpoints."""
    access.require(request, Permission.INVOLVEMENT_EDIT)
    sent = selected.ids(request)
    chosen = list(Touchpoint.objects.current().filter(pk__in=sent[:MOST_CHOSEN]).order_by("name", "pk"))
    open_to_me = [each for each in touchpoints.departments() if parts.may_edit(request, each)]
    form = ManyForm(request.POST if request.method == "POST" else None, departments=open_to_me)
    if request.method == "POST" and form.is_valid() and chosen:
        given = giving.put_many(touchpoints=chosen, by=request.member, **form.cleaned_data)  # type: ignore[attr-defined]
        _say(request, given)
        return redirect(selected.still(request, given.left, sent[MOST_CHOSEN:]) or url(request, "ownership"))
    context = {
        "form": form,
        "chosen": chosen,
        "rest": sent[MOST_CHOSEN:],
        "crumbs": [{"label": _("Ownership"), "url": url(request, "ownership")}],
    }
    return render(request, "journeys/ownership_many.html", context, status=422 if request.method == "POST" else 200)


def filters_of(request: HttpRequest) -> Filters:
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def _say(request: HttpRequest, given: giving.Given) -> None:
    text = ngettext("%(n)d touchpoint is changed.", "%(n)d touchpoints are changed.", given.changed)
    said = [text % {"n": given.changed}]
    if given.same:
        text = ngettext("%(n)d was so already.", "%(n)d were so already.", given.same)
        said.append(text % {"n": given.same})
    messages.success(request, " ".join(said))
    selected.say_left(request, given.left)


def _bar(request: HttpRequest, filters: Filters, departments: list[Any]) -> dict[str, Any]:
    phases = [*((each.pk, each) for each in involvements.phases()), ("none", _("On no current map"))]
    named = [(each.pk, each) for each in departments]
    fundings = [*Touchpoint.Funding.choices, (touchpoints.UNSAID, _("Not said yet"))]
    selects = [
        select("gap", _("What is missing"), filters.gap, GAPS.items()),
        select("phase", _("Phase"), filters.phase, phases),
        select("department", _("Department"), filters.department, named),
        *(select(key, FIELDS[key].label, getattr(filters, key), [*named, (NONE, _("Nobody"))]) for key in TEAMS),
        select("funding", FIELDS["funding"].label, filters.funding, fundings),
    ]
    return bar(
        request,
        search=filters.search,
        search_label=_("Search touchpoints"),
        selects=selects,
        is_active=filters.is_active,
        kept=(),
        usual={"gap", "phase", "department"},
    )

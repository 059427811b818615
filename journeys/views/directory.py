"""Who to contact: the page, its file, and what is said of one department."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cxhub.web.asked import asked
from cxhub.web.filters import bar, select
from cxhub.web.htmx import varies_on_htmx
from cxhub.web.lists import render_list
from cxhub.web.pagination import paginate
from journeys.exports import directory_csv
from journeys.queries import directory_rows, directory_search
from journeys.queries.directory import MISSING, Filters, Known
from journeys.views import directory_parts as parts
from orgs import access
from orgs.forms.contacts import ContactForm
from orgs.forms.fields import zones
from orgs.models import Department
from orgs.permissions import Permission
from orgs.queries import contacts
from orgs.services import contacts as keeping
from orgs.services import stale
from orgs.views.frames import url
from orgs.views.settings import saved

PER_PAGE = 20
NAMES = {"search": "q"}
KEPT = ("need",)


@require_safe
@varies_on_htmx
def index(request: HttpRequest) -> HttpResponse:
    """List what customers need, each with whom to contact; the best match first."""
    access.require(request, Permission.WORKSPACE_READ)
    filters, lists = _filters(request), directory_rows.known()
    told = directory_search.find(filters, lists)
    page = paginate(request, told.entries, per_page=PER_PAGE)
    workspace = request.workspace  # type: ignore[attr-defined]
    found = directory_rows.entries(page.items, told, filters, lists, workspace=workspace, now=timezone.now())
    query = request.GET.urlencode()
    context = {
        "page": page,
        "entries": [parts.entry(request, each, filters) for each in found],
        "is_loose": told.is_loose,
        "meant": told.meant,
        "filters": _bar(request, filters, lists),
        "is_filtered": filters.is_active,
        "own": parts.own(request, lists),
        "csv_url": f"{url(request, 'contacts_csv')}?{query}",
    }
    return render_list(request, "journeys/contacts.html", context)


@require_safe
def index_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Give the whole list, filtered as on the page, as CSV."""
    access.require(request, Permission.WORKSPACE_READ)
    filters, lists = _filters(request), directory_rows.known()
    found = directory_search.find(filters, lists)
    response = StreamingHttpResponse(
        directory_csv.lines(request, filters, found, now=timezone.now()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="contacts.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def department(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep how one department is reached, when, and how soon it replies."""
    found = access.load(request, Department.objects.filter(archived_at=None), pk, Permission.WORKSPACE_READ)
    contact = contacts.of(found)
    access.require(request, Permission.CONTACT_EDIT, contact)
    values = keeping.values_of(contact)
    form = ContactForm(request.POST if request.method == "POST" else None, initial=values | {"was": stale.seen(values)})

    def keep(cleaned: dict[str, Any]) -> None:
        keeping.put(department=found, by=request.member, **cleaned)  # type: ignore[attr-defined]

    back = {"label": _("Who to contact"), "url": url(request, "contacts")}
    more = {"zones": zones(), "history": parts.history(request, found), "days": [form[key] for key in keeping.DAYS]}
    title = _("How to reach %(name)s") % {"name": found.name}
    return saved(request, form, values, keep, title=title, back=back, template="journeys/contact.html", more=more)


def _filters(request: HttpRequest) -> Filters:
    return Filters(**{name: asked(request, NAMES.get(name, name)) for name in Filters.__dataclass_fields__})


def _bar(request: HttpRequest, filters: Filters, lists: Known) -> dict[str, Any]:
    selects = [
        select("department", _("Department"), filters.department, [(each.pk, each) for each in lists.departments]),
        select("channel", _("Channel"), filters.channel, [(each.pk, each) for each in lists.channels]),
        select("missing", _("What is missing"), filters.missing, MISSING.items()),
    ]
    return bar(
        request,
        search=filters.search,
        search_label=_("What does the customer need?"),
        selects=selects,
        is_active=filters.is_active,
        kept=KEPT,
        usual=(),
    )

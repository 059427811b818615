"""What depends on a touchpoint, or on a finding: the page, and the file of all that customers come to afterwards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cxhub.web.pagination import paginate
from journeys.exports import impact_csv
from journeys.models import Finding, Touchpoint
from journeys.panels import impact as words
from journeys.queries import answering, findings, impact, touchpoints
from journeys.queries.impact import Impact
from journeys.registry import IMPACT_PANELS, MAP_COLUMNS
from orgs import access
from orgs.permissions import Permission

PER_PAGE = 25


@require_safe
def of_touchpoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what depends on a touchpoint."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.WORKSPACE_READ)
    if touchpoint.merged_into_id:
        return redirect("touchpoint_impact", request.workspace.slug, touchpoint.merged_into_id)  # type: ignore[attr-defined]
    return _page(request, touchpoint, impact.of_touchpoint(touchpoint))


@require_safe
def of_touchpoint_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Give all that customers come to after a touchpoint, as CSV."""
    touchpoint = access.load(request, touchpoints.one(), pk, Permission.WORKSPACE_READ)
    return _file(impact.of_touchpoint(touchpoint))


@require_safe
def of_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what depends on a finding, from all its places on; an opportunity is a planned change."""
    finding = access.load(request, findings.one(), pk, Permission.WORKSPACE_READ)
    if finding.merged_into_id:
        return redirect("finding_impact", request.workspace.slug, finding.merged_into_id)  # type: ignore[attr-defined]
    return _page(request, finding, impact.of_finding(finding))


@require_safe
def of_finding_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Give all that customers come to from where a finding stands, as CSV."""
    finding = access.load(request, findings.one(), pk, Permission.WORKSPACE_READ)
    return _file(impact.of_finding(finding))


def _page(request: HttpRequest, record: Touchpoint | Finding, found: Impact) -> HttpResponse:
    slug, noun = request.workspace.slug, str(record._meta.model_name)  # type: ignore[attr-defined]
    page = paginate(request, list(found.reached), per_page=PER_PAGE)
    held = answering.of(found)
    context = {
        "record": record,
        "crumbs": _crumbs(slug, record, noun),
        "lead": _lead(record, found),
        "facts": _facts(found, held),
        "maps": words.maps(request, found),
        "map_headers": [column.label for column in MAP_COLUMNS],
        "more_maps": max(0, len(found.stands_on) - words.MAPS),
        "page": page,
        "rows": [words.row(found, each) for each in page.items],
        "departments": [words.department(each) for each in held],
        "panels": [
            {"template": panel.template, **panel.load(request, found)}
            for panel in sorted(IMPACT_PANELS, key=lambda panel: panel.position)
        ],
        "csv_url": reverse(f"{noun}_impact_csv", args=[slug, record.pk]),
        "is_finding": noun == "finding",
    }
    return render(request, "journeys/impact.html", context)


def _file(found: Impact) -> HttpResponse:
    response = HttpResponse(impact_csv.lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="what-depends-on-it.csv"'
    return response


def _crumbs(slug: str, record: Touchpoint | Finding, noun: str) -> list[dict[str, str]]:
    label = _("Findings") if noun == "finding" else _("Touchpoints")
    whole = {"label": label, "url": reverse(f"{noun}s", args=[slug])}
    return [whole, {"label": record.name, "url": reverse(noun, args=[slug, record.pk])}]


def _lead(record: Touchpoint | Finding, found: Impact) -> str:
    """Say in a sentence what is counted here."""
    if isinstance(record, Touchpoint):
        return _("What customers come to after it, on every map in use, and who answers for that.")
    count = len(found.sources)
    told = ngettext("It stands at %(n)d touchpoint.", "It stands at %(n)d touchpoints.", count) % {"n": count}
    kind = _("A planned change.") if record.kind == Finding.Kind.OPPORTUNITY else record.get_kind_display() + "."
    return f"{kind} {told} {_('Below: what customers come to from there, and who answers for that.')}"


def _facts(found: Impact, held: list[answering.Answering]) -> list[dict[str, str]]:
    unowned = sum(len(each.touchpoints) for each in held if each.department is None)
    counts = {
        _("Maps it stands on"): len(found.stands_on),
        _("Maps afterwards"): len(found.come_to),
        _("Touchpoints afterwards"): len(found.reached),
        _("Departments"): sum(each.department is not None for each in held),
        _("Without an owner"): unowned,
    }
    return [{"label": label, "text": number_format(count, force_grouping=True)} for label, count in counts.items()]

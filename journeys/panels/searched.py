"""What journeys brings to search: maps by title or journey, touchpoints, findings, departments, and what one begins."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journeys.models import Finding, Map, Touchpoint
from journeys.queries.maps import SEARCHED
from orgs.models import Department, Folded
from orgs.permissions import Permission
from orgs.queries import leads
from orgs.queries.matching import containing, name_in, ranked
from orgs.registry import Action, SearchKind, SearchRow

MAP_SHOWS = ("title", "state", "journey__name", "owner__user__name", "owner__user__email")
TOUCHPOINT_SHOWS = ("name", "accountability", "channel__name", "accountable_department__name")

FINDING_SHOWS = ("name", "kind", "evidence", "owner__user__name", "owner__user__email")


def _maps(request: HttpRequest) -> Any:
    return Map.objects.current().select_related("journey", "owner__user").only(*MAP_SHOWS)


def _maps_found(request: HttpRequest, rows: Any, words: str) -> Any:
    found = rows.filter(containing(words, *SEARCHED))
    return ranked(found, words, name=name_in("search_text"), then=("title", "pk"))


def _map(request: HttpRequest, drawn: Map) -> SearchRow:
    journey = drawn.journey.name if drawn.journey.name != drawn.title else ""
    parts = [journey, str(drawn.get_state_display()), str(drawn.owner or "")]
    return SearchRow(drawn.title, _url(request, "map", drawn), " · ".join(part for part in parts if part))


def _touchpoints(request: HttpRequest) -> Any:
    found = Touchpoint.objects.current().filter(merged_into=None)
    return found.select_related("channel", "accountable_department").only(*TOUCHPOINT_SHOWS)


def _touchpoints_found(request: HttpRequest, rows: Any, words: str) -> Any:
    found = rows.filter(containing(words, "search_text"))
    return ranked(found, words, name=name_in("search_text"), then=("name", "pk"))


def _touchpoint(request: HttpRequest, touchpoint: Touchpoint) -> SearchRow:
    is_owned = touchpoint.accountability == Touchpoint.Accountability.ACCEPTED
    owner = touchpoint.accountable_department if is_owned else _("No owner")
    channel = touchpoint.channel.name if touchpoint.channel else ""
    return SearchRow(
        touchpoint.name, _url(request, "touchpoint", touchpoint), " · ".join(filter(None, [channel, str(owner)]))
    )


def _findings(request: HttpRequest) -> Any:
    return Finding.objects.current().select_related("owner__user").only(*FINDING_SHOWS)


def _findings_found(request: HttpRequest, rows: Any, words: str) -> Any:
    found = rows.filter(containing(words, "search_text"))
    return ranked(found, words, name=name_in("search_text"), then=("name", "pk"))


def _finding(request: HttpRequest, finding: Finding) -> SearchRow:
    parts = [str(finding.get_kind_display()), str(finding.get_evidence_display()), str(finding.owner or "")]
    return SearchRow(finding.name, _url(request, "finding", finding), " · ".join(filter(None, parts)))


def _departments(request: HttpRequest) -> Any:
    accepted = Touchpoint.objects.current().filter(accountability=Touchpoint.Accountability.ACCEPTED)
    mine = accepted.filter(accountable_department=OuterRef("pk")).order_by().values("accountable_department")
    led = leads.roles().filter(department=OuterRef("pk")).order_by("member__user__name")
    return Department.objects.filter(archived_at=None).annotate(
        folded_name=Folded("name"),
        touchpoint_count=Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n")), 0),
        leads=ArraySubquery(led.values("member__user__name")),
    )


def _departments_found(request: HttpRequest, rows: Any, words: str) -> Any:
    found = rows.filter(containing(words, "folded_name"))
    return ranked(found, words, name=F("folded_name"), then=("name", "pk"))


def _department(request: HttpRequest, department: Any) -> SearchRow:
    """A department leads to the touchpoints it accepted: there is no other page about it that everybody may read."""
    count = department.touchpoint_count
    words = ngettext("%(n)d touchpoint", "%(n)d touchpoints", count) % {"n": count}
    narrowed = urlencode({"department": department.pk, "owner": "accepted"})
    url = f"{reverse('touchpoints', args=[request.workspace.slug])}?{narrowed}"  # type: ignore[attr-defined]
    return SearchRow(department.name, url, " · ".join([words, *filter(None, department.leads)]))


def _url(request: HttpRequest, name: str, record: Any) -> str:
    return reverse(name, args=[request.workspace.slug, record.pk])  # type: ignore[attr-defined]


_l = gettext_lazy
READ = Permission.WORKSPACE_READ
MAPS = SearchKind(
    "map", "j", _l("Journeys"), "route", 10, READ, _maps, _maps_found, _map, page="map", list_page="journeys"
)
TOUCHPOINTS = SearchKind(
    "touchpoint",
    "t",
    _l("Touchpoints"),
    "mouse-pointer-click",
    20,
    READ,
    _touchpoints,
    _touchpoints_found,
    _touchpoint,
    page="touchpoint",
    list_page="touchpoints",
)
FINDINGS = SearchKind(
    "finding",
    "n",
    _l("Findings"),
    "lightbulb",
    25,
    READ,
    _findings,
    _findings_found,
    _finding,
    page="finding",
    list_page="findings",
)
DEPARTMENTS = SearchKind(
    "department",
    "d",
    _l("Departments"),
    "building-2",
    50,
    READ,
    _departments,
    _departments_found,
    _department,
    page="",
)
KINDS = [MAPS, TOUCHPOINTS, FINDINGS, DEPARTMENTS]
ACTIONS = [
    Action(_l("New touchpoint"), "touchpoint_new", "plus", 10, Permission.TOUCHPOINT_EDIT, more=_l("create add")),
    Action(_l("New finding"), "finding_new", "plus", 12, Permission.FINDING_EDIT, more=_l("create add pain gain need")),
    Action(_l("New journey"), "journey_new", "plus", 11, Permission.MAP_EDIT, more=_l("create add map")),
    Action(_l("Edit the outline of this map"), "", "pencil", 5, Permission.MAP_EDIT, about={"map": "map_outline"}),
    Action(
        _l("Import touchpoints"),
        "touchpoints_import",
        "file-up",
        12,
        Permission.TOUCHPOINT_EDIT,
        more=_l("upload csv"),
        is_often=False,
    ),
    Action(
        _l("Import a map"),
        "maps_import",
        "file-up",
        13,
        Permission.MAP_EDIT,
        more=_l("upload json xlsx spreadsheet journey"),
        is_often=False,
    ),
]

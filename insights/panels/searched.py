"""What insights brings to search: KPIs by their name and what they are about, and asking how one stands."""

from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Coalesce, Concat
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from insights.measures.registry import EVERY
from insights.models import Kpi
from insights.panels import subjects
from insights.queries import names
from orgs.models import Folded
from orgs.models.folding import fold
from orgs.permissions import Permission
from orgs.queries.matching import containing, name_in, ranked
from orgs.registry import Action, NavItem, SearchKind, SearchRow

TEXT = TextField()
SHOWS = ("name", "measure", "touchpoint__name", "map__title", "stage__name", "source__name")
OWNER = ("owner__user__name", "owner__user__email")


def _rows(request: HttpRequest) -> Any:
    """KPIs in use, each with its whole name as search compares it: what it counts, and of what."""
    used = Kpi.objects.filter(touchpoint__archived_at=None, map__archived_at=None, stage__map__archived_at=None)
    found = used.select_related("touchpoint", "map", "stage", "source", "owner__user").only(*SHOWS, *OWNER)
    measures = [When(measure=each.slug, then=Value(_measured(each))) for each in EVERY]
    own = Case(When(name__gt="", then=F("search_text")), *measures, default=Value(""), output_field=TEXT)
    of = Coalesce(
        name_in("touchpoint__search_text"),
        name_in("map__search_text"),
        Folded("stage__name"),
        Value(""),
        output_field=TEXT,
    )
    return found.annotate(called=Concat(own, Value(" "), of, output_field=TEXT))


def _measured(measure: Any) -> str:
    """What people call a measure: by its name, or by its short name, such as NPS."""
    return fold(f"{measure.name} {measure.slug.replace('_', ' ')}")


def _found(request: HttpRequest, rows: Any, words: str) -> Any:
    return ranked(rows.filter(containing(words, "called")), words, name=F("called"), then=("called", "pk"))


def _row(request: HttpRequest, kpi: Kpi) -> SearchRow:
    detail = " · ".join([kpi.source.name, str(kpi.owner or _("No owner"))])
    return SearchRow(names.name(kpi), subjects.url(request.workspace.slug, kpi), detail)  # type: ignore[attr-defined]


KPIS = SearchKind(
    "kpi",
    "k",
    _("KPIs"),
    "gauge",
    30,
    Permission.WORKSPACE_READ,
    rows=_rows,
    found=_found,
    row=_row,
    page="kpi",
)
PAGES = [
    NavItem(_("Off target"), "off_target", "target", 50),
    NavItem(_("Requests for an update"), "update_requests", "message-circle-question-mark", 60),
    NavItem(_("Pulse: guess what customers say"), "pulse", "message-circle-question-mark", 62),
    NavItem(_("Belief and reality"), "belief", "scale", 64, Permission.BELIEF_READ),
]
ASK = Action(
    _("Ask for an update"),
    "off_target",
    "message-circle-question-mark",
    20,
    Permission.UPDATE_REQUEST,
    about={
        "touchpoint": "touchpoint_update_requests",
        "map": "map_update_requests",
        "kpi": "kpi_update_requests",
    },
)

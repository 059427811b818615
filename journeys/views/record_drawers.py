"""What the drawer of a map shows of the record behind a card: enough to know it, to change it, and to say something."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from cxhub.web import drawer
from journeys.measures import opportunity_score
from journeys.models import Finding, Touchpoint
from journeys.queries import findings, paths
from journeys.registry import TOUCHPOINT_DRAWER
from journeys.views import touchpoint_page_parts as parts
from orgs.panels import comments

COMMENTS = 3  # of the open threads
OF_FINDINGS = ("description", "owner", "evidence", "source")
OF_NEEDS = (*OF_FINDINGS, "importance", "satisfaction")
OF_TOUCHPOINTS = ("promise", "description", "channel", "design_status", "steward")


def finding(request: HttpRequest, record: Finding) -> HttpResponse:
    """Show a finding in the drawer."""
    is_need = record.kind == Finding.Kind.NEED
    places = [
        {"map": on.map, "words": [(step.stage.name, step.name) for step in on.steps]} for on in findings.maps_of(record)
    ]
    context = {
        "finding": record,
        "fields": parts.fields(request, record, OF_NEEDS if is_need else OF_FINDINGS),
        "score": opportunity_score(record.importance, record.satisfaction),
        **_shared(request, record, places),
    }
    return drawer.show(request, "journeys/finding.html", context)


def touchpoint(request: HttpRequest, record: Touchpoint) -> HttpResponse:
    """Show a touchpoint in the drawer, with what higher apps say of it."""
    places = [{"map": on.map, "words": [(place.stage, place.step) for place in on.places]} for on in paths.of(record)]
    panels = sorted(TOUCHPOINT_DRAWER, key=lambda panel: panel.position)
    context = {
        "touchpoint": record,
        "fields": parts.fields(request, record, OF_TOUCHPOINTS),
        "panels": [{"template": each.template, **each.load(request, record)} for each in panels],
        **_shared(request, record, places),
    }
    return drawer.show(request, "journeys/touchpoint.html", context)


def _shared(request: HttpRequest, record: parts.Edited, places: list[dict[str, Any]]) -> dict[str, Any]:
    noun = str(record._meta.model_name)
    said = comments.panel(request, noun, record)
    return {
        "drawer": {
            "key": f"{noun}-{record.pk}",
            "page_url": parts.page_url(request, record),
            "places": places,
            "comments": {**said, "threads": said["threads"][:COMMENTS]},
        }
    }

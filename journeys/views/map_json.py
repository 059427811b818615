"""A map as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from journeys.exports import map_json
from journeys.queries import documents, maps
from orgs import access
from orgs.permissions import Permission


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the whole map as JSON."""
    drawn = access.load(request, maps.one(), pk, Permission.WORKSPACE_READ)
    body = map_json.text(documents.document(drawn))
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="map-{drawn.pk}.json"'
    return response

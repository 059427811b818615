"""A map, or a version of it, as a file: JSON, or a workbook that people can edit and bring back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from journeys.exports import map_json, map_sheets
from journeys.models import MapVersion
from journeys.queries import documents, map_files, maps
from orgs import access
from orgs.permissions import Permission

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the whole map as JSON."""
    return _file_of(request, _document(request, pk), f"map-{pk}", _json)


@require_safe
def as_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the whole map as a workbook."""
    return _file_of(request, _document(request, pk), f"map-{pk}", _workbook)


@require_safe
def version_as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a version as JSON, as it was published."""
    version = _version(request, pk)
    return _file_of(request, version.document, f"map-{version.map_id}-v{version.number}", _json)


@require_safe
def version_as_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a version as a workbook, as it was published."""
    version = _version(request, pk)
    return _file_of(request, version.document, f"map-{version.map_id}-v{version.number}", _workbook)


def _document(request: HttpRequest, pk: int) -> dict[str, Any]:
    drawn = access.load(request, maps.one(), pk, Permission.WORKSPACE_READ)
    sees_addresses = access.may(request.member, Permission.MEMBERS_MANAGE)  # type: ignore[attr-defined]
    return documents.portable(drawn) if sees_addresses else documents.document(drawn)


def _version(request: HttpRequest, pk: int) -> MapVersion:
    version: MapVersion = access.load(request, MapVersion, pk, Permission.WORKSPACE_READ)
    return version


def _file_of(request: HttpRequest, document: dict[str, Any], name: str, write: Any) -> HttpResponse:
    """Give a document with its pictures, or without where that is asked for, or where a person is told to ask so."""
    try:
        told = document if request.GET.get("pictures") == "no" else map_files.whole(document)
    except map_files.TooManyPictures as refused:
        context = {"words": str(refused), "url": f"{request.path}?pictures=no"}
        return render(request, "journeys/map_file_too_large.html", context, status=409)
    answer: HttpResponse = write(told, name)
    return answer


def _json(document: dict[str, Any], name: str) -> HttpResponse:
    return _file(map_json.text(document), f"{name}.json", "application/json; charset=utf-8")


def _workbook(document: dict[str, Any], name: str) -> HttpResponse:
    return _file(map_sheets.workbook(document), f"{name}.xlsx", WORKBOOK)


def _file(body: str | bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

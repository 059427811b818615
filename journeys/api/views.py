"""The doors for touchpoints. What the services refuse becomes a problem in journeys/api/refusals.py."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cxhub.web.sorting import ordering
from journeys.api.refusals import refusals
from journeys.api.serializers import (
    HistoryEntry,
    NewTouchpoint,
    TouchpointChanges,
    TouchpointQuery,
    TouchpointSerializer,
)
from journeys.models import Touchpoint
from journeys.queries import history, touchpoints
from journeys.queries.touchpoints import ORDERS, Filters
from journeys.services import changes
from journeys.services import touchpoints as service
from orgs import access
from orgs.api.etags import IF_MATCH, IF_NONE_MATCH, answer, seen_version
from orgs.api.paging import NewestFirst, Numbered
from orgs.api.views import ApiView, origin_of
from orgs.models import Department
from orgs.permissions import KeyScope, Permission

READ, WRITE = KeyScope.TOUCHPOINTS_READ, KeyScope.TOUCHPOINTS_WRITE
EACH = TouchpointSerializer(many=True)
PAGE = OpenApiParameter("page", int, description="With sort: the number of the page.")


class TouchpointView(ApiView):
    serializer_class = TouchpointSerializer

    def told(self, request: Request, pk: int, *, status: int = 200) -> Response:
        """Answer with a touchpoint as it is now."""
        touchpoint = _whole(Touchpoint.objects.all()).get(pk=pk)
        ready = TouchpointSerializer(touchpoint).data
        return answer(request, ready, version=touchpoint.version, status=status)

    def loaded(self, request: Request, pk: int) -> Touchpoint:
        """Return a touchpoint that the caller may change."""
        found: Touchpoint = access.load(request._request, Touchpoint, pk, Permission.TOUCHPOINT_EDIT)
        return found


class Touchpoints(TouchpointView):
    """The touchpoints of the workspace."""

    scopes = {"GET": READ, "POST": WRITE}

    @extend_schema(operation_id="touchpoints_list", parameters=[TouchpointQuery, PAGE], responses=EACH)
    def get(self, request: Request) -> Response:
        """List the touchpoints in use, or those that the filters leave."""
        access.require(request._request, Permission.WORKSPACE_READ)
        asked = self.asked(TouchpointQuery)
        sort = asked.pop("sort", "")
        found = _whole(touchpoints.listed(_filters(asked)))
        if sort:
            self.pagination_class = Numbered
            found = found.order_by(*ordering(sort, ORDERS), "pk")
        page = self.paginate_queryset(found)
        return self.get_paginated_response(TouchpointSerializer(page, many=True).data)

    @extend_schema(operation_id="touchpoint_make", request=NewTouchpoint, responses={201: TouchpointSerializer})
    def post(self, request: Request) -> Response:
        """Make a touchpoint."""
        access.require(request._request, Permission.TOUCHPOINT_EDIT)
        values = self.sent(NewTouchpoint)
        with refusals():
            made = service.create(
                department=_department(values.pop("department", None)),
                values=values,
                by=request._request.member,
                now=timezone.now(),
                origin=origin_of(request),
            )
        response = self.told(request, made.pk, status=201)
        path = reverse("api_touchpoint", args=[request._request.workspace.slug, made.pk])
        response["Location"] = request.build_absolute_uri(path)
        return response


class OneTouchpoint(TouchpointView):
    """One touchpoint, in use, archived or merged."""

    scopes = {"GET": READ, "PATCH": WRITE}
    pagination_class = None

    @extend_schema(operation_id="touchpoint_read", parameters=[IF_NONE_MATCH])
    def get(self, request: Request, pk: int) -> Response:
        """Read one touchpoint. Its ETag is what a change asks for."""
        access.load(request._request, Touchpoint, pk, Permission.WORKSPACE_READ)
        return self.told(request, pk)

    @extend_schema(operation_id="touchpoint_change", request=TouchpointChanges, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: int) -> Response:
        """Change some fields. Changes of other fields since the ETag do not stand in the way; of the same ones, 412."""
        touchpoint, version = self.loaded(request, pk), seen_version(request)
        wanted = self.sent(TouchpointChanges, partial=True)
        with refusals():
            service.edit(
                touchpoint=touchpoint,
                version=version,
                changes=wanted,
                by=request._request.member,
                now=timezone.now(),
                origin=origin_of(request),
            )
        return self.told(request, pk)


class Archival(TouchpointView):
    """Taking a touchpoint out of use."""

    scopes = {"POST": WRITE}
    pagination_class = None

    @extend_schema(operation_id="touchpoint_archive", request=None, parameters=[IF_MATCH])
    def post(self, request: Request, pk: int) -> Response:
        """Archive a touchpoint that did not change since the ETag."""
        touchpoint, version = self.loaded(request, pk), seen_version(request)
        with refusals():
            service.archive(touchpoint=touchpoint, version=version, by=request._request.member, now=timezone.now())
        return self.told(request, pk)


class Restoration(TouchpointView):
    """Taking a touchpoint back into use."""

    scopes = {"POST": WRITE}
    pagination_class = None

    @extend_schema(operation_id="touchpoint_restore", request=None)
    def post(self, request: Request, pk: int) -> Response:
        """Restore an archived touchpoint; one in use stays as it is."""
        touchpoint = self.loaded(request, pk)
        with refusals():
            service.restore(touchpoint=touchpoint, by=request._request.member)
        return self.told(request, pk)


class History(ApiView):
    """What happened to a touchpoint, newest first, with that of those merged into it."""

    scopes = {"GET": READ}
    serializer_class = HistoryEntry
    pagination_class = NewestFirst

    @extend_schema(operation_id="touchpoint_history", responses=HistoryEntry(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List the changes of a touchpoint."""
        touchpoint = access.load(request._request, Touchpoint, pk, Permission.WORKSPACE_READ)
        page = self.paginate_queryset(history.entries(touchpoint))
        return self.get_paginated_response(HistoryEntry(history.lines(touchpoint, page), many=True).data)


def _whole(found: QuerySet[Touchpoint]) -> QuerySet[Touchpoint]:
    joined = found.select_related(*changes.JOINED, "accountable_department")
    return joined.prefetch_related("system_links__system").defer("search_text")


def _filters(asked: dict[str, Any]) -> Filters:
    words = {("search" if name == "q" else name): str(value) for name, value in asked.items()}
    return Filters(**words)


def _department(pk: int | None) -> Department | None:
    found: Department | None = touchpoints.departments().filter(pk=pk).first() if pk else None
    if pk and found is None:
        raise ValidationError({"department": [_("Choose a department that is in use.")]})
    return found

"""The doors for findings, as those for touchpoints. What the services refuse is told in refusals.py."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cxhub.web.sorting import ordering
from journeys.api.finding_serializers import FindingChanges, FindingQuery, FindingSerializer, NewFinding
from journeys.api.refusals import refusals
from journeys.api.serializers import HistoryEntry
from journeys.models import Finding
from journeys.queries import finding_history, findings
from journeys.queries.findings import ORDERS, Filters
from journeys.services import findings as service
from orgs import access
from orgs.api.etags import IF_MATCH, IF_NONE_MATCH, answer, seen_version
from orgs.api.paging import NewestFirst, Numbered
from orgs.api.views import ApiView, origin_of
from orgs.permissions import KeyScope, Permission

READ, WRITE = KeyScope.FINDINGS_READ, KeyScope.FINDINGS_WRITE
EACH = FindingSerializer(many=True)
PAGE = OpenApiParameter("page", int, description="With sort: the number of the page.")


class FindingView(ApiView):
    serializer_class = FindingSerializer

    def told(self, request: Request, pk: int, *, status: int = 200) -> Response:
        """Answer with a finding as it is now."""
        finding = findings.one().get(pk=pk)
        return answer(request, FindingSerializer(finding).data, version=finding.version, status=status)

    def loaded(self, request: Request, pk: int) -> Finding:
        """Return a finding that the caller may change."""
        found: Finding = access.load(request._request, Finding, pk, Permission.FINDING_EDIT)
        return found


class Findings(FindingView):
    """The pains, gains, needs and opportunities of the workspace."""

    scopes = {"GET": READ, "POST": WRITE}

    @extend_schema(operation_id="findings_list", parameters=[FindingQuery, PAGE], responses=EACH)
    def get(self, request: Request) -> Response:
        """List the findings in use, or those that the filters leave."""
        access.require(request._request, Permission.WORKSPACE_READ)
        asked = self.asked(FindingQuery)
        sort = asked.pop("sort", "")
        found = findings.listed(_filters(asked)).defer("search_text")
        if sort:
            self.pagination_class = Numbered
            found = found.order_by(*ordering(sort, ORDERS), "pk")
        page = self.paginate_queryset(found)
        return self.get_paginated_response(FindingSerializer(page, many=True).data)

    @extend_schema(operation_id="finding_make", request=NewFinding, responses={201: FindingSerializer})
    def post(self, request: Request) -> Response:
        """Make a finding."""
        access.require(request._request, Permission.FINDING_EDIT)
        values = self.sent(NewFinding)
        with refusals():
            made = service.create(
                kind=values.pop("kind"), values=values, by=request._request.member, origin=origin_of(request)
            )
        response = self.told(request, made.pk, status=201)
        path = reverse("api_finding", args=[request._request.workspace.slug, made.pk])
        response["Location"] = request.build_absolute_uri(path)
        return response


class OneFinding(FindingView):
    """One finding, in use, archived or merged."""

    scopes = {"GET": READ, "PATCH": WRITE}
    pagination_class = None

    @extend_schema(operation_id="finding_read", parameters=[IF_NONE_MATCH])
    def get(self, request: Request, pk: int) -> Response:
        """Read one finding. Its ETag is what a change asks for."""
        access.load(request._request, Finding, pk, Permission.WORKSPACE_READ)
        return self.told(request, pk)

    @extend_schema(operation_id="finding_change", request=FindingChanges, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: int) -> Response:
        """Change some fields. Changes of other fields since the ETag do not stand in the way; of the same ones, 412."""
        finding, version = self.loaded(request, pk), seen_version(request)
        wanted = self.sent(FindingChanges, partial=True)
        with refusals():
            service.edit(
                finding=finding,
                version=version,
                changes=wanted,
                by=request._request.member,
                origin=origin_of(request),
            )
        return self.told(request, pk)


class Archival(FindingView):
    """Taking a finding out of use."""

    scopes = {"POST": WRITE}
    pagination_class = None

    @extend_schema(operation_id="finding_archive", request=None, parameters=[IF_MATCH])
    def post(self, request: Request, pk: int) -> Response:
        """Archive a finding that did not change since the ETag."""
        finding, version = self.loaded(request, pk), seen_version(request)
        with refusals():
            service.archive(finding=finding, version=version, by=request._request.member, now=timezone.now())
        return self.told(request, pk)


class Restoration(FindingView):
    """Taking a finding back into use."""

    scopes = {"POST": WRITE}
    pagination_class = None

    @extend_schema(operation_id="finding_restore", request=None)
    def post(self, request: Request, pk: int) -> Response:
        """Restore an archived finding; one in use stays as it is."""
        finding = self.loaded(request, pk)
        with refusals():
            service.restore(finding=finding, by=request._request.member)
        return self.told(request, pk)


class History(ApiView):
    """What happened to a finding, newest first, with that of those merged into it."""

    scopes = {"GET": READ}
    serializer_class = HistoryEntry
    pagination_class = NewestFirst

    @extend_schema(operation_id="finding_history", responses=HistoryEntry(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List the changes of a finding."""
        finding = access.load(request._request, Finding, pk, Permission.WORKSPACE_READ)
        page = self.paginate_queryset(finding_history.entries(finding))
        lines = [finding_history.line(finding, entry) for entry in page]
        return self.get_paginated_response(HistoryEntry(lines, many=True).data)


def _filters(asked: dict[str, Any]) -> Filters:
    words = {("search" if name == "q" else name): str(value) for name, value in asked.items()}
    return Filters(**words)

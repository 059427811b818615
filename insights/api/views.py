"""The doors for KPIs and readings."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from insights.api import plain
from insights.api.queries import KpisQuery, PeriodQuery, ReadingsQuery
from insights.api.serializers import KpiSerializer, ReadingSerializer
from insights.models import Kpi, Reading
from insights.panels.looking import choice_of
from orgs import access
from orgs.api.etags import IF_NONE_MATCH, answer
from orgs.api.paging import ByDay
from orgs.api.views import ApiView
from orgs.permissions import KeyScope, Permission


class Kpis(ApiView):
    """KPIs in one period, with status, trust and age."""

    scopes = {"GET": KeyScope.KPIS_READ}
    serializer_class = KpiSerializer

    def get_queryset(self) -> QuerySet[Kpi]:
        related = ("source", "owner__user", "certified_by__user", "touchpoint", "stage", "map", "workspace")
        found: QuerySet[Kpi] = Kpi.objects.select_related(*related).order_by("id")
        return found

    @extend_schema(operation_id="kpis_list", parameters=[KpisQuery], responses=KpiSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the KPIs."""
        access.require(request._request, Permission.WORKSPACE_READ)
        asked, found = self.asked(KpisQuery), self.get_queryset()
        if "touchpoint" in asked:
            found = found.filter(touchpoint_id=asked["touchpoint"])
        if "tells" in asked:
            found = found.filter(tells=asked["tells"])
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self._plain(request, page))

    def _plain(self, request: Request, page: Any) -> Any:
        period = choice_of(request._request).asked
        ready = plain.kpis(page, period, workspace=request._request.workspace, now=timezone.now())
        return KpiSerializer(ready, many=True).data


class OneKpi(Kpis):
    """One KPI in one period."""

    pagination_class = None

    @extend_schema(operation_id="kpi_read", parameters=[PeriodQuery, IF_NONE_MATCH])
    def get(self, request: Request, pk: int) -> Response:
        """Read one KPI. Its ETag changes with the number, its status and its age."""
        self.asked(PeriodQuery)
        kpi = access.load(request._request, self.get_queryset(), pk, Permission.WORKSPACE_READ)
        return answer(request, self._plain(request, [kpi])[0])


class Readings(ApiView):
    """The readings of a KPI, oldest first, with restatements."""

    scopes = {"GET": KeyScope.READINGS_READ}
    serializer_class = ReadingSerializer
    pagination_class = ByDay

    @extend_schema(operation_id="readings_list", parameters=[ReadingsQuery], responses=ReadingSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List the readings of a KPI."""
        kpi = access.load(request._request, Kpi, pk, Permission.WORKSPACE_READ)
        page = self.paginate_queryset(_found(kpi, self.asked(ReadingsQuery)))
        ready = plain.readings(page, is_official=kpi.is_official)
        return self.get_paginated_response(ReadingSerializer(ready, many=True).data)


def _found(kpi: Kpi, asked: dict[str, Any]) -> QuerySet[Reading]:
    of = {"grain": asked.get("grain", kpi.grain), "segment": asked.get("segment", "")}
    between = {"from": "starts_on__gte", "until": "starts_on__lte"}
    found: QuerySet[Reading] = kpi.readings.filter(**of).defer("parts")
    return found.filter(**{lookup: asked[name] for name, lookup in between.items() if name in asked})

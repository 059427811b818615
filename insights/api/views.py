"""The doors for KPIs and readings."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from insights.api import plain
from insights.api.serializers import KpiSerializer, ReadingSerializer
from insights.models import Kpi, Reading
from insights.panels.looking import choice_of
from orgs import access
from orgs.api.views import ApiView
from orgs.permissions import KeyScope, Permission

PERIOD = [
    OpenApiParameter("per", enum=["day", "month", "year"], description="Length of the period; a year unless said."),
    OpenApiParameter("at", date, description="A day of the period; the latest with data unless said."),
]


class Kpis(ApiView):
    """KPIs in one period, with status, trust and age."""

    scopes = {"GET": KeyScope.KPIS_READ}
    serializer_class = KpiSerializer

    def get_queryset(self) -> QuerySet[Kpi]:
        related = ("source", "owner__user", "certified_by__user", "touchpoint", "stage", "map", "workspace")
        found: QuerySet[Kpi] = Kpi.objects.select_related(*related).order_by("id")
        return found

    @extend_schema(parameters=[*PERIOD, OpenApiParameter("touchpoint", int, description="Of this touchpoint alone.")])
    def get(self, request: Request) -> Response:
        access.require(request._request, Permission.WORKSPACE_READ)
        found = self.get_queryset()
        touchpoint = request.query_params.get("touchpoint", "")
        if touchpoint:
            found = found.filter(touchpoint_id=_whole("touchpoint", touchpoint))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self._plain(request, page))

    def _plain(self, request: Request, page: Any) -> Any:
        period = choice_of(request._request).period
        ready = plain.kpis(page, period, workspace=request._request.workspace, now=timezone.now())
        return KpiSerializer(ready, many=True).data


class OneKpi(Kpis):
    """One KPI in one period."""

    pagination_class = None

    @extend_schema(parameters=PERIOD)
    def get(self, request: Request, pk: int) -> Response:
        kpi = access.load(request._request, self.get_queryset(), pk, Permission.WORKSPACE_READ)
        return Response(self._plain(request, [kpi])[0])


class Readings(ApiView):
    """The readings of a KPI, oldest first, with restatements."""

    scopes = {"GET": KeyScope.READINGS_READ}
    serializer_class = ReadingSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("grain", enum=[grain.value for grain in Kpi.Grain], description="Else the KPI's own."),
            OpenApiParameter("from", date, description="First day of the first period."),
            OpenApiParameter("until", date, description="First day of the last period."),
            OpenApiParameter("segment", str, description="Of this segment; of everybody unless said."),
        ]
    )
    def get(self, request: Request, pk: int) -> Response:
        kpi = access.load(request._request, Kpi, pk, Permission.WORKSPACE_READ)
        page = self.paginate_queryset(_asked_for(kpi, request))
        return self.get_paginated_response(ReadingSerializer(plain.readings(page), many=True).data)


def _asked_for(kpi: Kpi, request: Request) -> QuerySet[Reading]:
    asked = request.query_params
    grain = asked.get("grain") or kpi.grain
    if grain not in Kpi.Grain.values:
        raise ValidationError({"grain": [_("Choose one of %(all)s.") % {"all": ", ".join(Kpi.Grain.values)}]})
    found: QuerySet[Reading] = kpi.readings.filter(grain=grain, segment=asked.get("segment", "")).defer("parts")
    if asked.get("from"):
        found = found.filter(starts_on__gte=_day("from", asked["from"]))
    if asked.get("until"):
        found = found.filter(starts_on__lte=_day("until", asked["until"]))
    return found


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValidationError({name: [_("Write the day as 2026-05-12.")]}) from None


def _whole(name: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise ValidationError({name: [_("Give a whole number.")]})
    return int(text)

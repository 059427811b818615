"""The doors for expectations, their results and releases. The same post again changes nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.serializers import (
    ExpectationQuery,
    NewRelease,
    NewResult,
    ReleaseSerializer,
    ResultSerializer,
    StandingSerializer,
)
from governance.models import Expectation
from governance.queries import expectations
from governance.queries import releases as releases_of
from governance.services import posting, releases
from journeys.models import Touchpoint
from orgs import access
from orgs.api.paging import NewestFirst
from orgs.api.problems import Refused
from orgs.api.views import ApiView, origin_of
from orgs.permissions import KeyScope, Permission


class Releases(ApiView):
    """What went live at a touchpoint."""

    scopes = {"GET": KeyScope.RELEASES_READ, "POST": KeyScope.RELEASES_WRITE}
    serializer_class = ReleaseSerializer
    pagination_class = NewestFirst

    @extend_schema(operation_id="releases_list", responses=ReleaseSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List the releases of a touchpoint, the one that was noted last first."""
        touchpoint = access.load(request._request, Touchpoint, pk, Permission.WORKSPACE_READ)
        page = self.paginate_queryset(releases_of.of(touchpoint))
        return self.get_paginated_response(ReleaseSerializer(page, many=True).data)

    @extend_schema(
        operation_id="release_note", request=NewRelease, responses={201: ReleaseSerializer, 200: ReleaseSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Note a release. The same note again answers 200; another one of the same name, 409."""
        touchpoint = access.load(request._request, Touchpoint, pk, Permission.DELIVERY_REPORT)
        with refusals():
            made, is_new = releases.note(
                touchpoint=touchpoint,
                by=request._request.member,
                now=timezone.now(),
                origin=origin_of(request),
                **self.sent(NewRelease),
            )
        return Response(ReleaseSerializer(made).data, status=201 if is_new else 200)


class Expectations(ApiView):
    """What touchpoints in use must keep, and whether they do."""

    scopes = {"GET": KeyScope.EXPECTATIONS_READ}
    serializer_class = StandingSerializer

    @extend_schema(
        operation_id="expectations_list", parameters=[ExpectationQuery], responses=StandingSerializer(many=True)
    )
    def get(self, request: Request) -> Response:
        """List the expectations that hold."""
        access.require(request._request, Permission.WORKSPACE_READ)
        page = self.paginate_queryset(expectations.in_use().filter(**self.asked(ExpectationQuery)))
        now = timezone.now()
        ready = [expectations.standing_of(each, now=now) for each in page or []]
        return self.get_paginated_response(StandingSerializer(ready, many=True).data)


class OneExpectation(ApiView):
    """An expectation that holds, and whether its touchpoint keeps it."""

    scopes = {"GET": KeyScope.EXPECTATIONS_READ}
    serializer_class = StandingSerializer

    @extend_schema(operation_id="expectation_get", responses=StandingSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """Give one expectation as the list does; one that was ended answers 404."""
        found = access.load(request._request, expectations.in_use(), pk, Permission.WORKSPACE_READ)
        return Response(StandingSerializer(expectations.standing_of(found, now=timezone.now())).data)


class Results(ApiView):
    """What the checks of an expectation found, and what a test tool says of one that it keeps."""

    scopes = {"GET": KeyScope.EXPECTATIONS_READ, "POST": KeyScope.RESULTS_WRITE}
    serializer_class = ResultSerializer
    pagination_class = NewestFirst

    @extend_schema(operation_id="results_list", responses=ResultSerializer(many=True))
    def get(self, request: Request, pk: int) -> Response:
        """List what the checks of an expectation found, the one that was noted last first."""
        expectation = access.load(request._request, Expectation, pk, Permission.WORKSPACE_READ)
        page = self.paginate_queryset(expectations.checks(expectation).select_related("expectation"))
        return self.get_paginated_response(ResultSerializer(page, many=True).data)

    @extend_schema(
        operation_id="result_post", request=NewResult, responses={201: ResultSerializer, 200: ResultSerializer}
    )
    def post(self, request: Request, pk: int) -> Response:
        """Post whether a run passed. The same run again answers 200; another result of the same run, 409."""
        expectation = access.load(request._request, Expectation, pk, Permission.DELIVERY_REPORT)
        with refusals():
            made, is_new = posting.post(
                expectation=expectation, by=request._request.member, now=timezone.now(), **self.sent(NewResult)
            )
        return Response(ResultSerializer(made).data, status=201 if is_new else 200)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the services refuse into answers: 400 for a moment that cannot be, 409 for the rest."""
    try:
        yield
    except releases.BadMoment as refused:
        raise ValidationError({"released_at": [str(refused)]}) from None
    except posting.BadMoment as refused:
        raise ValidationError({"at": [str(refused)]}) from None
    except (releases.ReleaseError, posting.PostingError) as refused:
        raise Refused(409, str(refused)) from None

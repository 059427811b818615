"""Who gets a fragment: htmx that asked for a part, nobody else."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from cxhub.web.htmx import varies_on_htmx, wants_fragment


def ask(**headers):
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_only_a_partial_htmx_request_wants_a_fragment(headers, expected):
    assert wants_fragment(ask(**headers)) is expected


def test_a_request_without_the_middleware_gets_the_page():
    assert wants_fragment(RequestFactory().get("/")) is False


def test_the_response_says_what_it_differs_by():
    response = varies_on_htmx(lambda request: HttpResponse(headers={"Vary": "Cookie"}))(ask())
    assert response["Vary"] == "Cookie, HX-Request, HX-Boosted, HX-History-Restore-Request"

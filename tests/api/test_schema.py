"""The OpenAPI document tells the truth: whatever is asked gets an answer that stands in it, and never a failure."""

import pytest
import requests
import schemathesis
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from journeys.fields import RECORDS
from orgs.permissions import KeyScope
from tests.api.test_access import TABLE

BASE = "/w/acme/api/v1"
KEPT = {"If-Match", "If-None-Match", "Accept"}
EXAMPLES = 25
UNLIKELY = {
    *RECORDS,
    "link",
    "at",
    "released_at",
    "systems",
    "department",
    "design_status_since",
    "owner",
    "importance",
    "satisfaction",
}
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OPERATIONS = [
    "GET /expectations/",
    "GET /expectations/{id}/",
    "GET /expectations/{id}/results/",
    "POST /expectations/{id}/results/",
    "GET /findings/",
    "POST /findings/",
    "GET /findings/{id}/",
    "PATCH /findings/{id}/",
    "POST /findings/{id}/archival/",
    "GET /findings/{id}/history/",
    "POST /findings/{id}/restoration/",
    "GET /kpis/",
    "GET /kpis/{id}/",
    "GET /kpis/{id}/readings/",
    "GET /touchpoints/",
    "POST /touchpoints/",
    "GET /touchpoints/{id}/",
    "PATCH /touchpoints/{id}/",
    "POST /touchpoints/{id}/archival/",
    "GET /touchpoints/{id}/releases/",
    "POST /touchpoints/{id}/releases/",
    "GET /touchpoints/{id}/history/",
    "POST /touchpoints/{id}/restoration/",
]


@pytest.fixture
def asking(world, program, settings):
    settings.API_PER_MINUTE = 1_000_000
    return program(world.ada)


@pytest.fixture
def document(asking):
    return asking.get("schema/", Accept="application/json").json()


def test_it_has_every_address_once_and_is_of_this_workspace(document):
    found = [f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods]
    assert sorted(found) == sorted(OPERATIONS)
    assert len(found) == len(TABLE)
    assert document["servers"] == [{"url": "/w/acme/api/v1"}]


def sent(client, case, headers):
    """Send a case through Django's test client, and return the answer as the checks know it."""
    asked = requests.Request(**case.as_transport_kwargs(base_url=f"http://testserver{BASE}")).prepare()
    kept = {name: text for name, text in asked.headers.items() if name in KEPT}
    kind = asked.headers.get("Content-Type", "application/json")
    body = asked.body or b""
    answer = client.generic(asked.method, asked.path_url, body, content_type=kind, headers=kept | headers)
    told = {name.lower(): [text] for name, text in answer.headers.items()}
    return schemathesis.Response(answer.status_code, told, answer.content, asked, elapsed=0.1, verify=False)


@pytest.mark.parametrize("label", OPERATIONS)
def test_whatever_is_asked_gets_an_answer_that_is_documented(label, world, asking, document):
    rows = world.fill_acme()
    known = rows[label.split("/")[1].removesuffix("s")].pk
    schema = schemathesis.openapi.from_dict(document)
    operation = next(each.ok() for each in schema.get_all_operations() if each.ok().label == label)
    mixed = st.one_of(operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))
    statuses = set()

    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=mixed, is_known=st.booleans(), is_seen=st.booleans())
    def ask(case, is_known, is_seen):
        if is_known and "{id}" in label:
            case.path_parameters = {"id": known}
        if is_known and isinstance(case.body, dict):  # nobody guesses ids, and few days lie in our years
            case.body = {name: each for name, each in case.body.items() if name not in UNLIKELY}
        headers = {"If-Match": '"1"'} if is_seen and label.startswith(("PATCH", "POST")) else {}
        with transaction.atomic():
            response = sent(asking.client, case, headers)
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)
        statuses.add(response.status_code)

    ask()
    assert statuses & {200, 201}, "no example was taken: the test proves nothing"


def test_any_key_reads_it_and_nobody_without(world, program, client):
    path = "/w/acme/api/v1/schema/"
    assert client.get(path).status_code == 401
    for scope in KeyScope:
        assert program(world.vi, [scope.value]).get("schema/").status_code == 200

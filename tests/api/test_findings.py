"""Findings over the API, by the same rules as touchpoints: made, changed with If-Match, archived, restored, listed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.api.finding_serializers import FindingChanges, FindingSerializer, NewFinding
from journeys.finding_fields import FIELDS
from journeys.models import Finding
from journeys.services import findings, merging
from orgs.models import AuditEntry

JSON_PROBLEM = "application/problem+json"


@pytest.fixture
def need(world):
    with world.inside():
        return findings.create(kind="need", values={"name": "Be quick", "owner": world.lea}, by=world.ada)


def path(finding, rest=""):
    return f"findings/{finding.pk}/{rest}"


def test_the_fields_are_those_of_the_page():
    assert set(FindingChanges().fields) == set(FIELDS)
    assert set(NewFinding().fields) == {*FIELDS, "kind"}
    assert set(FindingSerializer().fields) > set(FIELDS)


def test_one_is_made_and_noted_with_the_key(world, program):
    sent = {"kind": "need", "name": "Be quick", "importance": 9, "satisfaction": 3, "owner": world.lea.pk}
    answer = program(world.max).send("POST", "findings/", sent)
    told = answer.json()
    assert (answer.status_code, told["kind"], told["opportunity_score"]) == (201, "need", 15)
    assert told["owner"] == {"id": world.lea.pk, "name": "Lea"}
    assert answer["Location"].endswith(f"/w/acme/api/v1/findings/{told['id']}/")
    with world.inside():
        entry = AuditEntry.objects.get(action="finding.create", subject_id=told["id"])
    assert (entry.actor_id, entry.origin) == (world.max.pk, "API key “Program”")


def test_a_stale_change_shows_both_and_other_fields_do_not_conflict(world, program, need):
    asking = program(world.max)
    tag = {"If-Match": asking.get(path(need))["ETag"]}
    assert asking.send("PATCH", path(need), {"source": "Theirs"}, **tag).status_code == 200
    answer = asking.send("PATCH", path(need), {"source": "Mine", "name": "Other"}, **tag)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (412, JSON_PROBLEM)
    assert told["conflicts"] == [{"pointer": "/source", "current": "Theirs", "yours": "Mine"}]
    assert told["current"]["name"] == "Be quick"
    assert asking.send("PATCH", path(need), {"importance": 7}, **tag).json()["importance"] == 7
    assert asking.send("PATCH", path(need), {"importance": 8}).status_code == 428


def test_archived_restored_and_told_in_its_history(world, program, need):
    asking = program(world.max)
    tag = {"If-Match": asking.get(path(need))["ETag"]}
    archived = asking.send("POST", path(need, "archival/"), {}, **tag)
    assert (archived.status_code, bool(archived.json()["archived_at"])) == (200, True)
    assert asking.get("findings/").json()["results"] == []
    assert len(asking.get("findings/?archived=yes").json()["results"]) == 1
    assert asking.send("PATCH", path(need), {"source": "S"}, **{"If-Match": archived["ETag"]}).status_code == 409
    assert asking.send("POST", path(need, "restoration/"), {}).json()["archived_at"] is None
    told = asking.get(path(need, "history/")).json()["results"]
    assert [each["action"] for each in told] == ["finding.restore", "finding.archive", "finding.create"]
    made = {each["field"]: each["after"] for each in told[2]["changes"]}
    assert made == {"name": "Be quick", "owner": {"id": world.lea.pk, "name": "Lea"}}


def test_a_merged_one_names_the_one_that_stayed_and_is_not_changed(world, program, need):
    with world.inside():
        goes = findings.create(kind="need", values={"name": "Be fast"}, by=world.ada)
        told = {"versions": (1, 1), "kept": {}, "by": world.ada, "now": timezone.now()}
        merging.merge(stays=need, goes=goes, **told)
    asking = program(world.max)
    gone = asking.get(path(goes))
    assert gone.json()["merged_into"] == need.pk
    assert asking.send("PATCH", path(goes), {"source": "S"}, **{"If-Match": gone["ETag"]}).status_code == 409
    assert asking.send("POST", path(goes, "restoration/"), {}).status_code == 409
    history = asking.get(path(need, "history/")).json()["results"]
    assert {each["of"] for each in history} == {"", "Be fast"}


@pytest.mark.parametrize(
    ("sent", "status", "pointer"),
    [
        ({"kind": "pain", "name": ""}, 400, "/name"),
        ({"name": "N"}, 400, "/kind"),
        ({"kind": "wish", "name": "N"}, 400, "/kind"),
        ({"kind": "need", "name": "N", "importance": 11}, 400, "/importance"),
        ({"kind": "pain", "name": "N", "importance": 5}, 400, "/importance"),
        ({"kind": "pain", "name": "N", "owner": 999_999_999}, 400, "/owner"),
        ({"kind": "pain", "name": "N", "evidence": "validated"}, 400, "/evidence"),
        ({"kind": "need", "name": "BE QUICK"}, 409, ""),
    ],
    ids=str,
)
def test_what_cannot_be_taken_is_explained_where_it_stands(sent, status, pointer, world, program, need):
    answer = program(world.max).send("POST", "findings/", sent)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (status, JSON_PROBLEM)
    assert [each["pointer"] for each in told.get("errors", [{"pointer": ""}])] == [pointer]
    with world.inside():
        assert Finding.objects.count() == 1


def test_the_list_is_filtered_and_sorted_like_the_page(world, program, need):
    with world.inside():
        pain = findings.create(kind="pain", values={"name": "Café queue"}, by=world.ada)
    asking = program(world.vi)

    def ids(query):
        return [each["id"] for each in asking.get(f"findings/?{query}").json()["results"]]

    assert ids("q=CAFE") == ids("kind=pain") == ids("owner=none") == [pain.pk]
    assert ids(f"owner={world.lea.pk}") == [need.pk]
    assert ids("sort=name") == [need.pk, pain.pk] == ids("")
    assert ids("sort=-name&limit=1&page=2") == [need.pk]
    assert asking.get("findings/?kind=wish").status_code == 400


def test_many_rows_take_as_many_queries_as_few(world, program, need):
    asking = program(world.max)

    def queries():
        counts = []
        for address in ("findings/", "findings/?sort=maps", path(need, "history/")):
            with CaptureQueriesContext(connection) as captured:
                asking.get(address)
            counts.append(len(captured))
        return counts

    queries()
    few = queries()
    with world.inside():
        for number in range(20):
            findings.create(kind="pain", values={"name": f"F{number}", "owner": world.lea}, by=world.ada)
            findings.edit(finding=need, version=number + 1, changes={"source": f"S{number}"}, by=world.max)
    assert queries() == few

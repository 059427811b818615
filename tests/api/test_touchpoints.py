"""Touchpoints over the API: read, made, changed with If-Match, archived, restored; by keys that may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journeys.api.serializers import NewTouchpoint, TouchpointChanges, TouchpointSerializer
from journeys.fields import FIELDS
from journeys.models import Touchpoint
from journeys.services import touchpoints
from orgs.models import AuditEntry

JSON_PROBLEM = "application/problem+json"


@pytest.fixture
def rows(world):
    return world.fill_acme()


@pytest.fixture
def hotline(rows):
    return rows["touchpoint"]


def path(touchpoint, rest=""):
    return f"touchpoints/{touchpoint.pk}/{rest}"


def test_the_fields_are_those_of_the_catalogue():
    assert set(TouchpointChanges().fields) == set(FIELDS)
    assert set(NewTouchpoint().fields) == {*FIELDS, "department"}
    assert set(TouchpointSerializer().fields) > set(FIELDS)


def test_a_touchpoint_is_made_offered_and_noted_with_the_key(world, program, rows):
    sent = {
        "name": "Booking hotline",
        "channel": rows["channel"].pk,
        "systems": [rows["system"].pk],
        "is_moment_of_truth": True,
        "importance_to_customer": 4,
        "design_status": "live",
        "design_status_since": "2026-05-12",
        "department": world.service.pk,
    }
    answer = program(world.max).send("POST", "touchpoints/", sent)
    told = answer.json()
    assert answer.status_code == 201, told
    assert (told["name"], told["channel"]["id"], told["accountability"]) == (sent["name"], sent["channel"], "offered")
    assert [each["id"] for each in told["systems"]] == sent["systems"]
    assert (told["is_moment_of_truth"], told["importance_to_customer"]) == (True, 4)
    assert answer["Location"].endswith(f"/w/acme/api/v1/touchpoints/{told['id']}/")
    with world.inside():
        entry = AuditEntry.objects.get(action="touchpoint.create", subject_id=told["id"])
    assert (entry.actor_id, entry.origin) == (world.max.pk, "API key “Program”")


def test_a_change_with_the_version_seen_is_kept(world, program, hotline):
    asking = program(world.max)
    seen = asking.get(path(hotline))
    answer = asking.send("PATCH", path(hotline), {"promise": "We call back"}, **{"If-Match": seen["ETag"]})
    assert (answer.status_code, answer.json()["promise"]) == (200, "We call back")
    assert answer.json()["version"] == seen.json()["version"] + 1
    assert asking.get(path(hotline))["ETag"] == answer["ETag"] != seen["ETag"]
    with world.inside():
        assert AuditEntry.objects.filter(action="touchpoint.edit", subject_id=hotline.pk).count() == 1


def test_a_stale_change_shows_both_and_keeps_what_stands(world, program, hotline):
    asking = program(world.max)
    tag = {"If-Match": asking.get(path(hotline))["ETag"]}
    asking.send("PATCH", path(hotline), {"promise": "Theirs"}, **tag)
    answer = asking.send("PATCH", path(hotline), {"promise": "Mine", "name": "Other"}, **tag)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (412, JSON_PROBLEM)
    assert told["conflicts"] == [{"pointer": "/promise", "current": "Theirs", "yours": "Mine"}]
    assert told["current"]["promise"] == "Theirs"
    now = asking.get(path(hotline)).json()
    assert (now["promise"], now["name"]) == ("Theirs", hotline.name)


def test_changes_of_other_fields_do_not_conflict(world, program, hotline):
    asking = program(world.max)
    tag = {"If-Match": asking.get(path(hotline))["ETag"]}
    asking.send("PATCH", path(hotline), {"promise": "Theirs"}, **tag)
    weak = {"If-Match": "W/" + tag["If-Match"]}
    assert asking.send("PATCH", path(hotline), {"teams_note": "Mine"}, **weak).status_code == 200


@pytest.mark.parametrize(
    ("header", "status"), [(None, 428), ("*", 400), ("3", 400), ('"x"', 400), ('"99999999999"', 400), ('"99"', 412)]
)
def test_a_change_without_a_version_seen_is_refused(header, status, world, program, hotline):
    headers = {"If-Match": header} if header else {}
    for method, address, body in (("PATCH", path(hotline), {"promise": "P"}), ("POST", path(hotline, "archival/"), {})):
        answer = program(world.max).send(method, address, body, **headers)
        assert (answer.status_code, answer["Content-Type"]) == (status, JSON_PROBLEM)
        assert answer.json()["detail"]
    with world.inside():
        assert Touchpoint.objects.get(pk=hotline.pk).version == hotline.version


def test_archived_and_restored(world, program, hotline):
    asking = program(world.max)
    tag = {"If-Match": asking.get(path(hotline))["ETag"]}
    archived = asking.send("POST", path(hotline, "archival/"), {}, **tag)
    assert (archived.status_code, bool(archived.json()["archived_at"])) == (200, True)
    assert hotline.pk not in [each["id"] for each in asking.get("touchpoints/").json()["results"]]
    assert len(asking.get("touchpoints/?archived=yes").json()["results"]) == 1
    refused = asking.send("PATCH", path(hotline), {"promise": "P"}, **{"If-Match": archived["ETag"]})
    assert (refused.status_code, "Restore" in refused.json()["detail"]) == (409, True)
    restored = asking.send("POST", path(hotline, "restoration/"), {})
    assert (restored.status_code, restored.json()["archived_at"]) == (200, None)


def test_a_name_that_is_taken_says_by_which(world, program, hotline):
    sent = {"name": hotline.name.upper(), "channel": hotline.channel_id}
    answer = program(world.max).send("POST", "touchpoints/", sent)
    assert (answer.status_code, answer.json()["other"]) == (409, hotline.pk)


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "x" * 201}, "/name"),
        ({"name": "a\u0000b"}, "/name"),
        ({"name": "N", "channel": "phone"}, "/channel"),
        ({"name": "N", "channel": 999_999_999}, "/channel"),
        ({"name": "N", "channel": 2**63}, "/channel"),
        ({"name": "N", "systems": [1, "x"]}, "/systems/1"),
        ({"name": "N", "place": "moon"}, "/place"),
        ({"name": "N", "importance_to_customer": 6}, "/importance_to_customer"),
        ({"name": "N", "design_status_since": "soon"}, "/design_status_since"),
        ({"name": "N", "design_status_since": "1066-10-14"}, "/design_status_since"),
        ({"name": "N", "department": 999_999_999}, "/department"),
        ({"name": "N", "promise/~": "x"}, "/promise~1~0"),
        ({"name": "N", "version": 3}, "/version"),
        ({}, "/name"),
        ([], ""),
    ],
    ids=str,
)
def test_a_bad_field_is_explained_where_it_stands(sent, pointer, world, program, rows):
    answer = program(world.max).send("POST", "touchpoints/", sent)
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"], bool(told["detail"])) == (400, JSON_PROBLEM, True)
    assert [each["pointer"] for each in told.get("errors", [{"pointer": ""}])] == [pointer]


def test_records_of_another_company_cannot_be_named(world, program, rows):
    theirs = world.umbra_rows
    sent = {"name": "N", "channel": theirs["channel"].pk, "systems": [theirs["system"].pk], "steward": world.ann.pk}
    errors = program(world.max).send("POST", "touchpoints/", sent).json()["errors"]
    assert {each["pointer"] for each in errors} == {"/channel", "/systems", "/steward"}


def test_the_list_is_filtered_and_sorted_like_the_page(world, program, rows, hotline):
    with world.inside():
        Touchpoint.objects.exclude(pk=hotline.pk).update(archived_at=timezone.now())
        other = touchpoints.create(values={"name": "Café order"}, by=world.max, now=timezone.now())
    asking = program(world.vi)

    def names(query):
        return [each["id"] for each in asking.get(f"touchpoints/?{query}").json()["results"]]

    assert names("q=CAFE") == [other.pk]
    assert names(f"channel={hotline.channel_id}") == names("owner=offered") == [hotline.pk]
    assert names("channel=none") == names("map=none") == [other.pk]
    assert names("sort=name") == [other.pk, hotline.pk]
    assert names("sort=-name") == names("sort=-name&page=1&limit=2") == [hotline.pk, other.pk]
    assert names("sort=-name&page=2&limit=1") == [other.pk]


@pytest.mark.parametrize(
    "query",
    ["chanel=3", "channel=x", "sort=size", "limit=0", "limit=501", "cursor=cD14eXo=", "cursor=é", "archived=no"],
)
def test_a_question_that_nobody_understands_is_refused(query, world, program, rows):
    answer = program(world.vi).get(f"touchpoints/?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, JSON_PROBLEM)
    assert answer.json()["errors"][0]["pointer"] == "/" + query.split("=")[0]


def test_pages_by_cursor_hold_each_row_once(world, program):
    with world.inside():
        made = [touchpoints.find_or_create(f"T{number}", by=world.ada)[0].pk for number in range(7)]
    asking, found = program(world.vi), []
    address = "touchpoints/?limit=3"
    while address:
        page = asking.get(address).json()
        found += [each["id"] for each in page["results"]]
        address = page["next"] and page["next"].split("/api/v1/")[1]
    assert found == made


def test_the_history_tells_who_changed_what(world, program, hotline):
    asking = program(world.max)
    tag = {"If-Match": asking.get(path(hotline))["ETag"]}
    asking.send("PATCH", path(hotline), {"promise": "We call back"}, **tag)
    told = asking.get(path(hotline, "history/")).json()["results"]
    assert (told[0]["action"], told[0]["who"], told[0]["origin"]) == ("touchpoint.edit", "Max", "API key “Program”")
    assert told[0]["changes"] == [{"field": "promise", "before": "", "after": "We call back"}]
    actions = [each["action"] for each in told]
    assert actions[1:] == ["touchpoint.suggest", "touchpoint.confirm", "touchpoint.offer", "touchpoint.create"]
    made = {each["field"]: each["after"] for each in told[-1]["changes"]}
    with world.inside():
        channel = {"id": hotline.channel_id, "name": hotline.channel.name}
    assert made == {"name": hotline.name, "channel": channel}


def test_what_is_known_already_is_not_sent_again(world, program, rows):
    asking = program(world.vi)
    for address in (path(rows["touchpoint"]), f"kpis/{rows['kpi'].pk}/"):
        first = asking.get(address)
        for known in (first["ETag"], f'"x", W/{first["ETag"]}', "*"):
            again = asking.get(address, **{"If-None-Match": known})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert asking.get(address, **{"If-None-Match": '"1-0000000000000000"'}).status_code == 200


def test_many_rows_take_as_many_queries_as_few(world, program, rows, hotline):
    asking = program(world.max)
    tag = {"If-Match": asking.get(path(hotline))["ETag"]}
    asking.send("PATCH", path(hotline), {"promise": "P"}, **tag)

    def queries():
        counts = []
        for address in ("touchpoints/", "touchpoints/?sort=department", path(hotline, "history/")):
            with CaptureQueriesContext(connection) as captured:
                asking.get(address)
            counts.append(len(captured))
        return counts

    queries()
    few = queries()
    with world.inside():
        for number in range(30):
            values = {"name": f"T{number}", "steward": world.lea, "designed_by": world.service, "channel": None}
            values["systems"] = [rows["system"]]
            touchpoints.create(values=values, department=world.service, by=world.ada, now=timezone.now())
        for number in range(5):
            version = Touchpoint.objects.get(pk=hotline.pk).version
            touchpoints.edit(
                touchpoint=hotline, version=version, changes={"promise": f"P{number}"}, by=world.max, now=timezone.now()
            )
    assert queries() == few

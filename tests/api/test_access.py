"""Keys x scopes x roles: a key does what both its scopes and its maker's roles allow, and nothing more."""

from datetime import timedelta

import pytest
from django.db import models, transaction
from django.utils import timezone

from orgs.api.views import ApiView
from orgs.models import ApiKey, TenantManager, User
from orgs.permissions import KeyScope
from orgs.services import keys, members
from tests.api.conftest import EVERYTHING, Program
from tests.architecture.access_table import MEMBERS
from tests.architecture.asking import patterns
from tests.world import ACME_CANARY, CANARY

ALL = frozenset(MEMBERS)
EDITORS = frozenset({"ada", "max"})
KEEPERS = EDITORS | {"lea"}
REPORTERS = EDITORS | {"ivo"}
READ, WRITE, FINDINGS, CHANGE_FINDINGS, KPIS, READINGS, EXPECTED, RESULTS, RELEASED, RELEASES = KeyScope

# (URL name, method): the scope it needs, whose keys may, and what those get. Every method of every view stands here.
TABLE = {
    ("api_touchpoints", "GET"): (READ, ALL, 200),
    ("api_touchpoints", "POST"): (WRITE, KEEPERS, 201),
    ("api_touchpoint", "GET"): (READ, ALL, 200),
    ("api_touchpoint", "PATCH"): (WRITE, EDITORS, 200),
    ("api_touchpoint_archival", "POST"): (WRITE, EDITORS, 200),
    ("api_touchpoint_restoration", "POST"): (WRITE, EDITORS, 200),
    ("api_touchpoint_history", "GET"): (READ, ALL, 200),
    ("api_findings", "GET"): (FINDINGS, ALL, 200),
    ("api_findings", "POST"): (CHANGE_FINDINGS, EDITORS, 201),
    ("api_finding", "GET"): (FINDINGS, ALL, 200),
    ("api_finding", "PATCH"): (CHANGE_FINDINGS, EDITORS, 200),
    ("api_finding_archival", "POST"): (CHANGE_FINDINGS, EDITORS, 200),
    ("api_finding_restoration", "POST"): (CHANGE_FINDINGS, EDITORS, 200),
    ("api_finding_history", "GET"): (FINDINGS, ALL, 200),
    ("api_kpis", "GET"): (KPIS, ALL, 200),
    ("api_kpi", "GET"): (KPIS, ALL, 200),
    ("api_readings", "GET"): (READINGS, ALL, 200),
    ("api_expectations", "GET"): (EXPECTED, ALL, 200),
    ("api_expectation", "GET"): (EXPECTED, ALL, 200),
    ("api_results", "GET"): (EXPECTED, ALL, 200),
    ("api_releases", "GET"): (RELEASED, ALL, 200),
    ("api_releases", "POST"): (RELEASES, REPORTERS, 201),
    ("api_results", "POST"): (RESULTS, REPORTERS, 201),
}
PATHS = {
    "api_touchpoints": "touchpoints/",
    "api_touchpoint": "touchpoints/{touchpoint}/",
    "api_touchpoint_archival": "touchpoints/{touchpoint}/archival/",
    "api_touchpoint_restoration": "touchpoints/{touchpoint}/restoration/",
    "api_touchpoint_history": "touchpoints/{touchpoint}/history/",
    "api_findings": "findings/",
    "api_finding": "findings/{finding}/",
    "api_finding_archival": "findings/{finding}/archival/",
    "api_finding_restoration": "findings/{finding}/restoration/",
    "api_finding_history": "findings/{finding}/history/",
    "api_kpis": "kpis/",
    "api_kpi": "kpis/{kpi}/",
    "api_readings": "kpis/{kpi}/readings/",
    "api_expectations": "expectations/",
    "api_expectation": "expectations/{expectation}/",
    "api_releases": "touchpoints/{touchpoint}/releases/",
    "api_results": "expectations/{expectation}/results/",
}


@pytest.fixture
def world(filled):
    return filled[0]


@pytest.fixture
def rows(filled):
    return filled[1]


def views():
    """The views of the API, by the name of their URL."""
    found = {each.name: getattr(each.callback, "cls", None) for each in patterns()}
    return {name: view for name, view in found.items() if view and issubclass(view, ApiView) and view.schema}


def body_of(name):
    bodies = {"api_findings": {"name": "New", "kind": "pain"}, "api_results": {"run": "New", "outcome": "fail"}}
    return bodies.get(name, {"name": "New"})


def ask(asking, name, method, rows):
    """Ask with everything that the address wants, and undo what it did."""
    path = PATHS[name].format(**{noun: rows[noun].pk for noun in ("touchpoint", "finding", "kpi", "expectation")})
    about = rows["finding" if "finding" in name else "touchpoint"]
    with transaction.atomic():
        answer = asking.send(method, path, body_of(name), **{"If-Match": f'"{about.version}"'})
        transaction.set_rollback(True)
    return answer


def test_every_method_of_every_view_has_its_row():
    wanted = {
        (name, method.upper())
        for name, view in views().items()
        for method in ("get", "post", "patch", "put", "delete")
        if hasattr(view, method)
    }
    assert wanted == set(TABLE)
    assert {name: view.scopes for name, view in views().items()} == {
        name: {method: scope for (other, method), (scope, _may, _then) in TABLE.items() if other == name}
        for name in views()
    }


@pytest.mark.parametrize(("name", "method"), TABLE, ids=[" ".join(each) for each in TABLE])
def test_scopes_and_roles_decide_together(name, method, world, program, rows):
    scope, may, then = TABLE[name, method]
    others = [each.value for each in KeyScope if each is not scope]
    for person in MEMBERS:
        member = world.cast[person]
        assert ask(program(member, [scope.value]), name, method, rows).status_code == (then if person in may else 403)
        assert ask(program(member, others), name, method, rows).status_code == 403


def test_a_lead_changes_what_the_own_department_accepted(world, program, rows):
    asking = program(world.lea)
    assert ask(asking, "api_touchpoint", "PATCH", rows).status_code == 403
    with world.inside():
        type(rows["touchpoint"]).objects.filter(pk=rows["touchpoint"].pk).update(accountability="accepted")
    assert ask(asking, "api_touchpoint", "PATCH", rows).status_code == 200


@pytest.mark.parametrize(("name", "method"), TABLE, ids=[" ".join(each) for each in TABLE])
def test_a_foreign_record_answers_like_a_missing_one(name, method, world, program, rows):
    if "{" not in PATHS[name]:
        foreign = ask(program(world.ada), name, method, rows)
        assert CANARY not in foreign.content.decode()
        return
    about = PATHS[name].split("{")[1].split("}")[0]
    version = {"If-Match": '"1"'}
    asking = program(world.ada)
    theirs, none = (
        asking.send(method, PATHS[name].format(**{about: pk}), {"name": "New"}, **version)
        for pk in (world.umbra_rows[about].pk, 999_999_999)
    )
    assert (theirs.status_code, theirs.content) == (404, none.content)


@pytest.mark.parametrize("name", ["api_touchpoints", "api_findings", "api_kpis", "api_expectations"])
def test_with_the_filters_taken_out_the_database_alone_leaks_nothing(name, world, program, rows, monkeypatch):
    monkeypatch.setattr(TenantManager, "get_queryset", models.Manager.get_queryset)
    answer = program(world.ada).get(PATHS[name])
    assert answer.json()["results"]
    assert CANARY not in answer.content.decode()


DEAD = ("nobody's", "revoked", "expired", "of somebody who left", "of somebody who may not sign in", "of an outsider")


def dead(what, world, program):
    """A program whose key has every scope and a maker who might do anything, and that opens nothing here."""
    if what == "nobody's":
        return Program(world.acme.slug)
    if what == "of an outsider":
        with world.inside_umbra():
            token = keys.make(name="Program", scopes=EVERYTHING, days=90, now=timezone.now(), by=world.ann)[1]
        return Program(world.acme.slug, token)
    asking = program(world.max, now=timezone.now() - timedelta(days=91) if what == "expired" else None)
    with world.inside():
        if what == "revoked":
            keys.revoke(key=ApiKey.objects.get(member=world.max), now=timezone.now(), by=world.ada)
        elif what == "of somebody who left":
            members.remove(member=world.max, handed={}, by=world.ada, now=timezone.now())
    User.objects.filter(pk=world.max.user_id).update(is_active=what != "of somebody who may not sign in")
    return asking


@pytest.mark.parametrize("what", DEAD)
def test_a_key_that_opens_nothing_is_refused_by_every_address_and_method(what, world, program, rows):
    asking = dead(what, world, program)
    for name, method in TABLE:
        answer = ask(asking, name, method, rows)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer"), (name, method)
        assert ACME_CANARY not in answer.content.decode(), (name, method)


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_an_address_does_not_have_is_refused(method, name, world, program, rows):
    """To a key that may everything; what it has stands in TABLE."""
    if (name, method) not in TABLE:
        assert ask(program(world.ada), name, method, rows).status_code == 405


@pytest.mark.parametrize(("name", "method"), TABLE, ids=[" ".join(each) for each in TABLE])
def test_a_persons_session_may_what_the_person_may(name, method, world, sign_in, rows):
    _scope, may, then = TABLE[name, method]
    for person in [*MEMBERS, "ann"]:
        asking = Program(world.acme.slug)
        asking.client = sign_in(world.cast.get(person, world.ann))
        expected = 404 if person == "ann" else then if person in may else 403
        assert ask(asking, name, method, rows).status_code == expected, person


def test_a_key_knows_no_more_than_its_maker_does_today(world, program, rows):
    asking = program(world.max)
    with world.inside():
        world.max.roles.update(role="viewer")
    assert ask(asking, "api_touchpoints", "GET", rows).status_code == 200
    assert ask(asking, "api_touchpoints", "POST", rows).status_code == 403


def test_a_key_of_somebody_who_may_not_sign_in_opens_nothing(world, program):
    asking = program(world.max)
    world.max.user.is_active = False
    world.max.user.save()
    assert asking.get("touchpoints/").status_code == 401


def test_no_key_stands_in_a_log(world, program, rows, caplog):
    asking = program(world.max)
    with caplog.at_level("DEBUG", logger="django.request"):
        for path in ("touchpoints/", "nowhere/", "kpis/?limit=x"):
            asking.get(path)
        asking.send("POST", "touchpoints/", b"{")
    assert caplog.text
    assert asking.token not in caplog.text

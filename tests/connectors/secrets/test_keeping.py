"""A connection keeps its secret encrypted, for one origin; the audit says that it changed, not what to."""

import json
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection as database

from connectors.base import SetupProblem
from connectors.models import Connection, ConnectionSecret
from connectors.queries import secrets as kept
from connectors.services import secrets
from orgs.models import AuditEntry

CRM, OTHER = "https://crm.example.com:443", "https://crm.example.com:8443"
WORD = "s3cret-of-acme"


@pytest.fixture
def crm(inside):
    connection = Connection.objects.create(kind="http_json", name="CRM")
    secrets.keep(connection=connection, field="secret", text=WORD, origin=CRM, by=inside.ivo)
    return connection


def test_a_run_gets_it_in_the_clear_with_where_it_may_go(crm):
    assert kept.opened(crm) == {"secret": WORD, "secret_origin": CRM}


def test_the_database_holds_no_plain_text(crm):
    with database.cursor() as cursor:
        cursor.execute("select value from connectors_connectionsecret where connection_id = %s", [crm.pk])
        assert WORD not in cursor.fetchone()[0]


def test_replacing_leaves_one(inside, crm):
    secrets.keep(connection=crm, field="secret", text="another", origin=OTHER, by=inside.ivo)
    assert kept.opened(crm) == {"secret": "another", "secret_origin": OTHER}
    assert not kept.are_kept(crm, CRM)


def test_another_origin_clears_it_and_the_same_one_does_not(inside, crm):
    assert not secrets.clear(connection=crm, by=inside.ivo, unless_for=CRM)
    assert kept.are_kept(crm, CRM)
    assert secrets.clear(connection=crm, by=inside.ivo, unless_for=OTHER)
    assert kept.opened(crm) == {}


def test_the_audit_says_changed_and_cleared(inside, crm):
    secrets.clear(connection=crm, by=inside.ivo)
    entries = AuditEntry.objects.filter(action="connection.secret").order_by("id")
    assert [entry.after["secret"] for entry in entries] == ["changed", "cleared"]
    assert {entry.actor for entry in entries} == {inside.ivo}


def test_neither_the_audit_nor_a_dump_nor_an_error_page_shows_it(crm):
    row = ConnectionSecret.objects.get(connection=crm)
    told = json.dumps(list(AuditEntry.objects.values_list("before", "after")))
    shown = told + serializers.serialize("json", [row]) + repr(row) + str(row.__dict__)
    assert WORD not in shown
    assert row.value.token not in serializers.serialize("json", [row])


def test_a_key_that_is_gone_is_said_to_a_person(crm, settings):
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(SetupProblem, match="Enter the secret again"):
        kept.opened(crm)


def test_another_company_sees_none(world, crm):
    with world.inside_umbra():
        assert not ConnectionSecret.objects.filter(origin=CRM).exists()


def rotate():
    out = StringIO()
    call_command("rotate_secrets", stdout=out)
    return out.getvalue()


def test_rotating_brings_every_company_under_the_newest_key(world, settings):
    with world.inside():
        connection = Connection.objects.create(kind="http_json", name="CRM")
        secrets.keep(connection=connection, field="secret", text=WORD, origin=CRM, by=world.ivo)
    newest, oldest = Fernet.generate_key().decode(), settings.ENCRYPTION_KEYS
    settings.ENCRYPTION_KEYS = [newest, *oldest]
    assert rotate().startswith("7 secrets")  # Umbra has six: of an API, two addresses with their signatures, and a chat
    assert rotate().startswith("0 secrets")
    settings.ENCRYPTION_KEYS = [newest]
    with world.inside():
        assert kept.opened(connection)["secret"] == WORD


def test_rotating_says_what_it_cannot_read_and_changes_nothing_there(world, settings):
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with world.inside_umbra():
        before = ConnectionSecret.objects.get().value
    with pytest.raises(CommandError, match="6 secrets cannot be read"):
        rotate()
    with world.inside_umbra():
        assert ConnectionSecret.objects.get().value == before

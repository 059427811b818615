"""With the application's own filters taken out, PostgreSQL alone keeps the companies apart."""

import psycopg2
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.utils import IntegrityError, ProgrammingError

from governance.models import Acknowledgement, ChangeNote, Confirmation, Endorsement, ExpectationCheck, HandOffWord
from journeys.models import MapVersion
from orgs.models import AuditEntry, Member, TenantManager, TenantModel, Workspace
from orgs.models.tenancy import TenantQuerySet
from tests.owner import owner_cursor

TENANTS = [model for model in apps.get_models() if issubclass(model, TenantModel)]
APPEND_ONLY = {
    Acknowledgement,
    AuditEntry,
    ChangeNote,
    Confirmation,
    Endorsement,
    ExpectationCheck,
    HandOffWord,
    MapVersion,
}  # rows that nobody rewrites, not even their own company: the grant is missing
KEYS = [
    (model._meta.db_table, field.column, field.related_model._meta.db_table)
    for model in TENANTS
    for field in model._meta.local_fields
    if field.is_relation and field.name != "workspace" and issubclass(field.related_model, TenantModel)
]
EARLIER = "_early_declined|_about_one|insights_request_closed|governance_review_closed"  # constraints tried first
CROSS = """update {table} set {column} = %s
    where id = (select id from {table} where workspace_id = %s order by {column} nulls last limit 1)"""


@pytest.fixture
def bare(world, monkeypatch):
    """Both companies have rows in every table; managers show and save everything they are given."""
    world.fill_acme()
    monkeypatch.setattr(TenantManager, "get_queryset", models.Manager.get_queryset)
    monkeypatch.setattr(TenantQuerySet, "bulk_create", models.QuerySet.bulk_create)
    monkeypatch.setattr("orgs.models.tenancy.claim", lambda row: None)
    return world


def foreign_id(cursor, target, world):
    cursor.execute(f"select min(id) from {target} where workspace_id = %s", [world.umbra.pk])
    return cursor.fetchone()[0]


def execute(statement, *values):
    """Run a statement with every constraint checked at once; returns the number of rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.rowcount
        cursor.execute("set constraints all immediate")
    return rows


def test_foreign_rows_are_not_read(bare):
    for model in TENANTS:
        with bare.inside_umbra():
            theirs = set(model.objects.values_list("pk", flat=True))
        assert theirs, f"no foreign {model.__name__}: the test proves nothing"
        for manager in (model.objects, model._base_manager):
            with bare.inside():
                found = dict(manager.values_list("pk", "workspace_id"))
                assert set(found.values()) == {bare.acme.pk}, model
                assert not manager.filter(pk__in=theirs).exists(), model


def test_nothing_is_read_without_a_scope(bare):
    for model in TENANTS:
        assert list(model._base_manager.all()) == [], model


def test_foreign_rows_are_neither_changed_nor_deleted(bare):
    for model in TENANTS:
        with bare.inside_umbra():
            before = model.objects.count()
        for verb in ("update {} set id = id", "delete from {}"):
            with bare.inside():
                try:
                    assert execute(verb.format(model._meta.db_table) + " where workspace_id = %s", bare.umbra.pk) == 0
                except ProgrammingError:
                    assert model in APPEND_ONLY, model  # not even the own ones
        with bare.inside_umbra():
            assert model.objects.count() == before, model


def test_rows_are_not_made_for_another_company(bare):
    for model in TENANTS:
        with bare.inside():
            row = model.objects.order_by("pk").first()
            row.pk, row.workspace_id = None, bare.umbra.pk
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                row.save(force_insert=True)


def test_rows_are_not_given_away(bare):
    for model in TENANTS:
        with bare.inside(), pytest.raises(DatabaseError) as refusal:
            execute(f"update {model._meta.db_table} set workspace_id = %s", bare.umbra.pk)
        denied = "permission denied" if model in APPEND_ONLY else "row-level security"
        assert denied in str(refusal.value), model


def test_keys_do_not_point_into_another_company(bare):
    assert len(KEYS) > 20
    for table, column, target in KEYS:
        if table in {model._meta.db_table for model in APPEND_ONLY}:
            continue  # the owner tries those, below
        with bare.inside_umbra(), connection.cursor() as cursor:
            foreign = foreign_id(cursor, target, bare)
        with bare.inside(), pytest.raises(IntegrityError, match=f"{table}_.*ws_fk|{EARLIER}"):
            execute(CROSS.format(table=table, column=column), foreign, bare.acme.pk)


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_of_the_tables_can_cross_keys(committed_world):
    committed_world.fill_acme()
    with owner_cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for table, column, target in KEYS:
            cursor.execute("savepoint before")
            ids = [foreign_id(cursor, target, committed_world), committed_world.acme.pk]
            with pytest.raises(psycopg2.IntegrityError, match=f"{table}_.*ws_fk|{EARLIER}"):
                cursor.execute(CROSS.format(table=table, column=column), ids)
            cursor.execute("rollback to before")


def test_a_company_and_its_people_are_found_by_nobody_else(bare):
    with bare.inside():
        assert list(Workspace.objects.all()) == [bare.acme]
        assert Workspace.objects.filter(pk=bare.umbra.pk).update(name="taken over") == 0
        assert set(Member.across_workspaces.values_list("workspace_id", flat=True)) == {bare.acme.pk}
    assert list(Workspace.objects.all()) == []


@pytest.mark.django_db(transaction=True)
def test_deleting_a_company_takes_its_rows_and_no_others(committed_world):
    committed_world.fill_acme()
    with owner_cursor() as cursor:
        cursor.execute("delete from orgs_workspace where id = %s", [committed_world.umbra.pk])
        assert cursor.rowcount == 1
        cursor.execute("set constraints all immediate")
        for model in TENANTS:
            cursor.execute(f"select array_agg(distinct workspace_id) from {model._meta.db_table}")
            assert cursor.fetchone() == ([committed_world.acme.pk],), model

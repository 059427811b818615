"""The catalogue of PostgreSQL: every table of a workspace stands behind the walls, and the application owns nothing."""

import pytest
from django.apps import apps
from django.db import connection

from orgs.models import TenantModel
from orgs.walls import READ_ONLY_TABLES, SHARED_TABLES, application_role
from tests.architecture import catalogue
from tests.owner import owner_cursor

pytestmark = pytest.mark.django_db

NAKED = "create table leak (id bigint primary key, workspace_id bigint not null)"
WALLED = """
    create table leak (id bigint primary key, workspace_id bigint not null references orgs_workspace on delete cascade,
                       channel_id bigint, unique (workspace_id, id),
                       foreign key (workspace_id, channel_id) references journeys_channel (workspace_id, id));
    alter table leak enable row level security;
    create policy tenant on leak using (workspace_id = nullif(current_setting('app.workspace', true), '')::bigint)
        with check (workspace_id = nullif(current_setting('app.workspace', true), '')::bigint);
    grant select, insert, update, delete on leak to {role}
"""
HOLES = {
    "alter table leak disable row level security": "row-level security is off",
    "drop policy tenant on leak": "no policy keeps to the workspace in scope",
    "create policy all_of_it on leak for select using (true)": "a further policy",
    "alter table leak drop constraint leak_workspace_id_id_key": "UNIQUE (workspace_id, id) is missing",
    "alter table leak drop constraint leak_workspace_id_fkey": "no foreign key to the workspace that cascades",
    "alter table leak drop constraint leak_workspace_id_channel_id_fkey": "channel_id has no foreign key",
    "alter table leak add foreign key (channel_id) references journeys_channel": "can cross workspaces",
    "alter table leak add unique (channel_id)": "is unique across workspaces",
    "alter table leak drop column workspace_id cascade": "has no workspace_id",
    "revoke insert on leak from {role}": "the application role may SELECT UPDATE DELETE",
    "grant update on orgs_auditentry to {role}": "orgs_auditentry: the application role may",
    "create view leaks as select * from leak": "a view looks over the walls",
    "create function peek() returns bigint language sql security definer as 'select 1::bigint'": "peek: a function",
}


def test_no_table_stands_outside_the_walls():
    with connection.cursor() as cursor:
        assert catalogue.problems(cursor) == []


def test_the_catalogue_and_the_models_know_the_same_tables():
    models = {model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)}
    with connection.cursor() as cursor:
        assert set(catalogue.tenant_tables(cursor)) == models
        assert set(catalogue.tables(cursor)) >= {*SHARED_TABLES, *READ_ONLY_TABLES}


def test_a_table_without_walls_is_found():
    with owner_cursor() as cursor:
        cursor.execute(NAKED)
        found = " ".join(line for line in catalogue.problems(cursor) if line.startswith("leak: "))
    for missing in ("row-level security", "no policy", "UNIQUE", "no foreign key to the workspace", "may nothing"):
        assert missing in found


@pytest.mark.parametrize(("statement", "sentence"), HOLES.items(), ids=[each.split(":")[0] for each in HOLES.values()])
def test_each_hole_in_a_wall_is_found(statement, sentence):
    role = f'"{application_role()}"'
    with owner_cursor() as cursor:
        cursor.execute(WALLED.format(role=role))
        assert catalogue.problems(cursor) == []
        cursor.execute(statement.format(role=role))
        assert sentence in " ".join(catalogue.problems(cursor))


def test_the_application_role_has_no_power_of_its_own():
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
            " from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == (application_role(), False, False, False, False, False)


def test_the_application_role_owns_nothing_and_can_become_nobody_else():
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where pg_get_userbyid(relowner) = current_user")
        assert cursor.fetchall() == []
        cursor.execute(
            "select 1 from pg_auth_members m join pg_roles r on r.oid = m.member where rolname = current_user"
        )
        assert cursor.fetchall() == []
        cursor.execute("select has_schema_privilege('public', 'CREATE')")
        assert cursor.fetchone() == (False,)
